from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mentoring.actions.keep_terms import add_term, change_term, remove_term
from mentoring.models import Event, Term
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2006, 11, 20)
FIRST, LAST = date(2007, 1, 8), date(2007, 2, 9)


def add(name: str = "Spring", started: date = FIRST, ended: date = LAST) -> Term:
    return add_term(name=name, started=started, ended=ended, by=None, on=TODAY)


def refused(started: date, ended: date) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refusal:
        add(started=started, ended=ended)
    return dict(refusal.value.message_dict)


def test_a_term_is_added() -> None:
    term = add(" Spring   term ")
    assert (term.name, term.started, term.ended) == ("Spring term", FIRST, LAST)
    event = Event.objects.get()
    assert (event.verb, event.noun_id) == ("added a term", term.pk)
    assert event.changes["started"] == [None, "2007-01-08"]


def test_a_term_does_not_end_before_it_begins() -> None:
    assert "before the first" in refused(LAST, FIRST)["ended"][0]


def test_a_term_of_a_day_is_one() -> None:
    assert add(started=FIRST, ended=FIRST).holds(FIRST)


def test_a_term_lasts_a_year_at_most() -> None:
    assert "more than a year" in refused(FIRST, date(2008, 1, 9))["ended"][0]


def test_a_year_typed_wrong_is_told() -> None:
    ahead = refused(date(2070, 1, 8), date(2070, 2, 9))
    assert "five years ahead" in ahead["ended"][0]


@pytest.mark.parametrize(
    ("started", "ended"),
    [
        (date(2006, 9, 4), date(2006, 10, 20)),
        (date(2006, 12, 20), date(2007, 2, 9)),
        (date(2006, 10, 1), date(2006, 10, 2)),
    ],
)
def test_two_terms_share_no_day(started: date, ended: date) -> None:
    factories.TermFactory.create()
    sentence = refused(started, ended)["started"][0]
    assert "Autumn term, from 4 September 2006 to 20 December 2006" in sentence
    assert Term.objects.count() == 1


def test_terms_may_meet() -> None:
    factories.TermFactory.create()
    assert add(started=date(2006, 12, 21))


def test_a_change_says_what_it_was() -> None:
    term = add()
    assert change_term(
        term=term,
        name="Spring",
        started=FIRST,
        ended=date(2007, 2, 16),
        by=None,
        on=TODAY,
    )
    event = Event.objects.latest("pk")
    assert event.changes == {"ended": ["2007-02-09", "2007-02-16"]}
    term.refresh_from_db()
    assert term.ended == date(2007, 2, 16)


def test_the_same_days_are_no_change() -> None:
    term = add()
    assert not change_term(
        term=term, name="Spring", started=FIRST, ended=LAST, by=None, on=TODAY
    )
    assert Event.objects.count() == 1


def test_what_is_removed_is_kept_in_the_record() -> None:
    term = add()
    key = term.pk
    assert remove_term(term=term, by=None, on=TODAY)
    assert not Term.objects.exists()
    event = Event.objects.latest("pk")
    assert (event.verb, event.noun_id) == ("removed a term", key)
    assert event.changes == {
        "name": ["Spring", None],
        "started": ["2007-01-08", None],
        "ended": ["2007-02-09", None],
    }


def test_a_term_is_removed_once() -> None:
    term = add()
    again = Term.objects.get(pk=term.pk)
    remove_term(term=term, by=None, on=TODAY)
    with pytest.raises(ValidationError, match="already"):
        remove_term(term=again, by=None, on=TODAY)
