from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = ()
    operations = (
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("record_id", models.UUIDField(unique=True)),
                ("tokens", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Rebuilt",
            fields=[
                (
                    "kind",
                    models.CharField(max_length=40, primary_key=True, serialize=False),
                ),
                ("after", models.UUIDField(null=True)),
            ],
        ),
    )
