"""Rules that one row cannot know: records only grow, memberships share no day."""

from django.db import migrations

from schools.triggers import EngineSQL, append_only

SENTENCE = "This school was already in the programme in this role on some of those days."

OVERLAPS = """
SELECT 1 FROM mentoring_membership other
WHERE other.school_id = NEW.school_id AND other.role = NEW.role
  AND other.id <> COALESCE(NEW.id, -1)
  AND other.joined <= COALESCE(NEW."left", '9999-12-31')
  AND NEW.joined <= COALESCE(other."left", '9999-12-31')
"""

no_shared_days = EngineSQL(
    forwards={
        "sqlite": [
            f"CREATE TRIGGER mentoring_membership_overlap_{verb.lower()} "
            f"BEFORE {verb} ON mentoring_membership WHEN EXISTS ({OVERLAPS}) "
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            for verb in ("INSERT", "UPDATE")
        ],
        "postgresql": [
            # The school's row is locked first, so that of two writers at once the
            # second counts what the first wrote.
            "CREATE FUNCTION mentoring_membership_overlap() RETURNS trigger "
            "LANGUAGE plpgsql AS $$ BEGIN "
            "PERFORM 1 FROM schools_school WHERE id = NEW.school_id FOR UPDATE; "
            f"IF EXISTS ({OVERLAPS}) THEN RAISE EXCEPTION '{SENTENCE}' "
            "USING ERRCODE = 'exclusion_violation'; END IF; RETURN NEW; END $$",
            "CREATE TRIGGER mentoring_membership_overlap "
            "BEFORE INSERT OR UPDATE ON mentoring_membership "
            "FOR EACH ROW EXECUTE FUNCTION mentoring_membership_overlap()",
        ],
    },
    backwards={
        "sqlite": [
            f"DROP TRIGGER mentoring_membership_overlap_{verb}"
            for verb in ("insert", "update")
        ],
        "postgresql": [
            "DROP TRIGGER mentoring_membership_overlap ON mentoring_membership",
            "DROP FUNCTION mentoring_membership_overlap()",
        ],
    },
    what="Memberships of one school and role share no day",
)


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0001_initial")]
    operations = [
        no_shared_days,
        append_only("mentoring_event"),
        append_only("mentoring_eligibilitylist"),
        append_only("mentoring_eligibilityentry"),
    ]
