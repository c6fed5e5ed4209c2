"""Somebody of a school who gives support: name and post, and the day they left."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from mentoring.forms.fields import DayField
from mentoring.models import StaffMember


class StaffForm(forms.Form):
    """A name and a post."""

    name = forms.CharField(
        label="Name",
        max_length=150,
        error_messages={"required": "Enter a name."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    post = forms.CharField(
        label="Post",
        max_length=100,
        required=False,
        help_text="Such as Head of mathematics.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self, sent: QueryDict | None = None, *, member: StaffMember | None = None
    ) -> None:
        initial: dict[str, Any] = {}
        if member is not None:
            initial = {"name": member.name, "post": member.post}
        super().__init__(sent, initial=initial)


class LeavingForm(forms.Form):
    """The last day of somebody; empty where they are there after all."""

    left_on = DayField(
        label="Last day there",
        required=False,
        help_text="It may lie ahead. Leave it empty if they have not left.",
    )

    def __init__(
        self, sent: QueryDict | None = None, *, member: StaffMember, today: date
    ) -> None:
        super().__init__(sent, initial={"left_on": member.left_on or today})


class EraseForm(forms.Form):
    """That somebody asked to be erased, ticked."""

    is_asked = forms.BooleanField(
        label="This person asked for it, or has the right to it",
        error_messages={"required": "Tick this to erase the name."},
    )
