from django.db import migrations, models
from django.utils import timezone


def work_out_again(apps, schema_editor):
    """Mark the figures stale where there are any: theirs lack what is counted now.

    The worker takes it in as it starts; until then the page says so.
    """
    stored = apps.get_model("mentoring", "ImpactSummary").objects.first()
    if stored:
        apps.get_model("mentoring", "Programme").objects.update(
            figures_changed=models.F("figures_changed") + 1,
            figures_changed_at=timezone.now(),
            figures_taken_in_at=stored.computed_at,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('mentoring', '0010_order_of_lists'),
    ]

    operations = [
        migrations.AddField(
            model_name='impactsummary',
            name='health',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='programme',
            name='figures_taken_in_at',
            field=models.DateTimeField(blank=True, editable=False, help_text='When the stored figures were worked out; empty before the first.', null=True),
        ),
        migrations.RunPython(work_out_again, migrations.RunPython.noop),
    ]
