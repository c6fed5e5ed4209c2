"""A term has a name, and days on which schools are open."""

from typing import Any

from django import forms
from django.http import QueryDict

from mentoring.forms.fields import DayField
from mentoring.models import Term


class TermForm(forms.Form):
    """Name, first and last day of a term."""

    name = forms.CharField(
        label="Name",
        max_length=40,
        error_messages={"required": "Enter a name."},
        help_text="Such as Autumn term, first half.",
    )
    started = DayField(label="First day", help_text="The first day schools are open.")
    ended = DayField(
        label="Last day",
        help_text="The last day schools are open. A half term parts a term in two.",
    )

    def __init__(
        self, sent: QueryDict | None = None, *, term: Term | None = None
    ) -> None:
        initial: dict[str, Any] = {}
        if term is not None:
            initial = {"name": term.name, "started": term.started, "ended": term.ended}
        super().__init__(sent, initial=initial)
