"""What can be done with a thing of the staff's first page."""

from collections.abc import Mapping

from django import forms
from django.db import models

from mentoring.models import Membership, Pairing, PairingQuery, SupportDay

THINGS: Mapping[str, type[models.Model]] = {
    "query": PairingQuery,
    "day_query": SupportDay,
    **dict.fromkeys(("answer", "refused", "no_visit", "no_log"), Pairing),
    **dict.fromkeys(("alone", "load"), Membership),
}
"""What the id of each kind is an id of."""
COUNTED = ("links", "days")
"""Kinds of which there is one thing, all of them."""
NAMES = ("take", "leave", "snooze", "unsnooze")


class NoteForm(forms.Form):
    """The kind of the thing, and what is done with it."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in (*THINGS, *COUNTED)])
    name = forms.ChoiceField(choices=[(name, name) for name in NAMES])
