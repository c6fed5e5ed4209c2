"""Rules that one row cannot know: a school is in one academy trust at a time."""

from django.db import migrations, models

from schools.triggers import EngineSQL

SENTENCE = "This school was in this trust, or in another academy trust, on some of those days."

OVERLAPS = """
SELECT 1 FROM schools_trustmembership other
JOIN schools_trust theirs ON theirs.id = other.trust_id
JOIN schools_trust ours ON ours.id = NEW.trust_id
WHERE other.school_id = NEW.school_id AND other.id <> COALESCE(NEW.id, -1)
  AND (other.trust_id = NEW.trust_id
       OR (ours.kind IN ('multi', 'single') AND theirs.kind IN ('multi', 'single')))
  AND COALESCE(other.started, '0001-01-01') <= COALESCE(NEW.ended, '9999-12-31')
  AND COALESCE(NEW.started, '0001-01-01') <= COALESCE(other.ended, '9999-12-31')
"""

no_shared_days = EngineSQL(
    forwards={
        "sqlite": [
            f"CREATE TRIGGER schools_trustmembership_overlap_{verb.lower()} "
            f"BEFORE {verb} ON schools_trustmembership WHEN EXISTS ({OVERLAPS}) "
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            for verb in ("INSERT", "UPDATE")
        ],
        "postgresql": [
            # The school's row is locked first, so that of two writers at once the
            # second counts what the first wrote.
            "CREATE FUNCTION schools_trustmembership_overlap() RETURNS trigger "
            "LANGUAGE plpgsql AS $$ BEGIN "
            "PERFORM 1 FROM schools_school WHERE id = NEW.school_id FOR UPDATE; "
            f"IF EXISTS ({OVERLAPS}) THEN RAISE EXCEPTION '{SENTENCE}' "
            "USING ERRCODE = 'exclusion_violation'; END IF; RETURN NEW; END $$",
            "CREATE TRIGGER schools_trustmembership_overlap "
            "BEFORE INSERT OR UPDATE ON schools_trustmembership "
            "FOR EACH ROW EXECUTE FUNCTION schools_trustmembership_overlap()",
        ],
    },
    backwards={
        "sqlite": [
            f"DROP TRIGGER schools_trustmembership_overlap_{verb}"
            for verb in ("insert", "update")
        ],
        "postgresql": [
            "DROP TRIGGER schools_trustmembership_overlap ON schools_trustmembership",
            "DROP FUNCTION schools_trustmembership_overlap()",
        ],
    },
    what="A school is in one academy trust at a time",
)


def each_link_its_own_case(apps, schema_editor):
    """Name each case; the next import joins those that share an establishment."""
    succession = apps.get_model("schools", "Succession")
    succession.objects.update(case=models.F("link_id"))


class Migration(migrations.Migration):
    dependencies = [("schools", "0004_trusts_and_decisions")]
    operations = [
        migrations.RunPython(each_link_its_own_case, migrations.RunPython.noop),
        no_shared_days,
    ]
