"""Areas of help and term dates, as staff keep them."""

from datetime import date

import pytest
from django.urls import reverse

from mentoring.models import Area, Event, Term
from tests import factories
from tests.harness.cast import Scene
from tests.mentoring.views.words import words

pytestmark = pytest.mark.django_db


def area(name: str) -> Area:
    return Area.objects.get(name=name)


def to(name: str, row: Area | Term | None = None) -> str:
    return reverse(name, kwargs={"pk": row.pk} if row else {})


def test_the_list_counts_what_hangs_on_each_area(scene: Scene) -> None:
    leadership = area("Leadership")
    ended = factories.PairingFactory.create(area=leadership, ended=date(2006, 7, 1))
    factories.PairingFactory.create_batch(2, area=leadership)
    factories.NeedFactory.create_batch(3, area=leadership)
    left = factories.MembershipFactory.create(left=date(2006, 7, 1))
    factories.NeedFactory.create(area=leadership, mentee=left)
    factories.OfferFactory.create(area=leadership, mentor=ended.mentor)
    text = words(scene.client("officer").get(to("areas")))
    assert "Help is given in 9 areas" in text
    assert "Leadership 3 1 2 3 Rename Leadership" in text
    assert "Vocational options 0 0 0 0" in text


def test_an_area_is_added_renamed_moved_retired_and_taken_back(scene: Scene) -> None:
    client = scene.client("officer")
    said = words(client.post(to("area_new"), {"name": "Attendance"}, follow=True))
    assert "Attendance is an area from now on." in said
    made = area("Attendance")
    client.post(to("area", made), {"name": "Being there"})
    client.post(to("area_move", made), {"way": "up"})
    listed = [each.name for each in Area.objects.as_listed()]
    assert listed[-2:] == ["Being there", "Leadership"]
    client.post(to("area_retire", made))
    text = words(client.get(to("areas")))
    assert "Retired Nothing new can name these" in text
    assert "Being there 20 November 2006 0 Take back" in text
    client.post(to("area_take_back", made))
    made.refresh_from_db()
    assert made.retired_on is None
    assert Event.objects.filter(who=scene.cast["officer"]).count() >= 5


def test_what_was_typed_stays_when_it_is_refused(scene: Scene) -> None:
    page = scene.client("officer").post(to("area_new"), {"name": "leadership"})
    assert "There is an area of this name already." in words(page)
    assert 'value="leadership"' in page.content.decode()


def test_a_name_that_is_the_same_brings_no_success(scene: Scene) -> None:
    sent = {"name": "Leadership"}
    page = scene.client("officer").post(
        to("area", area("Leadership")), sent, follow=True
    )
    assert "Nothing was different" in words(page)
    assert "renamed" not in words(page)


def test_the_lead_is_told_to_stay(scene: Scene) -> None:
    client = scene.client("officer")
    assert "cannot be retired" in words(client.get(to("area_retire", Area.lead())))
    sent = client.post(to("area_retire", Area.lead()), follow=True)
    assert "The lead area cannot be retired." in words(sent)
    assert Area.lead().retired_on is None


def test_retiring_says_what_it_leaves(scene: Scene) -> None:
    leadership = area("Leadership")
    factories.NeedFactory.create(area=leadership)
    factories.PairingFactory.create_batch(2, area=leadership)
    text = words(scene.client("officer").get(to("area_retire", leadership)))
    assert "1 need or offer names it now" in text
    assert "2 pairings in it go on." in text


def test_terms_are_added_changed_and_removed(scene: Scene) -> None:
    client = scene.client("officer")
    assert "No term dates are entered" in words(client.get(to("terms")))
    days = {"started": "2006-09-04", "ended": "20/12/2006"}
    client.post(to("term_new"), {"name": "Autumn", **days})
    term = Term.objects.get()
    assert (term.started, term.ended) == (date(2006, 9, 4), date(2006, 12, 20))
    text = words(client.get(to("terms")))
    assert "Term dates are entered up to 20 December 2006" in text
    assert "Today lies in Autumn." in text
    days["ended"] = "2006-10-20"
    text = words(client.post(to("term", term), {"name": "Autumn", **days}, follow=True))
    assert "The term dates ended on 20 October 2006" in text
    assert "Holidays are not known" in text
    text = words(client.post(to("term_remove", term), follow=True))
    assert "Autumn is removed." in text
    assert not Term.objects.exists()


def test_a_term_that_is_refused_says_why_beside_the_day(scene: Scene) -> None:
    sent = {"name": "Autumn", "started": "2006-12-20", "ended": "2006-09-04"}
    page = scene.client("officer").post(to("term_new"), sent)
    assert "The last day is before the first." in words(page)
    assert 'value="2006-12-20"' in page.content.decode()
    assert not Term.objects.exists()
