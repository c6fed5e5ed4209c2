"""Memberships get their states; until now there were only dates."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F

from schools.triggers import EngineSQL, checks_made

no_shared_days = import_module(
    "mentoring.migrations.0002_rules_across_rows"
).no_shared_days

# SQLite makes the table anew for most of what follows, and drops its triggers as it
# does: they are taken off first and put back last, on both engines.
without_triggers = EngineSQL(
    forwards=no_shared_days.backwards,
    backwards=no_shared_days.forwards,
    what="Let memberships be altered",
)

NOT_RECORDED = "Not recorded."


def states_from_dates(apps, schema_editor):
    """Who has left withdrew, whatever the reason; everyone else is active."""
    rows = apps.get_model("mentoring", "Membership").objects
    rows.filter(left__isnull=True).update(state="active", since=F("joined"))
    rows.filter(left__isnull=False).update(state="withdrawn", since=F("left"))
    rows.filter(state="withdrawn", reason="").update(reason=NOT_RECORDED)


def dates_alone(apps, schema_editor):
    """Refuse to go back over rows that dates alone cannot hold."""
    rows = apps.get_model("mentoring", "Membership").objects
    if rows.filter(joined__isnull=True).exists():
        raise RuntimeError("Invitations and refusals have no place in the older tables.")
    rows.filter(left__isnull=True).update(reason="")


class Migration(migrations.Migration):

    dependencies = [
        ('mentoring', '0007_places_in_lists'),
        ('schools', '0007_what_lists_are_narrowed_by'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        without_triggers,
        migrations.CreateModel(
            name='EnrolmentSet',
            fields=[
                ('token', models.UUIDField(primary_key=True, serialize=False)),
                ('made_on', models.DateField()),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('asked', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='EventReason',
            fields=[
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='given', serialize=False, to='mentoring.event')),
                ('text', models.CharField(max_length=200)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='membership',
            name='mentoring_membership_one_live_in_each_role',
        ),
        migrations.RemoveConstraint(
            model_name='membership',
            name='mentoring_membership_reason_for_leaving_only',
        ),
        migrations.AddField(
            model_name='membership',
            name='since',
            field=models.DateField(null=True, help_text='The day the state took effect.'),
        ),
        migrations.AddField(
            model_name='membership',
            name='state',
            field=models.CharField(choices=[('invited', 'Invited'), ('active', 'Active'), ('paused', 'Paused'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn'), ('completed', 'Completed')], default='active', max_length=9),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='membership',
            name='steps_taken',
            field=models.PositiveIntegerField(default=0, help_text='Since it was made; a step is taken from what was seen.'),
        ),
        migrations.AlterField(
            model_name='membership',
            name='joined',
            field=models.DateField(blank=True, help_text='The first day in the programme.', null=True),
        ),
        migrations.AlterField(
            model_name='membership',
            name='reason',
            field=models.CharField(blank=True, help_text="Of a pause, a refusal or an ending: the programme's, no names.", max_length=200, verbose_name='why'),
        ),
        checks_made(),
        migrations.RunPython(states_from_dates, dates_alone),
        checks_made(),
        migrations.AlterField(
            model_name='membership',
            name='since',
            field=models.DateField(help_text='The day the state took effect.'),
        ),
        migrations.AddField(
            model_name='enrolmentset',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='membership',
            name='enrolment_set',
            field=models.ForeignKey(blank=True, help_text='The schools that were enrolled together with it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='mentoring.enrolmentset'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['invited', 'active', 'paused'])), fields=('school', 'role'), name='mentoring_membership_one_open_in_each_role', violation_error_message='This school is already in the programme in this role, or invited.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('since__isnull', True), ('joined__isnull', True), ('since__gte', models.F('joined')), _connector='OR'), name='mentoring_membership_since_not_before_joined', violation_error_message='No state begins before a school joins.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['invited', 'active', 'paused', 'declined', 'withdrawn', 'completed'])), name='mentoring_membership_state_is_known', violation_error_message='A membership is invited, active, paused, declined, withdrawn or completed.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['invited', 'declined']), _negated=True), models.Q(('joined__isnull', True), ('left__isnull', True)), _connector='OR'), name='mentoring_membership_asked_has_no_days', violation_error_message='A school that is invited, or declined, has no first or last day.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['active', 'paused']), _negated=True), models.Q(('joined__isnull', False), ('left__isnull', True)), _connector='OR'), name='mentoring_membership_in_it_has_a_first_day_alone', violation_error_message='A school in the programme has a first day, and no last day yet.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'completed'), _negated=True), models.Q(('joined__isnull', False), ('left__isnull', False)), _connector='OR'), name='mentoring_membership_completed_has_both_days', violation_error_message='A school that completed has a first and a last day.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), _negated=True), models.Q(('joined__isnull', False), ('left__isnull', False)), models.Q(('joined__isnull', True), ('left__isnull', True)), _connector='OR'), name='mentoring_membership_withdrawn_has_both_days_or_none', violation_error_message='A school that withdrew has a first and a last day, or neither if it never joined.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['paused', 'declined', 'withdrawn']), _negated=True), ('reason__gt', ''), _connector='OR'), name='mentoring_membership_says_why', violation_error_message='Say why: a pause, a refusal and a withdrawal need a reason.'),
        ),
        migrations.AddConstraint(
            model_name='eventreason',
            constraint=models.CheckConstraint(condition=models.Q(('text__gt', '')), name='mentoring_eventreason_says_something', violation_error_message='A reason has words.'),
        ),
        no_shared_days,
    ]
