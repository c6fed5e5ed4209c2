"""Letting in a school that no list has, and taking that back."""

from datetime import date

from django import forms
from django.http import QueryDict

from mentoring.forms.fields import DayField

LONGEST = 2000


def reason_field(label: str, required: str, help_text: str) -> forms.CharField:
    """Return the field for a reason, which must be given."""
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=help_text,
        error_messages={"required": required},
    )


class GrantForm(forms.Form):
    """Why a school is let in, and until when."""

    why = reason_field(
        "Why is it let in?",
        "Say why this school is let in.",
        "Everyone who sees eligibility can read it. No names of people.",
    )
    until = DayField(
        label="Until",
        required=False,
        help_text="The last day on which it may join by this. Empty for no end.",
    )


class ChangeForm(forms.Form):
    """A new last day, and why."""

    until = DayField(
        label="Until",
        required=False,
        help_text="The last day on which it may join by this. Empty for no end.",
    )
    until_why = reason_field(
        "Why is the last day changed?", "Say why the last day is changed.", ""
    )

    def __init__(
        self, sent: QueryDict | None = None, *, until: date | None = None
    ) -> None:
        super().__init__(sent, initial={"until": until})


class EndForm(forms.Form):
    """Why an exception ends."""

    ended_why = reason_field(
        "Why does it end?",
        "Say why this exception ends.",
        "A school that has joined meanwhile stays in the programme.",
    )
