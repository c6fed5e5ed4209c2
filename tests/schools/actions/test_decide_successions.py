"""Which links make one school of two, and which wait for a person."""

from collections.abc import Collection
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from schools.actions.successions import circles
from schools.imports.apply_links import apply_links
from schools.imports.csv_file import CsvFile
from schools.imports.links import read_links
from schools.imports.outcome import Outcome
from schools.models import Establishment, EstablishmentLink, School, Succession
from tests.fixtures import LINK_HEADER, written

NOW = datetime(2018, 9, 1, tzinfo=UTC)
Doubt = Succession.Doubt
A, B, C, D = 100001, 100002, 100003, 100004


@pytest.fixture
def folder(tmp_path: Path, db: None) -> Path:
    return tmp_path


def take_in(folder: Path, *links: str, in_programme: Collection[int] = ()) -> Outcome:
    """Take in links written `from>to type date`; the type says which side speaks."""
    rows = []
    for link in links:
        pair, link_type, day = link.split(" ")
        one, _, other = pair.partition(">")
        rows.append(f"{one},{other},School {other},{link_type.replace('_', ' ')},{day}")
    file = CsvFile(written(folder / "links.csv", LINK_HEADER, rows))
    return apply_links(file, read_links(file), in_programme=set(in_programme), at=NOW)


def school_of(urn: int) -> School:
    return Establishment.objects.get(urn=urn).school


def doubt_of(one: int, other: int) -> str:
    return Succession.objects.get(link__predecessor=one, link__successor=other).doubt


def test_a_plain_link_moves_the_predecessor_to_the_successors_school(
    folder: Path,
) -> None:
    take_in(folder, f"{A}>{B} Successor 01-09-2010")
    survivor = school_of(B)
    assert school_of(A) == survivor
    assert survivor.urn == B
    assert survivor.search == f"school {B} urn {A} {A} {B}"
    emptied = School.objects.get(urn=A)
    assert emptied.continued_by == survivor
    decision = Succession.objects.get()
    assert decision.state == Succession.State.ACCEPTED
    assert (decision.survivor, decision.emptied) == (survivor, emptied)
    assert decision.moved_urns == [A]
    assert decision.decided_at == NOW


def test_a_school_in_the_programme_survives_and_takes_the_later_name(
    folder: Path,
) -> None:
    take_in(folder, f"{A}>{D} Sixth_Form_Centre_Link 01-09-2010")
    member = school_of(A)
    take_in(folder, f"{A}>{B} Successor 01-09-2010", in_programme=[member.pk])
    member.refresh_from_db()
    assert school_of(B) == member
    assert (member.name, member.urn) == (f"School {B}", B)
    assert School.objects.exclude(pk=member.pk).get(urn=B).continued_by == member


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_a_chain_ends_in_one_school_whatever_the_order(
    folder: Path, order: tuple[int, int, int]
) -> None:
    links = (
        f"{A}>{B} Successor 01-09-2008",
        f"{B}>{C} Successor 01-09-2010",
        f"{C}>{D} Successor 01-09-2012",
    )
    for at in order:
        take_in(folder, links[at])
    assert {school_of(urn) for urn in (A, B, C, D)} == {School.objects.get(urn=D)}
    assert School.objects.standing().count() == 1


def test_a_chain_through_the_programme_keeps_that_school(folder: Path) -> None:
    take_in(folder, f"{B}>{A} Sixth_Form_Centre_Link 01-09-2010")
    member = school_of(B)
    take_in(
        folder,
        f"{A}>{B} Successor 01-09-2008",
        f"{B}>{C} Successor 01-09-2010",
        in_programme=[member.pk],
    )
    assert {school_of(urn) for urn in (A, B, C)} == {member}
    assert school_of(A).urn == C


@pytest.mark.parametrize(
    ("links", "doubt"),
    [
        (
            [f"{A}>{B} Successor 01-09-2010", f"{A}>{C} Successor 01-09-2010"],
            Doubt.SEVERAL_SUCCESSORS,
        ),
        (
            [f"{A}>{B} Successor 01-09-2010", f"{C}>{B} Successor 01-09-2010"],
            Doubt.SEVERAL_PREDECESSORS,
        ),
        ([f"{A}>{B} Successor_-_merged 01-09-2010"], Doubt.MERGER),
        (
            [f"{A}>{B} Successor 01-09-2010", f"{B}>{A} Successor 01-09-2012"],
            Doubt.CIRCLE,
        ),
    ],
)
def test_what_is_not_plain_waits_and_moves_nothing(
    folder: Path, links: list[str], doubt: Doubt
) -> None:
    take_in(folder, *links)
    assert doubt_of(A, B) == doubt
    assert not School.objects.filter(continued_by__isnull=False).exists()


def test_a_predecessor_that_is_open_waits_until_the_register_closes_it(
    folder: Path,
) -> None:
    take_in(folder, f"{A}>{D} Sixth_Form_Centre_Link 01-09-2010")
    Establishment.objects.filter(urn=A).update(status="Open", origin="register")
    take_in(folder, f"{A}>{B} Successor 01-09-2010")
    assert doubt_of(A, B) == Doubt.STILL_OPEN
    Establishment.objects.filter(urn=A).update(status="Closed")
    take_in(folder, f"{A}>{B} Successor 01-09-2010")
    assert doubt_of(A, B) == Doubt.NONE
    assert school_of(A) == school_of(B)


def test_two_schools_in_the_programme_wait_for_a_person(folder: Path) -> None:
    take_in(folder, f"{A}>{B} Sixth_Form_Centre_Link 01-09-2010")
    both = [school_of(A).pk, school_of(B).pk]
    take_in(folder, f"{A}>{B} Successor 01-09-2010", in_programme=both)
    assert doubt_of(A, B) == Doubt.BOTH_IN_PROGRAMME
    assert school_of(A) != school_of(B)


def test_a_later_link_does_not_undo_what_was_accepted(folder: Path) -> None:
    take_in(folder, f"{A}>{B} Successor 01-09-2010")
    take_in(folder, f"{A}>{B} Successor 01-09-2010", f"{A}>{C} Successor 01-09-2014")
    assert school_of(A) == school_of(B)
    assert doubt_of(A, B) == Doubt.NONE
    assert doubt_of(A, C) == Doubt.SEVERAL_SUCCESSORS


def test_the_same_links_again_change_nothing(folder: Path) -> None:
    links = [f"{A}>{B} Successor 01-09-2010", f"{B}>{C} Successor 01-09-2012"]
    first = take_in(folder, *links)
    before = list(School.objects.order_by("pk").values())
    again = take_in(folder, *links)
    assert (first.added, first.changed, first.unchanged) == (2, 0, 0)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    assert not again.moves_figures
    assert list(School.objects.order_by("pk").values()) == before


def test_a_link_without_a_date_takes_the_successors_opening(folder: Path) -> None:
    take_in(folder, f"{A}>{B} Sixth_Form_Centre_Link 01-09-2010")
    Establishment.objects.filter(urn=B).update(opened=date(2011, 1, 1))
    take_in(folder, f"{A}>{B} Successor ", f"{C}>{D} Successor ")
    assert EstablishmentLink.objects.get(predecessor=A).date == date(2011, 1, 1)
    assert EstablishmentLink.objects.get(predecessor=C).date is None


def test_a_link_whose_date_changed_is_updated(folder: Path) -> None:
    take_in(folder, f"{A}>{B} Successor 01-09-2010")
    again = take_in(folder, f"{A}>{B} Successor 02-09-2010")
    assert (again.added, again.changed) == (0, 1)
    assert EstablishmentLink.objects.get().date == date(2010, 9, 2)


def test_amalgamations_without_direction_run_from_the_closed_school(
    folder: Path,
) -> None:
    take_in(folder, f"{A}>{B} Sixth_Form_Centre_Link 01-09-2010")
    Establishment.objects.filter(urn=B).update(status="Closed")
    take_in(
        folder,
        f"{A}>{B} Result_of_Amalgamation 01-09-2010",
        f"{D}>{C} Result_of_Amalgamation 01-09-2010",
    )
    pairs = EstablishmentLink.objects.values_list("predecessor_id", "successor_id")
    assert set(pairs) == {(B, A), (C, D)}
    assert doubt_of(B, A) == Doubt.MERGER


def test_circles_are_found_and_nothing_that_only_leads_to_them() -> None:
    assert circles({1: 2, 2: 3, 3: 2, 4: 5}) == {2, 3}
    assert circles({1: 2, 2: 1, 3: 4, 4: 3}) == {1, 2, 3, 4}
    assert circles({}) == set()
