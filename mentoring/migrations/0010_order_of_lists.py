"""Entries of frozen lists keep the order in which their list names them."""

from django.db import migrations, models
from django.db.models import F

from schools.triggers import EngineSQL, append_only, checks_made

# A list's entries may not be changed, and SQLite makes their table anew for a column
# with a default, without its triggers: they are taken off first and put back last.
for_ever = append_only("mentoring_eligibilityentry")
not_now = EngineSQL(
    forwards=for_ever.backwards,
    backwards=for_ever.forwards,
    what="Let the entries of lists be numbered",
)


def number(apps, schema_editor):
    """Number the entries of every list as its page has ordered them until now."""
    rows = apps.get_model("mentoring", "EligibilityEntry").objects
    for pk in apps.get_model("mentoring", "EligibilityList").objects.values_list("pk", flat=True):
        found = list(
            rows.filter(list=pk)
            .order_by(F("rank").asc(nulls_last=True), "school__name", "urn")
            .only("pk", "position")
        )
        for position, entry in enumerate(found, 1):
            entry.position = position
        rows.bulk_update(found, ["position"], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('mentoring', '0009_exceptions_that_end'),
        ('schools', '0008_counts_of_filtered_lists'),
    ]

    operations = [
        not_now,
        migrations.AddField(
            model_name='eligibilityentry',
            name='position',
            field=models.PositiveIntegerField(default=0, help_text='Where the list names it: by rank, then by its name of that day.'),
        ),
        checks_made(),
        migrations.RunPython(number, migrations.RunPython.noop),
        checks_made(),
        migrations.AddIndex(
            model_name='eligibilityentry',
            index=models.Index(fields=['list', 'position'], name='entry_by_position'),
        ),
        migrations.AddIndex(
            model_name='eligibilityentry',
            index=models.Index(fields=['list', 'standing', 'position'], name='entry_of_a_standing'),
        ),
        for_ever,
    ]
