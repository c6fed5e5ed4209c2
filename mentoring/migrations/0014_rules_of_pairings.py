"""What a pairing's or a support day's own row cannot know, and the first areas."""

from django.db import migrations

from schools.triggers import count_in, refuse_where

TAKES_A_PLACE = "'proposed', 'asked', 'accepted', 'active', 'paused'"
HOLDS_DAYS = f"{TAKES_A_PLACE}, 'ended'"
HELPED = "'active', 'paused', 'ended'"
FAR_OFF = "'9999-12-31'"

BOTH_LOCKED = (
    "SELECT 1 FROM mentoring_membership WHERE id IN (NEW.mentor_id, NEW.mentee_id) "
    "ORDER BY id FOR UPDATE"
)
SAME_DAYS = (
    f"other.id <> COALESCE(NEW.id, -1) AND other.state IN ({HOLDS_DAYS}) "
    f"AND NEW.state IN ({HOLDS_DAYS}) "
    f"AND other.started <= COALESCE(NEW.ended, {FAR_OFF}) "
    f"AND NEW.started <= COALESCE(other.ended, {FAR_OFF})"
)


def holds(side: str) -> str:
    """Return the condition that a membership holds all the days of NEW."""
    return (
        "EXISTS (SELECT 1 FROM mentoring_membership one "
        f"WHERE one.id = NEW.{side}_id AND one.joined <= NEW.started "
        'AND (one."left" IS NULL OR NEW.ended <= one."left"))'
    )


of_two_schools = refuse_where(
    "mentoring_pairing",
    "mentoring_pairing_two_schools",
    found=(
        "NOT EXISTS (SELECT 1 FROM mentoring_membership one "
        "JOIN mentoring_membership other ON other.id = NEW.mentee_id "
        "WHERE one.id = NEW.mentor_id AND one.role = 'mentor' "
        "AND other.role = 'mentee' AND one.school_id <> other.school_id)"
    ),
    sentence="A school in the programme as a mentor helps another, a mentee.",
    of=("mentor_id", "mentee_id"),
)
inside = refuse_where(
    "mentoring_pairing",
    "mentoring_pairing_inside",
    found=(
        f"NEW.state IN ({HOLDS_DAYS}) AND NOT ({holds('mentor')} AND {holds('mentee')})"
    ),
    sentence="A pairing lies inside the time of both schools in the programme.",
    lock=BOTH_LOCKED,
    of=("mentor_id", "mentee_id", "state", "started", "ended"),
)
no_shared_days = refuse_where(
    "mentoring_pairing",
    "mentoring_pairing_overlap",
    found=(
        f"EXISTS (SELECT 1 FROM mentoring_pairing other WHERE {SAME_DAYS} "
        "AND other.mentor_id = NEW.mentor_id AND other.mentee_id = NEW.mentee_id "
        "AND other.area_id = NEW.area_id)"
    ),
    sentence="These schools have a pairing for this area on some of those days already.",
    lock=BOTH_LOCKED,
    of=("mentor_id", "mentee_id", "area_id", "state", "started", "ended"),
)
one_lead = refuse_where(
    "mentoring_pairing",
    "mentoring_pairing_lead",
    found=(
        "EXISTS (SELECT 1 FROM mentoring_pairing other JOIN mentoring_area area "
        f"ON area.id = other.area_id WHERE {SAME_DAYS} AND area.is_lead "
        "AND other.mentee_id = NEW.mentee_id AND other.area_id = NEW.area_id "
        "AND other.mentor_id <> NEW.mentor_id)"
    ),
    sentence="The mentee has another lead mentor on some of those days.",
    lock=BOTH_LOCKED,
    of=("mentor_id", "mentee_id", "area_id", "state", "started", "ended"),
)
members_stay = refuse_where(
    "mentoring_membership",
    "mentoring_membership_pairings",
    found=(
        "EXISTS (SELECT 1 FROM mentoring_pairing pairing "
        "WHERE NEW.id IN (pairing.mentor_id, pairing.mentee_id) "
        f"AND pairing.state IN ({HOLDS_DAYS}) AND (NEW.joined IS NULL "
        "OR pairing.started < NEW.joined "
        'OR COALESCE(pairing.ended, \'9999-12-31\') > COALESCE(NEW."left", '
        "'9999-12-31')))"
    ),
    sentence=(
        "A pairing would lie outside the time of this school in the programme. End or "
        "call off its pairings first."
    ),
    of=("joined", "left", "school_id", "role"),
    verbs=("UPDATE",),
)
places = count_in(
    "mentoring_pairing",
    "mentoring_pairing_places",
    parent="mentoring_membership",
    key="mentor_id",
    counts={
        "places_taken": (
            "SELECT COUNT(DISTINCT pairing.mentee_id) FROM mentoring_pairing pairing "
            "WHERE pairing.mentor_id = mentoring_membership.id "
            f"AND pairing.state IN ({TAKES_A_PLACE})"
        )
    },
    of=("mentor_id", "mentee_id", "state"),
)
day_inside = refuse_where(
    "mentoring_supportday",
    "mentoring_supportday_inside",
    found=(
        "NEW.voided_on IS NULL AND NOT EXISTS (SELECT 1 FROM mentoring_pairing pairing "
        f"WHERE pairing.id = NEW.pairing_id AND pairing.state IN ({HELPED}) "
        "AND NEW.given_on >= pairing.started "
        f"AND NEW.given_on <= COALESCE(pairing.ended, {FAR_OFF}))"
    ),
    sentence="The day lies outside the days of the pairing.",
    lock="SELECT 1 FROM mentoring_pairing WHERE id = NEW.pairing_id FOR UPDATE",
    of=("pairing_id", "given_on", "voided_on"),
)
day_of_a_giver = refuse_where(
    "mentoring_supportday",
    "mentoring_supportday_giver",
    found=(
        "NOT EXISTS (SELECT 1 FROM mentoring_pairing pairing "
        "JOIN mentoring_membership giving ON giving.id = CASE NEW.direction "
        "WHEN 'given' THEN pairing.mentor_id ELSE pairing.mentee_id END "
        "JOIN mentoring_staffmember giver ON giver.school_id = giving.school_id "
        "WHERE pairing.id = NEW.pairing_id AND giver.id = NEW.giver_id)"
    ),
    sentence="Whoever gives a day is of the school that gives it.",
    of=("pairing_id", "giver_id", "direction"),
)
day_of_a_logger = refuse_where(
    "mentoring_supportday",
    "mentoring_supportday_logger",
    found=(
        "NOT EXISTS (SELECT 1 FROM mentoring_pairing pairing "
        "JOIN mentoring_membership side "
        "ON side.id IN (pairing.mentor_id, pairing.mentee_id) "
        "WHERE pairing.id = NEW.pairing_id AND side.school_id = NEW.logged_for_id)"
    ),
    sentence="A day is logged for one of the two schools of its pairing.",
    of=("pairing_id", "logged_for_id"),
)
days_stay = refuse_where(
    "mentoring_pairing",
    "mentoring_pairing_days",
    found=(
        "EXISTS (SELECT 1 FROM mentoring_supportday given "
        "WHERE given.pairing_id = NEW.id AND given.voided_on IS NULL "
        f"AND (NEW.state NOT IN ({HELPED}) OR given.given_on < NEW.started "
        f"OR given.given_on > COALESCE(NEW.ended, {FAR_OFF})))"
    ),
    sentence="A support day would lie outside the pairing. Void it first.",
    of=("state", "started", "ended"),
    verbs=("UPDATE",),
)


def halves(direction: str) -> str:
    """Return the SELECT of a pairing's half days of one direction that count."""
    return (
        "SELECT COALESCE(SUM(CASE WHEN given.first_half AND given.second_half "
        "THEN 2 ELSE 1 END), 0) FROM mentoring_supportday given "
        "WHERE given.pairing_id = mentoring_pairing.id "
        f"AND given.direction = '{direction}' AND given.voided_on IS NULL"
    )


totals = count_in(
    "mentoring_supportday",
    "mentoring_supportday_totals",
    parent="mentoring_pairing",
    key="pairing_id",
    counts={
        "halves_given": halves("given"),
        "halves_back": halves("back"),
        "latest_day": (
            "SELECT MAX(given.given_on) FROM mentoring_supportday given "
            "WHERE given.pairing_id = mentoring_pairing.id AND given.voided_on IS NULL"
        ),
    },
    of=(
        *("pairing_id", "direction", "first_half", "second_half", "voided_on"),
        "given_on",
    ),
)
day_is_kept = refuse_where(
    "mentoring_supportday",
    "mentoring_supportday_kept",
    found="1 = 1",
    sentence="A support day is never deleted: void it with a reason.",
    verbs=("DELETE",),
)
no_shared_term = refuse_where(
    "mentoring_term",
    "mentoring_term_overlap",
    found=(
        "EXISTS (SELECT 1 FROM mentoring_term other "
        "WHERE other.id <> COALESCE(NEW.id, -1) "
        "AND other.started <= NEW.ended AND NEW.started <= other.ended)"
    ),
    sentence="Another term holds some of those days.",
)

AREAS = (
    "Core subjects",
    "Gifted and talented",
    "Key stage 4 curriculum",
    "Monitoring pupil performance",
    "Evening and catch-up classes",
    "Rewards and staff morale",
    "Vocational options",
    "Leadership",
)


def add_areas(apps, schema_editor):
    """Write the lead and the areas that staff begin with."""
    area = apps.get_model("mentoring", "Area")
    area.objects.create(name="Lead", is_lead=True, position=0)
    area.objects.bulk_create(
        area(name=name, position=10 * place) for place, name in enumerate(AREAS, 1)
    )


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0013_pairings_and_support_days")]
    operations = [
        of_two_schools,
        inside,
        no_shared_days,
        one_lead,
        members_stay,
        places,
        day_inside,
        day_of_a_giver,
        day_of_a_logger,
        days_stay,
        totals,
        day_is_kept,
        no_shared_term,
        migrations.RunPython(add_areas, migrations.RunPython.noop, elidable=False),
    ]
