"""Loads the measures, breaks and national figures that ship with the project."""

from django.db import migrations

from results.actions.load_reference import load_reference


def load(apps, schema_editor):
    load_reference(
        apps.get_model("results", "Measure"),
        apps.get_model("results", "MeasureBreak"),
        apps.get_model("results", "NationalFigure"),
    )


class Migration(migrations.Migration):
    dependencies = [("results", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
