"""A school joins the programme, or leaves it."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from mentoring.forms.fields import DayField
from mentoring.models import Membership
from mentoring.steps.membership import CORRECT, ENDS, Asks, State, Step

_ENDING = (
    "Those under way end on the last day, those not begun are called off. Without this "
    "the school cannot leave while a pairing goes on."
)
ALONG = {
    "complete": _ENDING,
    "withdraw": _ENDING,
    "pause": "Help rests from the same day. Without this they go on.",
    "resume": "Help goes on from the same day. Without this they rest.",
}
"""What a step does to the pairings of the school, and what if it does not."""

STARTS = (
    (State.INVITED.value, "Invite: the head accepts or declines"),
    (State.ACTIVE.value, "Enrol at once: the school has already agreed"),
)


def with_start(form: forms.Form) -> dict[str, Any]:
    """Return what was sent, with `state` for `start`; invitations have no first day."""
    sent = form.cleaned_data
    sent["state"] = State(sent.pop("start", "") or State.INVITED)
    if sent["state"] == State.INVITED:
        sent["joined"] = None
        form.errors.pop("joined", None)
    elif not sent.get("joined") and "joined" not in form.errors:
        form.add_error("joined", "Enter a date.")
    return sent


class EnrolForm(forms.Form):
    """The role and the first day; for a school on no list, why it is let in."""

    start = forms.ChoiceField(
        label="Is it invited, or enrolled at once?",
        choices=STARTS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is invited or enrolled."},
    )
    role = forms.ChoiceField(
        label="What does the school join as?",
        choices=Membership.Role,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose mentee or mentor."},
    )
    joined = DayField(
        label="First day in the programme",
        required=False,
        help_text=(
            "Only of a school that is enrolled at once. Joining before 1 May counts "
            "towards that summer's exams; later, towards the next summer's."
        ),
    )
    why = forms.CharField(
        label="Why is it let in?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only for a mentee on no frozen list. It is kept with your name.",
    )
    until = DayField(
        label="The exception ends on",
        required=False,
        help_text="The last day on which it may join because of this.",
    )

    def __init__(
        self,
        sent: QueryDict | None = None,
        *,
        is_entitled: bool,
        today: date,
        start: str = "",
    ) -> None:
        chosen = start if start in dict(STARTS) else State.INVITED
        if sent is not None and "start" not in sent:
            # Sent without the question, it means what it did before there was one.
            sent = sent.copy()
            sent["start"] = State.ACTIVE.value
        super().__init__(sent, initial={"joined": today, "start": chosen})
        if is_entitled:
            del self.fields["why"], self.fields["until"]

    def clean(self) -> dict[str, Any]:
        """Ask for the first day of a school that joins now, and drop another's."""
        return with_start(self)


class StepForm(forms.Form):
    """What a step asks for, and what was seen when it was asked."""

    joined = DayField(
        label="First day in the programme",
        help_text=(
            "Joining before 1 May counts towards that summer's exams; later, towards "
            "the next summer's."
        ),
    )
    left = DayField(
        label="Last day in the programme",
        help_text="Support up to 1 May counts for that summer's exams.",
    )
    day = DayField(label="From which day?")
    reason = forms.CharField(
        label="Why?",
        max_length=200,
        error_messages={"required": "Say why."},
        help_text="The programme's reason, not a person's: no names.",
    )
    with_pairings = forms.BooleanField(label="Its pairings too", required=False)
    handover = forms.CharField(
        label="Hand-over note for its pairings",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What whoever comes after should know. No pupils' names.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        sent: QueryDict | None = None,
        *,
        step: Step,
        membership: Membership,
        today: date,
        pairings: int = 0,
    ) -> None:
        start = {
            "joined": membership.joined or today,
            "left": membership.left or today,
            "day": today,
            "seen": membership.steps_taken,
        }
        super().__init__(sent, initial=start)
        asked = set(step.asks)
        if step == CORRECT and membership.left is None:
            asked.discard(Asks.LEFT)
        for each in Asks:
            if each not in asked:
                del self.fields[each]
        if pairings:
            said = "pairing" if pairings == 1 else f"{pairings:,} pairings"
            self.fields["with_pairings"].label = f"{step.verb} its {said} too"
            self.fields["with_pairings"].help_text = ALONG[step.name]
        else:
            del self.fields["with_pairings"]
        if not pairings or step not in ENDS:
            del self.fields["handover"]
