"""Filters drawn once for the same choices are the fields that Django would draw."""

import gc
import weakref
from datetime import date
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client
from django.test.html import parse_html

from mentoring.filters import drawn as module
from mentoring.filters.drawn import drawn
from mentoring.filters.select import LongSelect, TickBoxes
from schools.models import Role, User
from tests.harness.signing_in import sign_in

COLOURS = [("r", "Red & <b>warm</b>"), ("b", 'Blue "cold"')]


def form_of(sent: str, choices: Any = COLOURS) -> forms.Form:
    """Return a bound form of one of each kind of field."""

    class Plain(forms.Form):
        one = forms.ChoiceField(choices=choices, widget=LongSelect)
        some = forms.MultipleChoiceField(
            choices=choices, widget=TickBoxes, required=False
        )
        words = forms.CharField(required=False)

    return Plain(QueryDict(sent))


def djangos(sent: str) -> forms.Form:
    """Return the same form with the widgets of Django itself."""
    form = form_of(sent)
    form.fields["one"].widget = forms.Select(choices=COLOURS)
    form.fields["some"].widget = forms.CheckboxSelectMultiple(choices=COLOURS)
    return form


def html(bound: forms.BoundField) -> str:
    """Return a field as the template for one filter writes it."""
    return str(render_to_string("mentoring/_filter_field.html", {"field": bound}))


@pytest.mark.parametrize(
    "sent", ["one=r", "one=b&some=r&some=b", "one=x&some=y", "words=<i>"]
)
def test_choices_written_in_one_go_are_those_of_django(sent: str) -> None:
    """Only the order of attributes differs for a reader or a browser."""
    ours = "".join(drawn(form_of(sent)))
    theirs = "".join(html(bound) for bound in djangos(sent))
    assert parse_html(ours) == parse_html(theirs)
    assert "<b>warm</b>" not in ours


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (form_of("one=r"), form_of("one=b")),
        (form_of("some=r"), form_of("some=r&some=b")),
        (form_of("one=r"), form_of("one=r", [*COLOURS, ("g", "Green")])),
        (form_of("one=r"), form_of("one=zebra")),
    ],
    ids=["another chosen", "one more ticked", "one more choice", "not a choice"],
)
def test_a_field_is_drawn_anew_when_anything_in_it_differs(
    first: forms.Form, then: forms.Form
) -> None:
    """What was kept of one form is never shown for another."""
    assert drawn(first) != drawn(then)
    assert drawn(then) == [html(bound) for bound in then]


def test_choices_are_drawn_once_and_typed_words_are_not_kept() -> None:
    """A second page takes the choices from the first, and no search is remembered."""
    module._kept.cache_clear()
    drawn(form_of("one=r&words=secret"))
    drawn(form_of("one=r&words=other"))
    kept = module._kept.cache_info()
    assert (kept.hits, kept.misses) == (2, 2)


def test_what_is_kept_holds_no_form() -> None:
    """Nobody's request, nor what was typed in it, lives on with the choices."""
    module._kept.cache_clear()
    form = form_of("one=r&words=secret")
    drawn(form)
    gone = weakref.ref(form)
    del form
    gc.collect()
    assert gone() is None
    assert module._kept.cache_info().currsize == 2


def test_a_second_look_at_the_list_draws_no_choice_again(
    client: Client, db: None
) -> None:
    """The filters of the schools list are kept from one page to the next."""
    staff = User.objects.create_user(email="officer@example.org", name="Officer")
    Role.objects.create(user=staff, kind="staff", started=date(2000, 1, 1))
    sign_in(client, staff)
    client.get("/schools/")
    before = module._kept.cache_info()
    client.get("/schools/?page=1")
    after = module._kept.cache_info()
    assert after.misses == before.misses
    assert after.hits > before.hits
