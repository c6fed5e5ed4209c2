"""Every rule of the database has a sentence, and refuses on the engine at hand."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import BaseConstraint

from mentoring.models import Event, Membership
from schools.constraints import sentence_of
from schools.models import Role, School, SchoolPredecessor, TrustMembership
from schools.triggers import EngineSQL
from tests import factories
from tests.harness import database
from tests.harness.offences import CONSTRAINTS, NAMED, TRIGGERS

OUR_APPS = ("schools", "results", "mentoring")
LONGEST_NAME = 63  # what PostgreSQL keeps of one


def _constraints() -> Iterator[tuple[type[models.Model], BaseConstraint]]:
    for app in OUR_APPS:
        for model in apps.get_app_config(app).get_models():
            for constraint in model._meta.constraints:
                yield model, constraint


RULES = {constraint.name: (model, constraint) for model, constraint in _constraints()}
ACROSS_ROWS = [
    operation
    for name in (
        "mentoring.migrations.0014_rules_of_pairings",
        "mentoring.migrations.0017_queries_taken_back",
        "schools.migrations.0014_one_role_at_a_time",
        "schools.migrations.0015_delegates_have_scope_and_end",
    )
    for operation in import_module(name).Migration.operations
    if isinstance(operation, EngineSQL) and operation.forwards["sqlite"]
]
OFFENDED = [(name, verb) for name, verbs in NAMED.items() for verb in verbs]
COUNTING = {"mentoring_pairing_places", "mentoring_supportday_totals"}
"""They count, and a CHECK on what they count refuses."""
GUARDED = [
    (table, verb)
    for table, verbs in TRIGGERS.items()
    for verb in verbs
    if verb != "TRUNCATE" or connection.vendor == "postgresql"
]


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_a_name_and_a_sentence(name: str) -> None:
    model, constraint = RULES[name]
    assert name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_")
    assert len(name) <= LONGEST_NAME
    sentence = str(constraint.violation_error_message)
    assert sentence != str(BaseConstraint.default_violation_error_message)
    assert sentence[0].isupper()
    assert sentence.endswith(".")


def test_every_rule_has_an_offence() -> None:
    assert sorted(set(RULES) - set(CONSTRAINTS)) == []  # rules nobody tries to break
    assert sorted(set(CONSTRAINTS) - set(RULES)) == []  # offences against no rule


@pytest.mark.parametrize("name", CONSTRAINTS)
@pytest.mark.django_db
def test_the_database_refuses(name: str) -> None:
    model, constraint = RULES[name]
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        CONSTRAINTS[name]()
    sentence = sentence_of(refused.value, model).messages
    assert sentence == [constraint.get_violation_error_message()]


def _names(trigger: database.Trigger) -> str:
    """Return a trigger's name without the verb that SQLite has one each for."""
    return trigger.name.removesuffix(f"_{trigger.verbs[0].lower()}")


@pytest.mark.django_db
def test_every_trigger_has_an_offence() -> None:
    found = {
        (_names(one), one.table, verb)
        for one in database.triggers()
        for verb in one.verbs
    }
    watched = {
        (table, verb) for name, table, verb in found if name not in {*NAMED, *COUNTING}
    }
    assert watched == set(GUARDED)
    by_name = {(name, verb) for name, _, verb in found if name in NAMED}
    assert by_name == set(OFFENDED)
    assert {name for name, _, _ in found} >= COUNTING


@pytest.mark.parametrize(("name", "verb"), OFFENDED)
@pytest.mark.django_db
def test_a_trigger_refuses_with_its_sentence(name: str, verb: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        NAMED[name][verb]()
    (said,) = sentence_of(refused.value, Event).messages
    (ours,) = (
        each for each in ACROSS_ROWS if f"TRIGGER {name}_" in each.forwards["sqlite"][0]
    )
    assert said == f"{ours.what}."


@pytest.mark.parametrize(("table", "verb"), GUARDED)
@pytest.mark.django_db
def test_a_trigger_refuses(table: str, verb: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        TRIGGERS[table][verb]()
    assert sentence_of(refused.value, Event).messages[0].endswith(".")


def _write_together(*rows: models.Model) -> list[str]:
    """Let a writer for each row write it at once; return what came of each."""
    start, written = threading.Barrier(len(rows)), threading.Barrier(len(rows))
    outcomes: list[str] = []

    def write(row: models.Model) -> None:
        try:
            start.wait(timeout=10)
            with transaction.atomic():
                type(row)._default_manager.bulk_create([row])
                # Stay open until the other has written too, or is kept waiting.
                with suppress(threading.BrokenBarrierError):
                    written.wait(timeout=0.5)
            outcomes.append("in")
        except IntegrityError as refused:
            outcomes.extend(sentence_of(refused, type(row)).messages)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(row,)) for row in rows]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return sorted(outcomes)


def _enrol_together(school: School) -> list[str]:
    """Let two writers add memberships that share days at once; return the outcomes."""
    return _write_together(
        *(
            Membership(
                school=school,
                role=Membership.Role.MENTEE,
                joined=joined,
                left=date(2006, 8, 31),
                state="withdrawn",
                since=date(2006, 8, 31),
                reason="It closed.",
            )
            for joined in (date(2004, 9, 1), date(2005, 9, 1))
        )
    )


def _join_together(school: School) -> list[str]:
    """Let two academy trusts take a school in at once; return the outcomes."""
    return _write_together(
        *(
            TrustMembership(school=school, trust=trust, started=date(2012, 9, 1))
            for trust in factories.TrustFactory.create_batch(2)
        )
    )


SHARED_DAYS = (
    "This school was already in the programme in this role on some of those days."
)


IN_A_TRUST = (
    "This school was in this trust, or in another academy trust, on some of those days."
)


@pytest.mark.django_db(transaction=True)
def test_of_two_writers_at_once_one_gets_in() -> None:
    school = factories.SchoolFactory.create()
    assert _enrol_together(school) == [SHARED_DAYS, "in"]
    assert Membership.objects.filter(school=school).count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_guard_both_get_in() -> None:
    """The control: the race above is lost where nothing guards it."""
    school = factories.SchoolFactory.create()
    with database.lifted("mentoring_membership"):
        assert _enrol_together(school) == ["in", "in"]
        Membership.objects.filter(school=school).delete()


@pytest.mark.django_db(transaction=True)
def test_of_two_trusts_at_once_one_takes_the_school() -> None:
    school = factories.SchoolFactory.create()
    assert _join_together(school) == [IN_A_TRUST, "in"]
    assert TrustMembership.objects.filter(school=school).count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_guard_both_trusts_take_it() -> None:
    """The control: the race above is lost where nothing guards it."""
    school = factories.SchoolFactory.create()
    with database.lifted("schools_trustmembership"):
        assert _join_together(school) == ["in", "in"]
        TrustMembership.objects.filter(school=school).delete()


def _let_in_together() -> list[str]:
    """Let two writers give somebody one role at once; return the outcomes."""
    person = factories.UserFactory.create()
    started = date(2006, 9, 1)
    return _write_together(
        *(Role(user=person, kind=Role.Kind.STAFF, started=started) for _ in range(2))
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_gives_the_role() -> None:
    assert _let_in_together() == ["This person already has this role.", "in"]
    assert Role.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_guard_both_give_the_role() -> None:
    """The control: the race above is lost where nothing guards it."""
    with database.lifted("schools_role"):
        assert _let_in_together() == ["in", "in"]


MERGED_TWICE = (
    "This school's pupils are counted in another merger already. Record a split for a "
    "school that went into several."
)


def _merge_together(school: School) -> list[str]:
    """Let two mergers count one school's pupils at once; return the outcomes."""
    return _write_together(
        *(
            SchoolPredecessor(
                school=succession.link.successor.school,
                predecessor=school,
                kind=SchoolPredecessor.Kind.MERGER,
                succession=succession,
            )
            for succession in factories.SuccessionFactory.create_batch(2)
        )
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_mergers_at_once_one_counts_the_school() -> None:
    school = factories.SchoolFactory.create()
    assert _merge_together(school) == [MERGED_TWICE, "in"]
    assert SchoolPredecessor.objects.filter(predecessor=school).count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_rule_both_mergers_count_it() -> None:
    """The control: the race above is lost where nothing guards it."""
    school = factories.SchoolFactory.create()
    name = "schools_schoolpredecessor_merges_once"
    with database.unruled(SchoolPredecessor, name):
        assert _merge_together(school) == ["in", "in"]
        SchoolPredecessor.objects.filter(predecessor=school).delete()


@pytest.mark.django_db
def test_a_school_that_was_split_went_into_several() -> None:
    one = factories.SchoolPredecessorFactory.create(kind="split")
    factories.SchoolPredecessorFactory.create(kind="split", predecessor=one.predecessor)
    # Beside the splits, one merger: it is the second that would count pupils twice.
    factories.SchoolPredecessorFactory.create(predecessor=one.predecessor)
    assert SchoolPredecessor.objects.filter(predecessor=one.predecessor).count() == 3
