"""Addresses are kept in small letters: signing in looks for them so."""

from django.db import migrations
from django.db.models.functions import Lower


def in_small_letters(apps, schema_editor):
    """Write every address anew; whatever the case, each is one person's already."""
    apps.get_model("schools", "User").objects.update(email=Lower("email"))


class Migration(migrations.Migration):
    dependencies = [("schools", "0012_invitations_and_scopes")]
    operations = [
        migrations.RunPython(in_small_letters, migrations.RunPython.noop),
    ]
