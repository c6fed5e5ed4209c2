"""Who can help with an area, has room, and is near a mentee's school."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mentoring.actions.recompute import recompute
from mentoring.models import Area, Membership
from schools.models import Establishment
from tests import factories
from tests.harness.cast import TODAY, Scene
from tests.mentoring.views.words import words

pytestmark = pytest.mark.django_db
PATH = reverse("offer_search")
EAST, NORTH = 534_000, 185_000
Make = Callable[..., Membership]


@pytest.fixture
def make(scene: Scene) -> Make:
    """Place the mentee; make mentors so many kilometres east of it."""
    at(scene.mentee.urn, 0)

    def mentor(
        name: str,
        km: float | None,
        *,
        strength: int = 1,
        places: int = 2,
        area: str = "Leadership",
    ) -> Membership:
        school = factories.EstablishmentFactory.create(school__name=name).school
        if km is not None:
            at(school.urn, km)
        made = factories.MembershipFactory.create(
            school=school, role="mentor", places=places
        )
        factories.OfferFactory.create(
            mentor=made, area=Area.objects.get(name=area), strength=strength
        )
        return made

    return mentor


def at(urn: int, km: float, **more: object) -> None:
    Establishment.objects.filter(pk=urn).update(
        easting=EAST + int(1000 * km), northing=NORTH, **more
    )


def asked(scene: Scene, **more: str) -> dict[str, str]:
    leadership = Area.objects.get(name="Leadership")
    return {
        "mentee": str(scene.mentee_membership.pk),
        "area": str(leadership.pk),
        **more,
    }


def names(scene: Scene, **more: str) -> list[str]:
    page = scene.client("officer").get(PATH, asked(scene, **more))
    return [row.record.name for row in page.context["table"].page.object_list]


def test_the_nearest_that_offer_it_and_have_room_come_first(
    scene: Scene, make: Make
) -> None:
    make("Far Hill", 40)
    make("Near Hill", 3, strength=2)
    make("Other Hill", 1, area="Core subjects")
    full = make("Full Hill", 2, places=1)
    factories.PairingFactory.create(mentor=full)
    make("Lost Hill", None)
    assert names(scene) == ["Near Hill", "Far Hill", "Lost Hill"]
    assert names(scene, room="any")[0] == "Full Hill"
    assert names(scene, order="strongest") == ["Far Hill", "Lost Hill", "Near Hill"]
    assert names(scene, within="40") == ["Near Hill", "Far Hill"]
    assert names(scene, within="39") == ["Near Hill"]


def test_a_row_says_what_the_school_is_like_and_leads_to_the_proposal(
    scene: Scene, make: Make
) -> None:
    mentor = make("Near Hill", 3.4, strength=2)
    at(mentor.school.urn, 3.4, pupils=1204, percent_fsm=23.44)
    Membership.objects.filter(pk=mentor.pk).update(days_a_year=40)
    factories.ResultFactory.create(
        establishment_id=mentor.school.urn,
        measure=factories.MeasureFactory.create(code="5ACEM"),
        value=61,
    )
    recompute(on=TODAY)
    page = scene.client("officer").get(PATH, asked(scene))
    text = words(page)
    assert "1 mentor could help Alder Grove School with leadership" in text
    assert f"Near Hill Hackney, URN {mentor.school.urn} 3.4 km Can support" in text
    assert "2 of 2 40 61% 5ACEM 2006 1,204 23.4% Propose Near Hill" in text
    link = reverse("pairing_propose", kwargs={"pk": scene.mentee_membership.pk})
    area = Area.objects.get(name="Leadership")
    there = f"{link}?mentor={mentor.pk}&area={area.pk}"
    assert f'href="{there}"' in page.content.decode().replace("&amp;", "&")
    form = scene.client("officer").get(there).content.decode()
    assert f'<option value="{mentor.pk}" selected>' in form
    assert f'<option value="{area.pk}" selected>' in form


def test_a_mentor_without_a_place_is_said_to_have_none(
    scene: Scene, make: Make
) -> None:
    make("Lost Hill", None)
    text = words(scene.client("officer").get(PATH, asked(scene)))
    assert "Lost Hill" in text
    assert "No place on the map" in text
    text = words(scene.client("officer").get(PATH, asked(scene, within="50")))
    assert "1 mentor has no place on the map in the register here" in text
    assert "No mentor could help" in text


def test_a_mentee_without_a_place_is_said_to_have_none(
    scene: Scene, make: Make
) -> None:
    make("Near Hill", 3)
    Establishment.objects.filter(pk=scene.mentee.urn).update(easting=None)
    text = words(scene.client("officer").get(PATH, asked(scene)))
    assert "Alder Grove School has no place on the map" in text
    assert "Near Hill" in text
    text = words(scene.client("officer").get(PATH, asked(scene, within="50")))
    assert "Take the distance away to see mentors." in text
    assert "Near Hill" not in text


def test_who_helps_it_already_needs_no_further_place(scene: Scene, make: Make) -> None:
    mentor = make("Near Hill", 3, places=1)
    factories.PairingFactory.create(mentor=mentor, mentee=scene.mentee_membership)
    assert names(scene) == ["Near Hill"]
    area = Area.objects.get(name="Leadership")
    factories.PairingFactory.create(
        mentor=mentor, mentee=scene.mentee_membership, area=area
    )
    text = words(scene.client("officer").get(PATH, asked(scene)))
    assert "Helps already" in text
    assert "Propose Near Hill" not in text


def test_who_declined_the_need_is_marked(scene: Scene, make: Make) -> None:
    near, far = make("Near High School", 1), make("Far High School", 2)
    for area in ("Leadership", "Core subjects"):
        factories.PairingFactory.create(
            mentor=near if area == "Leadership" else far,
            mentee=scene.mentee_membership,
            area=Area.objects.get(name=area),
            state="declined",
            since=TODAY,
            reason="It is too far.",
        )
    page = words(scene.client("officer").get(PATH, asked(scene)))
    assert page.count("Declined on 20 November 2006") == 1
    assert page.index("Near High School") < page.index("Declined on")
    assert page.index("Declined on") < page.index("Far High School")


def test_every_mentor_may_lead(scene: Scene, make: Make) -> None:
    make("Near Hill", 3)
    assert names(scene, area=str(Area.lead().pk)) == ["Near Hill", "Beacon High School"]


def test_mentors_that_rest_or_are_the_school_itself_are_not_asked(
    scene: Scene, make: Make
) -> None:
    paused = make("Paused Hill", 3)
    Membership.objects.filter(pk=paused.pk).update(state="paused", reason="Rest")
    both = factories.MembershipFactory.create(school=scene.mentee, role="mentor")
    factories.OfferFactory.create(mentor=both, area=Area.objects.get(name="Leadership"))
    assert names(scene) == []


def test_the_mentee_is_found_by_its_name(scene: Scene, make: Make) -> None:
    client = scene.client("officer")
    page = client.get(PATH, {"q": "alder grove", "within": "50"})
    assert page.status_code == 302
    assert page["Location"] == f"{PATH}?within=50&mentee={scene.mentee_membership.pk}"
    page = client.get(PATH, {"q": str(scene.mentee.urn)})
    assert page["Location"] == f"{PATH}?mentee={scene.mentee_membership.pk}"
    text = words(client.get(PATH, {"q": "beacon"}))
    assert "No mentee in the programme matches." in text


def test_of_several_mentees_one_is_chosen(scene: Scene) -> None:
    twin = factories.SchoolFactory.create(name="Alder Green School", urn=100200)
    factories.EstablishmentFactory.create(school=twin)
    factories.MembershipFactory.create(school=twin)
    page = scene.client("officer").get(PATH, {"q": "alder", "order": "room"})
    assert "Which of these?" in words(page)
    assert "?order=room&amp;q=100200" in page.content.decode()


def test_without_a_mentee_there_is_no_distance_and_nothing_to_propose(
    scene: Scene, make: Make
) -> None:
    make("Near Hill", 3)
    text = words(scene.client("officer").get(PATH))
    assert "2 mentors may be asked" in text
    assert "Distance" not in text.split("Places free")[0].split("Mentor ")[-1]
    assert "Propose Near Hill" not in text
    text = words(scene.client("officer").get(PATH, {"within": "5"}))
    assert "Choose a mentee first" in text
    assert text.count("No mentor may be asked") == 1


def test_finance_finds_and_does_not_propose(scene: Scene, make: Make) -> None:
    make("Near Hill", 3)
    text = words(scene.client("finance").get(PATH, asked(scene)))
    assert "Near Hill" in text
    assert "Propose Near Hill" not in text


@pytest.mark.parametrize(
    "wrong",
    [{"area": "987654"}, {"within": "near"}, {"within": "0"}, {"room": "x"}],
)
def test_what_is_not_understood_finds_nothing_and_says_so(
    scene: Scene, make: Make, wrong: dict[str, str]
) -> None:
    make("Near Hill", 3)
    page = scene.client("officer").get(PATH, asked(scene, **wrong))
    assert "Near Hill" not in words(page)
    assert "not understood" in words(page)


@pytest.mark.parametrize("key", ["987654", "x", "9" * 40])
def test_a_mentee_that_is_none_is_not_found(scene: Scene, key: str) -> None:
    client = scene.client("officer")
    assert client.get(PATH, {"mentee": key}).status_code == 404
    mentor = str(scene.mentor_membership.pk)
    assert client.get(PATH, {"mentee": mentor}).status_code == 404


def test_it_costs_the_same_for_sixty_mentors(scene: Scene, make: Make) -> None:
    client, sent = scene.client("officer"), asked(scene)

    def cost() -> int:
        client.get(PATH, sent)
        with CaptureQueriesContext(connection) as captured:
            client.get(PATH, sent)
        return len(captured)

    make("Hill", 1)
    few = cost()
    for number in range(60):
        make(f"Hill {number}", number)
    assert cost() == few <= 15
    page = client.get(PATH, sent)
    assert "Showing 1 to 50 of 61 mentors" in words(page)
