from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0003_lists_in_regional_order"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="premises",
            index=models.Index(
                fields=["premises_class", "name", "id"], name="premises_class_by_name"
            ),
        ),
    ]
