"""Trusts and who is in them: what the two files say, and what they end."""

from datetime import date
from pathlib import Path

import pytest

from schools.imports.apply_trusts import apply_groups, apply_members
from schools.imports.csv_file import CsvFile
from schools.imports.outcome import Outcome
from schools.imports.table_file import FileRefusedError
from schools.imports.trusts import GROUPS, MEMBERS, read_groups, read_members
from schools.models import Establishment, Trust, TrustMembership
from tests import factories

ON = date(2022, 4, 1)
MAT, SAT = "Multi-academy trust", "Single-academy trust"


def groups(tmp_path: Path, *rows: str) -> Outcome:
    """Take in groups, each `uid|id|name|company|kind|closed|open|incorporated`."""
    path = tmp_path / "groups.csv"
    lines = [",".join(GROUPS), *(row.replace("|", ",") for row in rows)]
    path.write_text("\n".join(lines) + "\n")
    file = CsvFile(path)
    return apply_groups(file, read_groups(file))


def members(tmp_path: Path, *rows: str, on: date = ON) -> Outcome:
    """Take in group links, each `urn|uid|joined`."""
    path = tmp_path / "group_links.csv"
    lines = [",".join(MEMBERS), *(row.replace("|", ",") for row in rows)]
    path.write_text("\n".join(lines) + "\n")
    file = CsvFile(path)
    return apply_members(file, read_members(file), on=on)


def held() -> set[tuple[int, int, date | None, date | None]]:
    return set(
        TrustMembership.objects.values_list(
            "school__urn", "trust__uid", "started", "ended"
        )
    )


@pytest.fixture
def schools(db: None) -> list[int]:
    return [factories.EstablishmentFactory.create().urn for _ in range(3)]


@pytest.fixture
def two_trusts(tmp_path: Path, schools: list[int]) -> None:
    groups(
        tmp_path,
        f"1|TR1|North|7451811.0|{MAT}||2010-01-01|",
        f"2|TR2|South|OC301540|{SAT}|||2012-03-01",
        "3||Friends||Federation|||",
    )


def test_trusts_keep_what_the_file_says(two_trusts: None) -> None:
    north = Trust.objects.get(uid=1)
    assert (north.company, north.kind, north.reference) == ("07451811", "multi", "TR1")
    assert north.opened == date(2010, 1, 1)
    assert Trust.objects.get(uid=2).company == "OC301540"
    assert Trust.objects.get(uid=2).opened == date(2012, 3, 1)


def test_a_school_may_be_in_a_trust_and_a_federation(
    tmp_path: Path, schools: list[int], two_trusts: None
) -> None:
    outcome = members(
        tmp_path,
        f"{schools[0]}|1|2015-09-01",
        f"{schools[0]}|3|1900-01-01",
        "999999|1|2015-09-01",
        f"{schools[1]}|77|2015-09-01",
    )
    assert held() == {
        (schools[0], 1, date(2015, 9, 1), None),
        (schools[0], 3, None, None),
    }
    assert outcome.notes == [
        "1 row of URNs that the register does not hold was set aside.",
        "1 row of groups that are no trusts here was set aside.",
    ]
    again = members(
        tmp_path, f"{schools[0]}|1|2015-09-01", f"{schools[0]}|3|1900-01-01"
    )
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)


def test_a_school_that_is_no_longer_listed_has_left(
    tmp_path: Path, schools: list[int], two_trusts: None
) -> None:
    members(tmp_path, f"{schools[0]}|1|2015-09-01", f"{schools[1]}|1|2016-09-01")
    outcome = members(tmp_path, f"{schools[0]}|1|2015-09-01", on=date(2022, 9, 1))
    assert held() == {
        (schools[0], 1, date(2015, 9, 1), None),
        (schools[1], 1, date(2016, 9, 1), date(2022, 8, 31)),
    }
    assert "1 school left a trust, 0 of them for another." in outcome.notes
    # It comes back: a new time begins, and nothing that happened is rewritten.
    members(
        tmp_path,
        f"{schools[0]}|1|2015-09-01",
        f"{schools[1]}|1|2016-09-01",
        on=date(2022, 10, 1),
    )
    assert (schools[1], 1, date(2022, 9, 1), None) in held()
    assert (schools[1], 1, date(2016, 9, 1), date(2022, 8, 31)) in held()


def test_a_school_that_moves_leaves_on_the_day_before(
    tmp_path: Path, schools: list[int], two_trusts: None
) -> None:
    members(tmp_path, f"{schools[0]}|1|2015-09-01")
    outcome = members(tmp_path, f"{schools[0]}|2|2020-01-01")
    assert held() == {
        (schools[0], 1, date(2015, 9, 1), date(2019, 12, 31)),
        (schools[0], 2, date(2020, 1, 1), None),
    }
    assert "1 school left a trust, 1 of them for another." in outcome.notes


def test_a_trust_that_closed_keeps_no_school(
    tmp_path: Path, schools: list[int], two_trusts: None
) -> None:
    members(tmp_path, f"{schools[0]}|1|2015-09-01")
    groups(tmp_path, f"1|TR1|North|7451811.0|{MAT}|2021-03-31|2010-01-01|")
    members(tmp_path, f"{schools[0]}|1|2015-09-01")
    assert held() == {(schools[0], 1, date(2015, 9, 1), date(2021, 3, 31))}


def test_the_current_urn_says_which_trust_a_school_is_in(
    tmp_path: Path, schools: list[int], two_trusts: None
) -> None:
    current, older = schools[0], schools[1]
    school = Establishment.objects.get(urn=current).school
    Establishment.objects.filter(urn=older).update(school=school)
    outcome = members(tmp_path, f"{older}|1|2012-09-01", f"{current}|2|2018-09-01")
    assert held() == {(current, 2, date(2018, 9, 1), None)}
    assert outcome.notes == [
        "1 row of a school's earlier URN in another trust was set aside."
    ]


def test_half_a_file_is_refused_before_everybody_leaves(
    tmp_path: Path, two_trusts: None
) -> None:
    urns = [factories.EstablishmentFactory.create().urn for _ in range(30)]
    members(tmp_path, *(f"{urn}|1|2015-09-01" for urn in urns))
    with pytest.raises(FileRefusedError, match="29 of 30 schools would leave"):
        members(tmp_path, f"{urns[0]}|1|2015-09-01")


def test_bad_cells_are_refused_with_their_row(
    tmp_path: Path, schools: list[int], two_trusts: None
) -> None:
    outcome = members(tmp_path, f"{schools[0]}|1|soon", "x|1|2015-09-01")
    assert [(each.row, each.column) for each in outcome.refusals] == [
        (2, "Joined date"),
        (3, "URN"),
    ]
    assert held() == set()
