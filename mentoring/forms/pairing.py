"""A mentor is asked to help a mentee, and a pairing goes its way."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, cast

from django import forms
from django.forms.models import ModelChoiceIterator
from django.http import QueryDict

from mentoring.forms.fields import DayField, WholeField
from mentoring.models import Area, Membership, Pairing
from mentoring.steps.pairing import ASK, REFER, TELL, Asks, Step

NO_NAMES = "Both schools can read it. Nobody's name."


class ByRoom(ModelChoiceIterator):  # type: ignore[type-arg]  # it takes none
    """Mentors under two headings: those with a place free, and then those without."""

    def __iter__(self) -> Iterator[Any]:
        yield ("", self.field.empty_label)
        found = list(self.queryset)
        for heading, is_free in (("With a place free", True), ("No place free", False)):
            under = [one for one in found if (one.places > one.places_taken) == is_free]
            if under:
                yield (heading, [self.choice(one) for one in under])


class MentorField(forms.ModelChoiceField):  # type: ignore[type-arg]  # it takes none
    """A mentor, with the places it has free."""

    iterator = ByRoom

    def label_from_instance(self, obj: Membership) -> str:
        """Return the school with its room."""
        free = obj.places - obj.places_taken
        room = "no place free" if free <= 0 else f"{free} of {obj.places} places free"
        return f"{obj.school.name}: {room}"


def mentors(on: date, but: Iterable[int] = ()) -> Any:
    """Return the mentors that are in the programme on `on`, those of `but` left out."""
    live = Membership.objects.mentors().live_on(on).filter(state="active")
    others = live.exclude(school__in=list(but)).select_related("school")
    return others.defer("school__search").order_by("school__name", "pk")


class PairingForm(forms.Form):
    """What a proposal says, and what each step asks for."""

    mentor = MentorField(
        label="Mentor",
        queryset=Membership.objects.none(),
        empty_label="Choose a mentor",
        error_messages={"required": "Choose a mentor."},
    )
    area = forms.ModelChoiceField(
        label="Area",
        queryset=Area.objects.none(),
        empty_label="Choose an area",
        help_text="Lead is for the school as a whole; a mentee has one lead at a time.",
        error_messages={"required": "Choose an area."},
    )
    started = DayField(label="First day of help")
    planned_days = WholeField(
        label="Days of support planned in a year",
        most=366,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "size": "4"}),
    )
    day = DayField(label="From which day?")
    ended = DayField(label="Last day of help", help_text="It may lie ahead.")
    reason = forms.CharField(
        label="Why?",
        max_length=200,
        error_messages={"required": "Say why."},
        help_text=NO_NAMES,
    )
    words = forms.CharField(
        label="What the mentor should know",
        required=False,
        error_messages={"required": "Write a sentence."},
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Both schools can read it. No pupils' names.",
    )
    handover = forms.CharField(
        label="Hand-over note",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What whoever comes after should know. No pupils' names.",
    )
    again = forms.ChoiceField(
        label="Would you work together again?",
        required=False,
        choices=[("", "Not said"), *Pairing.Again.choices],
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        sent: QueryDict | None = None,
        *,
        step: Step,
        today: date,
        schools: Iterable[int],
        pairing: Pairing | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        start: dict[str, Any] = {"started": today, "day": today, "ended": today}
        if pairing is not None:
            start["seen"] = pairing.steps_taken
            start["area"] = pairing.area_id
            start["planned_days"] = pairing.planned_days
            if step != REFER:
                start["started"] = pairing.started
        super().__init__(sent, initial={**start, **(initial or {})})
        kept = {each.value for each in step.asks} | ({"seen"} if pairing else set())
        for name in [name for name in self.fields if name not in kept]:
            del self.fields[name]
        if "mentor" in self.fields:
            self.fields["mentor"].queryset = mentors(today, schools)  # type: ignore[attr-defined]  # ModelChoiceField's
        if "area" in self.fields:
            areas = Area.objects.in_use().as_listed()
            if step == REFER:  # a mentee has one lead, which nobody hands on
                areas = areas.special()
                self.fields["area"].help_text = ""
            self.fields["area"].queryset = areas  # type: ignore[attr-defined]  # same
        if step in {ASK, TELL}:
            self.fields["words"].required = True
            self.fields["words"].label = (
                "What do you want to know?" if step == ASK else "What do you answer?"
            )

    def take_up(self, pairing: Pairing) -> bool:
        """Return whether somebody moved `pairing` since the form was opened.

        If so the form keeps what was typed, and is from now on about what stands.
        """
        sent, now = self.data.get("seen"), str(pairing.steps_taken)
        if not self.is_bound or sent in {None, now}:
            return False
        data = cast("QueryDict", self.data).copy()
        data["seen"] = now
        self.data = data
        return True

    def clean(self) -> dict[str, Any]:
        """Take nothing planned for no days."""
        sent = self.cleaned_data
        if Asks.DAYS in self.fields:
            sent["planned_days"] = sent.get("planned_days") or 0
        return sent


class QueryForm(forms.Form):
    """What a school says is wrong, or what programme staff answer."""

    words = forms.CharField(
        label="What is wrong?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Both schools, their trusts and programme staff read it. No names.",
        error_messages={"required": "Say what is wrong."},
    )


class AnswerForm(forms.Form):
    """What programme staff answer."""

    answer = forms.CharField(
        label="Answer",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Both schools can read it. No pupils' names.",
        error_messages={"required": "Write an answer."},
    )
