"""A delegate's role has a scope and an end, as a delegate's invitation has."""

from datetime import date

from django.db import migrations, models
from django.utils import timezone

from schools.triggers import refuse_where

AUGUST = 8
LAST_OF_AUGUST = 31

scope_and_end = refuse_where(
    "schools_role",
    "schools_role_limited",
    found=(
        "NEW.kind = 'delegate' "
        "AND (NEW.scope NOT IN ('log', 'confirm') OR NEW.ended IS NULL)"
    ),
    sentence="Say what a delegate may do and until when.",
    of=("kind", "scope", "ended"),
)


def limit(apps, schema_editor):
    """Let delegates without a scope go on as they did, until the school year is over.

    No scope was no limit. Who starts later has the school year in which they start.
    """
    delegates = apps.get_model("schools", "Role").objects.filter(kind="delegate")
    delegates.filter(scope="").update(scope="confirm")
    today = timezone.localdate()
    for role in delegates.filter(ended__isnull=True):
        role.ended = end_of_school_year(max(today, role.started))
        role.save(update_fields=["ended"])


def end_of_school_year(day: date) -> date:
    """Return the 31 August on or after a day."""
    year = day.year + (day.month > AUGUST)
    return date(year, AUGUST, LAST_OF_AUGUST)


class Migration(migrations.Migration):
    dependencies = [("schools", "0014_one_role_at_a_time")]
    operations = [
        migrations.AlterField(
            model_name="role",
            name="scope",
            field=models.CharField(
                blank=True,
                choices=[
                    ("log", "Log days of support"),
                    ("confirm", "Log days of support, and confirm them"),
                ],
                help_text="Of a delegate alone, who always has one.",
                max_length=7,
            ),
        ),
        migrations.RunPython(limit, migrations.RunPython.noop),
        scope_and_end,
    ]
