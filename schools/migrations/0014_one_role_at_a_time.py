"""Nobody has the same role twice on a day, whoever writes."""

from django.db import migrations

from schools.triggers import refuse_where

FAR_OFF = "'9999-12-31'"

one_at_a_time = refuse_where(
    "schools_role",
    "schools_role_once",
    found=(
        "EXISTS (SELECT 1 FROM schools_role other "
        "WHERE other.id <> COALESCE(NEW.id, -1) "
        "AND other.user_id = NEW.user_id AND other.kind = NEW.kind "
        "AND COALESCE(other.school_id, -1) = COALESCE(NEW.school_id, -1) "
        "AND COALESCE(other.trust_id, -1) = COALESCE(NEW.trust_id, -1) "
        f"AND other.started <= COALESCE(NEW.ended, {FAR_OFF}) "
        f"AND NEW.started <= COALESCE(other.ended, {FAR_OFF}))"
    ),
    sentence="This person already has this role.",
    lock="SELECT 1 FROM schools_user WHERE id = NEW.user_id FOR NO KEY UPDATE",
    of=("user_id", "kind", "school_id", "trust_id", "started", "ended"),
)


class Migration(migrations.Migration):
    dependencies = [("schools", "0013_addresses_in_small_letters")]
    operations = [one_at_a_time]
