"""Invitations by a link, what a delegate may do, and sessions that end with a role."""

import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('schools', '0011_fewer_indexes_to_keep'),
    ]

    operations = [
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('name', models.CharField(max_length=150)),
                ('kind', models.CharField(choices=[('staff', 'Programme staff'), ('finance', 'Finance'), ('head', 'Head'), ('delegate', 'Delegate of the head'), ('director', 'Trust director'), ('evaluator', 'Evaluator'), ('administrator', 'Administrator')], max_length=13)),
                ('scope', models.CharField(blank=True, choices=[('log', 'Log days of support'), ('confirm', 'Log days of support, and confirm them')], max_length=7)),
                ('ends', models.DateField(blank=True, help_text='The last day of the role, where one is set.', null=True)),
                ('made_at', models.DateTimeField()),
                ('token_hash', models.CharField(editable=False, max_length=64)),
                ('expires_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(help_text='When the mail with the link last left; None: it did not.', null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('accepted_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='role',
            name='scope',
            field=models.CharField(blank=True, choices=[('log', 'Log days of support'), ('confirm', 'Log days of support, and confirm them')], help_text='Of a delegate alone. Empty: no limit was set.', max_length=7),
        ),
        migrations.AddField(
            model_name='user',
            name='roles_changed',
            field=models.PositiveIntegerField(default=0, editable=False, help_text='How often a role was given or taken: each time, sessions end.'),
        ),
        migrations.AddConstraint(
            model_name='role',
            constraint=models.CheckConstraint(condition=models.Q(('scope', ''), ('kind', 'delegate'), _connector='OR'), name='schools_role_only_delegates_have_a_scope', violation_error_message="Only a delegate's role has a scope."),
        ),
        migrations.AddField(
            model_name='invitation',
            name='invited_by',
            field=models.ForeignKey(help_text='None: a command.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invitation',
            name='role',
            field=models.OneToOneField(help_text='The role it gave, once accepted.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitation', to='schools.role'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='school',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='schools.school'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='trust',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='schools.trust'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['head', 'delegate']), ('school__isnull', False), ('trust__isnull', True)), models.Q(('kind', 'director'), ('school__isnull', True), ('trust__isnull', False)), models.Q(('kind__in', ['staff', 'finance', 'evaluator', 'administrator']), ('school__isnull', True), ('trust__isnull', True)), _connector='OR'), name='schools_invitation_belongs_where_its_kind_does', violation_error_message='Heads and delegates belong to a school, directors to a trust, everyone else to the programme.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends__isnull', False), ('kind', 'delegate'), ('scope__in', ['log', 'confirm'])), models.Q(models.Q(('kind', 'delegate'), _negated=True), ('scope', '')), _connector='OR'), name='schools_invitation_delegates_have_scope_and_end', violation_error_message='Say what a delegate may do and until when; others have no scope.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('role__isnull', True)), models.Q(('accepted_at__isnull', False), ('role__isnull', False)), _connector='OR'), name='schools_invitation_accepted_with_a_role', violation_error_message='An invitation that is accepted gives a role.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('revoked_at__isnull', True), _connector='OR'), name='schools_invitation_not_accepted_and_revoked', violation_error_message='An invitation is accepted or revoked, not both.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='schools_invitation_expires_after_it_is_made', violation_error_message='A link works for a while after it is made.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(fields=('token_hash',), name='schools_invitation_token_is_one_invitation', violation_error_message='Each invitation has a link of its own.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), models.F('kind'), django.db.models.functions.comparison.Coalesce('school', 0), django.db.models.functions.comparison.Coalesce('trust', 0), condition=models.Q(('accepted_at__isnull', True), ('revoked_at__isnull', True)), name='schools_invitation_unanswered_once', violation_error_message='This person is invited to this role already. Find the invitation in the list, and send it again or revoke it.'),
        ),
    ]
