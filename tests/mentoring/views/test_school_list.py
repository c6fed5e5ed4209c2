"""The list narrowed, shown, exported, kept under a name, and searched as one types."""

import csv
import io
import zipfile
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from mentoring.actions.recompute import recompute
from mentoring.exports.schools import GAINS, HEADERS
from mentoring.forms.school_view import SchoolViewForm
from mentoring.models import Membership, SavedView, SchoolSummary
from schools.models import LocalAuthority, Role, School, TrustMembership, User
from schools.models.school import searchable
from tests import factories
from tests.harness.signing_in import sign_in
from tests.mentoring.conftest import TODAY, Make

AUTUMN = date(2003, 9, 1)


@pytest.fixture
def officer(client: Client, db: None) -> Client:
    user = User.objects.create_user(email="officer@example.org", name="Officer")
    Role.objects.create(user=user, kind="staff", started=date(2000, 1, 1))
    sign_in(client, user)
    return client


def made(make: Make, name: str, joined: date | None = None, **said: Any) -> School:
    held = make(name, said.pop("figures", {}), joined)
    for field, value in said.items():
        setattr(held, field, value)
    held.search = f"{searchable(name)} {held.urn}"
    held.save()
    return held


@pytest.fixture
def five(make_school: Make, england: None) -> dict[str, School]:
    """Five schools unlike in everything that narrows the list."""
    north = LocalAuthority.objects.create(code="901", name="Norham", region="North")
    schools = {
        "Ash": made(
            make_school, "Ash", AUTUMN,
            figures={2003: (30, 100), 2005: (44, 100)},
            authority=north, phase="Secondary", type_group="maintained", town="Sutby",
        ),
        "Birch": made(
            make_school, "Birch", date(2004, 10, 1), phase="All through",
            type_group="academy",
        ),
        "Cedar": made(
            make_school, "Cedar", phase="Secondary", type_group="special",
            figures={2003: (30, 100), 2005: "suppressed"},
        ),
        "Doomed": made(make_school, "Doomed", status="closed", phase="Secondary"),
        "=Evil()": made(make_school, "=Evil()", status="unknown"),
    }  # fmt: skip
    trust = factories.TrustFactory.create(uid=5001, name="Big Wood Trust")
    TrustMembership.objects.create(trust=trust, school=schools["Birch"])
    TrustMembership.objects.create(
        trust=trust, school=schools["Cedar"], ended=date(2004, 8, 31)
    )
    recompute(on=TODAY)
    return schools


def names(client: Client, query: str) -> list[str]:
    answer = client.get(f"/schools/?{query}")
    assert answer.status_code == 200
    return [line.name for line in answer.context["table"].lines()]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Ash", "Birch", "Cedar"]),
        ("status=closed", ["Doomed"]),
        ("status=unknown", ["=Evil()"]),
        ("status=all", ["=Evil()", "Ash", "Birch", "Cedar", "Doomed"]),
        ("phase=All+through", ["Birch"]),
        ("phase=All+through&phase=Secondary", ["Ash", "Birch", "Cedar"]),
        ("kind=academy&kind=special", ["Birch", "Cedar"]),
        ("phase=Secondary&kind=special", ["Cedar"]),
        ("trust=5001", ["Birch"]),
        ("trust=wood+big", ["Birch"]),
        ("trust=small", []),
        ("wave=2003", ["Ash"]),
        ("wave=2004", ["Birch"]),
        ("results=none", ["Birch"]),
        ("results=held", ["Ash", "Cedar"]),
        ("region=North&role=mentee", ["Ash"]),
    ],
)
def test_each_filter_keeps_what_it_says(
    officer: Client, five: dict[str, School], query: str, found: list[str]
) -> None:
    assert names(officer, query) == found


def test_each_value_that_is_on_has_its_own_way_out(
    officer: Client, five: dict[str, School]
) -> None:
    query = "kind=academy&kind=special&region=North&sort=-name&columns=town"
    active = officer.get(f"/schools/?{query}").context["active"]
    ways = {each.label: each.remove_url for each in active}
    assert set(ways) == {
        "Kind of school: Academy or free school",
        "Kind of school: Special school or pupil referral unit",
        "Region: North",
    }
    way = ways["Kind of school: Academy or free school"]
    assert "kind=special" in way
    assert "kind=academy" not in way
    for kept in ("region=North", "sort=-name", "columns=town"):
        assert kept in way


def test_columns_are_chosen_in_the_address(
    officer: Client, five: dict[str, School]
) -> None:
    usual = officer.get("/schools/").content.decode()
    assert '<td class="wide-only">Norham</td>' in usual
    assert "Sutby" not in usual
    chosen = officer.get("/schools/?columns=town&columns=phase").content.decode()
    assert '<td class="wide-only">Sutby</td>' in chosen
    assert '<td class="wide-only">Secondary</td>' in chosen
    assert "Latest result</" not in chosen.split("<tbody>")[0].split("<thead>")[1]
    assert officer.get("/schools/?columns=nonsense").content.decode().count(
        "Points a year"
    ) == usual.count("Points a year")


@pytest.mark.parametrize(
    ("size", "rows"), [("25", 25), ("100", 60), ("1000", 50), ("-1", 50), ("", 50)]
)
def test_rows_to_a_page_are_among_three_sizes(
    officer: Client, make_school: Make, england: None, size: str, rows: int
) -> None:
    for number in range(60):
        make_school(f"School {number:02}", {})
    assert len(names(officer, f"size={size}")) == rows


def exported(client: Client, query: str) -> list[dict[str, str]]:
    answer = client.get(f"/schools/schools.csv?{query}")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert f"schools-{TODAY.isoformat()}.csv" in answer["Content-Disposition"]
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


def test_the_csv_holds_exactly_what_is_filtered_in_its_order(
    officer: Client, five: dict[str, School]
) -> None:
    rows = exported(officer, "sort=-name&size=25")
    assert [row["name"] for row in rows] == ["Cedar", "Birch", "Ash"]
    assert tuple(rows[0]) == HEADERS
    cedar, birch, ash = rows
    assert ash == {
        "urn": str(five["Ash"].urn),
        "name": "Ash",
        "town": "Sutby",
        "local_authority_code": "901",
        "local_authority": "Norham",
        "region": "North",
        "phase": "Secondary",
        "kind": "maintained",
        "status": "open",
        "trust": "",
        "mentee_since": "2003-09-01",
        "mentor_since": "",
        "latest_measure": "5AC",
        "latest_year": "2005",
        "latest_release": "final",
        "latest_value": "44.0",
        "latest_value_missing_because": "",
        "points_a_year": "7.0",
        "points_a_year_from": "2003",
        "points_a_year_to": "2005",
        "points_a_year_missing_because": "",
    }
    assert birch["trust"] == "Big Wood Trust"
    assert cedar["trust"] == ""
    assert cedar["latest_value"] == ""
    assert "few pupils" in cedar["latest_value_missing_because"]


def test_every_schools_gain_is_for_those_who_may_take_it(
    officer: Client, five: dict[str, School]
) -> None:
    User.objects.get().roles.update(kind="evaluator")
    assert exported(officer, "q=ash")[0]["points_a_year"] == "7.0"
    User.objects.get().roles.update(kind="finance")
    (ash,) = exported(officer, "q=ash")
    assert ash["latest_value"] == "44.0"
    assert not set(GAINS) & set(ash)
    assert sheet(workbook(officer, "q=ash"))[0] == list(HEADERS[: -len(GAINS)])


def test_no_cell_of_a_file_runs_as_a_formula(
    officer: Client, five: dict[str, School]
) -> None:
    (row,) = exported(officer, "status=unknown")
    assert row["name"] == "'=Evil()"
    file = workbook(officer, "status=unknown")
    assert sheet(file)[1][1] == "=Evil()"
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        written = parts.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in written


def workbook(client: Client, query: str) -> bytes:
    answer = client.get(f"/schools/schools.xlsx?{query}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def sheet(file: bytes) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(file))
    return book.get_sheet_by_index(0).to_python()


def test_the_workbook_says_the_same_with_numbers_and_dates(
    officer: Client, five: dict[str, School]
) -> None:
    headers, row = sheet(workbook(officer, "region=North"))
    assert tuple(headers) == HEADERS
    found = dict(zip(headers, row, strict=True))
    assert found["name"] == "Ash"
    assert found["latest_value"] == 44
    assert found["mentee_since"] == date(2003, 9, 1)
    assert found["trust"] == ""


def test_a_file_takes_as_many_queries_for_many_as_for_few(
    officer: Client,
    make_school: Make,
    england: None,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(40):
        make_school(f"School {number:02}", {}, AUTUMN)
    with django_assert_max_num_queries(12):
        assert len(exported(officer, "")) == 40


def test_a_view_is_kept_by_name_and_opens_as_it_was(
    officer: Client, five: dict[str, School]
) -> None:
    sent = {"name": "Northern", "query": "region=North&sort=-name&page=7&nonsense=1"}
    answer = officer.post(reverse("view_save"), sent, follow=True)
    view = SavedView.objects.get(name="Northern")
    assert view.query == "region=North&sort=-name"
    assert f"/schools/?{view.query}" in answer.content.decode().replace("&amp;", "&")
    assert [line.name for line in answer.context["table"].lines()] == ["Ash"]
    again = officer.post(reverse("view_save"), sent, follow=True).content.decode()
    assert "You have a view of this name already." in again
    assert SavedView.objects.count() == 1


def test_a_view_cannot_hold_what_no_filter_knows(
    officer: Client, five: dict[str, School]
) -> None:
    sent = {"name": "Odd", "query": "region=Atlantis&next=//evil.example&q=ash"}
    answer = officer.post(reverse("view_save"), sent)
    assert SavedView.objects.get().query == "q=ash"
    assert answer["Location"] == "/schools/?q=ash"


def test_deleting_a_view_asks_first_and_leaves_the_list(
    officer: Client, five: dict[str, School]
) -> None:
    officer.post(reverse("view_save"), {"name": "Mine", "query": "q=ash"})
    address = reverse("view_delete", kwargs={"pk": SavedView.objects.get().pk})
    assert "Delete this saved view?" in officer.get(address).content.decode()
    assert SavedView.objects.exists()
    answer = officer.post(address)
    assert answer["Location"] == "/schools/?q=ash"
    assert not SavedView.objects.exists()


def suggested(client: Client, words: str) -> list[str]:
    answer = client.get("/schools/suggest/", {"q": words})
    return [each["name"] for each in answer.json()["schools"]]


def test_suggestions_begin_with_what_is_typed_and_forgive(
    officer: Client, make_school: Make, england: None
) -> None:
    for name in ("Éland Park", "North Eland", "Elandia", "Oak"):
        made(make_school, name)
    assert suggested(officer, "eland") == ["Elandia", "Éland Park", "North Eland"]
    assert suggested(officer, "ELAND P") == ["Éland Park"]
    assert suggested(officer, "e") == []
    assert suggested(officer, "zzz") == []
    urn = School.objects.get(name="Oak").urn
    answer = officer.get("/schools/suggest/", {"q": str(urn)}).json()["schools"]
    assert answer[0]["url"] == School.objects.get(name="Oak").get_absolute_url()


def test_there_are_at_most_eight_suggestions(
    officer: Client, make_school: Make, england: None
) -> None:
    for number in range(12):
        made(make_school, f"Elm {number:02}")
    assert len(suggested(officer, "elm")) == 8


def test_the_wave_filter_agrees_with_the_base_year(
    officer: Client, make_school: Make, england: None
) -> None:
    made(make_school, "April", date(2004, 4, 30))
    made(make_school, "May", date(2004, 5, 1))
    assert names(officer, "wave=2003") == ["April"]
    assert names(officer, "wave=2004") == ["May"]
    assert Membership.objects.count() == 2


BY_RESULT = ["Ash", "Cedar", "Birch", "Doomed", "=Evil()"]


def pages(client: Client, query: str) -> list[list[str]]:
    return [names(client, f"{query}&page={page}") for page in (1, 2, 3)]


def test_pages_sorted_by_result_are_looked_up_by_their_places(
    officer: Client, five: dict[str, School], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SchoolViewForm, "per_page", 2)
    both = [BY_RESULT[:2], BY_RESULT[2:4], BY_RESULT[4:]]
    assert pages(officer, "status=all&sort=-result") == both
    # Only a look-up by place follows what the figures last said.
    SchoolSummary.objects.filter(school=five["Ash"]).update(by_highest=99)
    assert names(officer, "status=all&sort=-result") == ["Cedar", "Birch"]


def test_a_school_without_a_place_yet_is_listed_all_the_same(
    officer: Client,
    five: dict[str, School],
    make_school: Make,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(SchoolViewForm, "per_page", 4)
    made(make_school, "Fir")
    found = pages(officer, "status=all&sort=-result")
    assert found == [BY_RESULT[:4], [BY_RESULT[4], "Fir"], [BY_RESULT[4], "Fir"]]


@pytest.mark.parametrize(
    "query",
    [
        "status=purple",
        "role=purple",
        "region=Atlantis",
        "wave=x",
        "results=maybe",
        "authority=901'--",
        "phase=Secondary&phase=purple",
        "kind=%00",
        "q=" + "a" * 101,
        "trust=%00",
        "q=%00",
    ],
)
def test_a_filter_that_is_not_understood_lists_nothing_and_says_so(
    officer: Client, five: dict[str, School], query: str
) -> None:
    asked = f"{query}&region=North" if "region" not in query else query
    answer = officer.get(f"/schools/?{asked}")
    assert answer.status_code == 200
    assert list(answer.context["table"].lines()) == []
    wrong = [
        each for each in answer.context["active"] if "not understood" in each.label
    ]
    assert wrong
    assert 'class="field-error"' in answer.content.decode()
    assert "a filter is not understood" in answer.content.decode()
    # The other filters keep their own way out, and taking the wrong one away lists.
    labels = [each.label for each in answer.context["active"]]
    assert ("Region: North" in labels) == ("Atlantis" not in query)
    assert officer.get(wrong[0].remove_url).context["total"] > 0
    file = officer.get(f"/schools/schools.csv?{asked}")
    assert file.status_code == 302
    assert (
        file["Location"] == officer.get(file["Location"]).wsgi_request.get_full_path()
    )


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=x", "page=99999999999999999999", "sort=purple",
     "sort=-pk;--", "size=7", "columns=purple", "page=%00"],
)  # fmt: skip
def test_odd_pages_orders_and_sizes_show_the_list_all_the_same(
    officer: Client, five: dict[str, School], query: str
) -> None:
    assert names(officer, query) == ["Ash", "Birch", "Cedar"]


@pytest.mark.parametrize(
    "q", ["%", "_", "*", "[a-z]", "'", '"', "\U0001f600", "\\", "½", "a" * 100]
)
def test_odd_words_find_what_has_them_and_no_more(
    officer: Client, five: dict[str, School], q: str
) -> None:
    for field in ("q", "trust"):
        answer = officer.get("/schools/", {field: q})
        assert answer.status_code == 200
        assert list(answer.context["table"].lines()) == []
    assert officer.get("/schools/suggest/", {"q": q * 3}).json() == {"schools": []}
    assert officer.get("/trusts/", {"q": q, "which": "all"}).context["total"] == 0


def test_a_phase_is_found_however_an_extract_writes_it(
    officer: Client, five: dict[str, School]
) -> None:
    School.objects.filter(name="Ash").update(phase="All-through")
    for written in ("All-through", "All+through"):
        assert names(officer, f"phase={written}") == ["Ash", "Birch"]


def test_a_saved_view_opens_for_a_colleague_by_its_link(
    officer: Client, five: dict[str, School]
) -> None:
    query = "kind=academy&columns=town&size=25"
    officer.post("/schools/views/", {"name": "Academies", "query": query})
    view = SavedView.objects.get()
    colleague = User.objects.create_user(email="other@example.org", name="Other")
    Role.objects.create(user=colleague, kind="evaluator", started=date(2000, 1, 1))
    theirs = Client()
    sign_in(theirs, colleague)
    assert names(theirs, view.query) == ["Birch"]
    assert "Academies" not in theirs.get("/schools/").content.decode()
    assert theirs.get(reverse("view_delete", kwargs={"pk": view.pk})).status_code == 404


def test_a_second_view_of_a_name_is_refused_and_says_so(
    officer: Client, five: dict[str, School]
) -> None:
    officer.post("/schools/views/", {"name": "Mine", "query": "kind=academy"})
    sent = {"name": "Mine", "query": "kind=special"}
    again = officer.post("/schools/views/", sent, follow=True)
    assert "You have a view of this name already" in again.content.decode()
    assert SavedView.objects.get().query == "kind=academy"


def test_schools_that_a_frozen_list_has_in_its_bottom_quarter(
    officer: Client, five: dict[str, School], client: Client
) -> None:
    frozen = factories.EligibilityListFactory.create()
    for name, standing in (("Ash", "eligible"), ("Cedar", "near_miss")):
        factories.EligibilityEntryFactory.create(
            list=frozen, school=five[name], urn=five[name].urn, standing=standing
        )
    # The school that goes on with an eligible one's URN is eligible by it.
    factories.EligibilityEntryFactory.create(
        list=frozen, school=five["Birch"], urn=five["Birch"].urn, standing="eligible"
    )
    five["Birch"].establishments.update(school=five["Cedar"])
    assert names(officer, f"eligible={frozen.pk}") == ["Ash", "Cedar"]
    assert names(officer, f"eligible={frozen.pk}&role=none") == ["Cedar"]
    page = officer.get(f"/eligibility/{frozen.pk}/").content.decode()
    assert f"/schools/?eligible={frozen.pk}&amp;role=none" in page


def test_heads_are_told_nothing_of_who_is_on_a_list(
    client: Client, five: dict[str, School]
) -> None:
    head = User.objects.create_user(email="head@example.org", name="Head")
    Role.objects.create(
        user=head, kind="head", school=five["Ash"], started=date(2000, 1, 1)
    )
    sign_in(client, head)
    frozen = factories.EligibilityListFactory.create()
    answer = client.get(f"/schools/?eligible={frozen.pk}")
    assert "eligible" not in answer.context["filter"].form.fields
    assert answer.context["total"] == 3
