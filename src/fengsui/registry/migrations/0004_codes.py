"""Every entry of the register has a number of its own."""

from typing import Any

from django.db import migrations, models


def number_entries(apps: Any, _schema: Any) -> None:
    """Those that are there already get theirs in the order in which they were entered."""
    last: dict[str, int] = {}
    rows = apps.get_model("registry", "Premises").objects
    for key, region in rows.order_by("id").values_list("pk", "region").iterator():
        county = region[:6]
        last[county] = last.get(county, 0) + 1
        rows.filter(pk=key).update(code=f"{county}{last[county]:07d}")
    series = apps.get_model("registry", "CodeSeries").objects
    series.bulk_create(series.model(county=county, last=count) for county, count in last.items())


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_premises_in_full")]

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
        migrations.RunPython(number_entries, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="premises",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code", ""), _negated=True),
                fields=("code",),
                name="one_premises_a_code",
            ),
        ),
    ]
