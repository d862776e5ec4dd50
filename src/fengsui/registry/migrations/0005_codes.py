"""Every new entry of the register has a number of its own.

Entries that were there before keep none: a value written here would not be in the ledger.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_class_by_name")]

    operations = [
        migrations.CreateModel(
            name="CodeSeries",
            fields=[
                ("county", models.CharField(max_length=6, primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name="premises",
            name="code",
            field=models.CharField(blank=True, max_length=20, default=""),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="premises",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code", ""), _negated=True),
                fields=("code",),
                name="one_premises_a_code",
            ),
        ),
    ]
