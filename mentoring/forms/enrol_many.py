"""Many schools are enrolled or invited at once, on the same terms."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from mentoring.actions.enrol_together import Terms
from mentoring.forms.fields import DayField
from mentoring.forms.membership import STARTS, with_start
from mentoring.models import Membership
from mentoring.steps.membership import State
from schools.models import School

MOST = 5_000
"""Schools in one set: more than the whole programme."""

LEAVE_OUT, LET_IN = "leave_out", "let_in"
LONGEST = MOST * 12
LONGEST_KEY = 18
"""Figures in the longest key that a database holds."""
LONGEST_QUERY = 2_000


def is_key(text: str) -> bool:
    """Return whether `text` could be a row's key."""
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY


class SchoolsField(forms.CharField):
    """The keys of schools, parted by commas, in one field however many there are."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> list[int]:
        """Return the keys, each once, in their order."""
        keys = str(super().clean(value)).split(",")
        if not all(map(is_key, keys)):
            raise ValidationError("The list of schools was not understood.")
        found = list(dict.fromkeys(map(int, keys)))
        if len(found) > MOST:
            raise ValidationError(f"Take {MOST:,} schools or fewer at once.")
        return found


class EnrolManyForm(forms.Form):
    """One role, one first day or an invitation, and what of those not entitled."""

    schools = SchoolsField(max_length=LONGEST)
    token = forms.UUIDField(widget=forms.HiddenInput)
    query = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=LONGEST_QUERY
    )
    role = forms.ChoiceField(
        label="What do they join as?",
        choices=Membership.Role,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose mentee or mentor."},
    )
    start = forms.ChoiceField(
        label="Are they invited, or enrolled at once?",
        choices=STARTS,
        widget=forms.RadioSelect,
    )
    joined = DayField(
        label="First day in the programme",
        required=False,
        help_text="Only of schools that are enrolled at once, the same for all.",
    )
    others = forms.ChoiceField(
        label="Mentees that are on no frozen list",
        choices=(
            (LEAVE_OUT, "Leave them out"),
            (LET_IN, "Let them in, for the reason below"),
        ),
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label="Why are they let in?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept as an exception for each of them, with your name.",
    )

    def __init__(
        self,
        sent: QueryDict | None = None,
        *,
        today: date,
        initial: dict[str, Any] | None = None,
    ) -> None:
        start = {"joined": today, "start": State.INVITED, "others": LEAVE_OUT}
        super().__init__(sent, initial={**start, **(initial or {})})

    def clean(self) -> dict[str, Any]:
        """Ask for a first day or none, and for the reason of those let in."""
        sent = with_start(self)
        if sent.get("others") == LET_IN and not (sent.get("why") or "").strip():
            self.add_error("why", "Say why they are let in.")
        return sent

    @property
    def terms(self) -> Terms:
        """Return the terms of a form that is valid."""
        sent = self.cleaned_data
        why = sent["why"].strip() if sent["others"] == LET_IN else ""
        return Terms(sent["role"], sent["state"], sent["joined"], why)


class UndoTogetherForm(forms.Form):
    """Why a whole set is taken back."""

    reason = forms.CharField(
        label="Why?",
        max_length=200,
        error_messages={"required": "Say why they are taken back."},
        help_text="The programme's reason, not a person's: no names.",
    )


def chosen(keys: list[int]) -> list[School]:
    """Return the schools with these keys, by name; keys of none are left out."""
    found = School.objects.filter(pk__in=keys).select_related("continued_by")
    return list(found.defer("search").order_by("name", "pk"))
