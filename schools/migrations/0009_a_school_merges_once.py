"""No school's pupils are counted in two mergers.

Where two were recorded, the earlier stays and the later waits for a person again.
"""

from django.db import migrations, models

WHY = "Its pupils would have been counted in two mergers."


def later_mergers_wait(apps, schema_editor):
    """Take back every merger of a school but the first that was recorded."""
    predecessor = apps.get_model("schools", "SchoolPredecessor")
    succession = apps.get_model("schools", "Succession")
    seen = set()
    later = []
    for row in predecessor.objects.filter(kind="merger").order_by("pk"):
        if row.predecessor_id in seen:
            later.append(row)
        seen.add(row.predecessor_id)
    for row in later:
        # Links between other URNs of the same two schools said the same.
        succession.objects.filter(
            state="merger",
            link__predecessor__school=row.predecessor_id,
            link__successor__school=row.school_id,
        ).update(
            state="waiting",
            doubt="undone",
            decided_at=None,
            decided_by=None,
            reason=WHY,
        )
        row.delete()


class Migration(migrations.Migration):
    dependencies = [("schools", "0008_counts_of_filtered_lists")]
    operations = [
        migrations.RunPython(later_mergers_wait, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="schoolpredecessor",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "merger")),
                fields=("predecessor",),
                name="schools_schoolpredecessor_merges_once",
                violation_error_message=(
                    "This school's pupils are counted in another merger already. "
                    "Record a split for a school that went into several."
                ),
            ),
        ),
    ]
