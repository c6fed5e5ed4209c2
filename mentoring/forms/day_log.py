"""A day of support is logged."""

from datetime import date, timedelta
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.db.models import Q
from django.http import QueryDict

from mentoring.actions.log_days import SENT_BEFORE, NewStaff
from mentoring.day_rules import HALF, LENGTHS, LONG_AGO, WHOLE
from mentoring.filters.select import TickBoxes
from mentoring.forms.fields import DayField
from mentoring.kept_forms import SENDER
from mentoring.last_entry import LastEntry
from mentoring.models import Area, Pairing, StaffMember, SupportDay
from mentoring.models.pairing import PairingQuerySet
from schools.models import School
from schools.models.school import LONGEST_SEARCH

NEW = "new"
UNTOLD = "This form lost what tells it from others. Send it again."
MENTOR, MENTEE = "mentor", "mentee"
TAKING_BACK = "What are you taking back to your own school?"
FIRST = ("given_on", "length", "area", "giver", "note")
"""What is asked of everybody; the rest is folded away."""

NAMED = ("name", "post", "side")
"""What is asked of somebody who is not listed."""


def people_of(pairing: Pairing, on: date) -> list[StaffMember]:
    """Return who may have given a day: both schools' people, the mentor's first."""
    schools = (pairing.mentor.school_id, pairing.mentee.school_id)
    there = StaffMember.objects.there_on(on - timedelta(days=LONG_AGO))
    rows = there.filter(school__in=schools, is_erased=False).order_by("name", "pk")
    return sorted(rows, key=lambda one: schools.index(one.school_id))


class LogForm(forms.Form):
    """A visit: which day, how long, in what, and who came.

    Which way help went follows from the school of who gave it.
    """

    given_on = DayField(label="Which day?")
    length = forms.ChoiceField(
        label="How long?", choices=LENGTHS, widget=forms.RadioSelect
    )
    area = forms.ModelChoiceField(
        label="In which area?",
        queryset=Area.objects.none(),
        empty_label=None,
        error_messages={"required": "Choose an area."},
    )
    giver = forms.ChoiceField(
        label="Who gave it?",
        error_messages={"required": "Choose who gave the day."},
    )
    name = forms.CharField(
        label="Name of somebody who is not listed",
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    post = forms.CharField(label="Their post", required=False, max_length=100)
    side = forms.ChoiceField(
        label="Which school are they from?", required=False, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label="What was done, in one line",
        required=False,
        max_length=200,
        help_text="No pupils' names.",
    )
    others = forms.MultipleChoiceField(
        label="Who else came, from the same school?", required=False, widget=TickBoxes
    )
    taken_back = forms.CharField(
        label=TAKING_BACK,
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="No pupils' names.",
    )
    why_late = forms.CharField(
        label="Why is it entered so late?",
        required=False,
        max_length=200,
        help_text=f"Only for a day more than {LONG_AGO} days ago. No names.",
    )
    is_other_half = forms.BooleanField(
        label="It was the other half of that day", required=False
    )
    token = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={"required": UNTOLD, "invalid": UNTOLD},
    )
    sender = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        sent: QueryDict | None = None,
        *,
        pairing: Pairing,
        today: date,
        sender: str,
        last: LastEntry | None = None,
        is_same: bool = False,
    ) -> None:
        self.pairing = pairing
        people = people_of(pairing, today)
        self.people = {str(one.pk): one for one in people}
        super().__init__(sent, initial={SENDER: sender, **self._start(today, last)})
        mentor, mentee = pairing.mentor.school, pairing.mentee.school
        self._offer_people(people)
        self._choices("side", [(MENTOR, str(mentor)), (MENTEE, str(mentee))])
        if pairing.area.is_lead:
            self.fields["area"].queryset = Area.objects.in_use().as_listed()  # type: ignore[attr-defined]  # ModelChoiceField's
        else:
            del self.fields["area"]
        if is_same and last is not None:
            self._fill_in_as(last)

    def _start(self, today: date, last: LastEntry | None) -> dict[str, Any]:
        """Return what a new form offers: today, and who it was the last time."""
        giver = str(last.days[0].giver_id) if last else ""
        return {
            "given_on": today,
            "length": WHOLE,
            "area": self.pairing.area_id,
            "giver": giver if giver in self.people else "",
            "side": MENTOR,
            "token": uuid4(),
        }

    def _offer_people(self, people: list[StaffMember]) -> None:
        """Offer both schools' people, under the way that their help goes."""
        mentor, mentee = self.pairing.mentor.school, self.pairing.mentee.school
        ways = (
            (mentor, f"{mentor}, to {mentee}"),
            (mentee, f"{mentee}, back to {mentor}"),
        )
        groups = [
            (
                way,
                [
                    (str(one.pk), str(one))
                    for one in people
                    if one.school_id == school.pk
                ],
            )
            for school, way in ways
        ]
        listed = [group for group in groups if group[1]]
        self._choices(
            "giver",
            [("", "Choose"), *listed, (NEW, "Somebody else, named below")],
        )
        self._choices("others", [(str(one.pk), str(one)) for one in people])
        if not people:
            del self.fields["giver"], self.fields["others"]
            self.fields["name"].label = "Who gave it?"
        if len(people) == 1:
            del self.fields["others"]

    def _choices(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # ChoiceField's

    def _fill_in_as(self, last: LastEntry) -> None:
        """Offer what was logged last, but for its day, its words and its token."""
        self.initial = {
            **self.initial,
            "length": WHOLE if last.is_whole else HALF,
            "area": last.days[0].area_id,
            "others": [str(day.giver_id) for day in last.days[1:]],
        }

    @property
    def first(self) -> list[forms.BoundField]:
        """Return the fields that everybody sees."""
        more = () if "giver" in self.fields else NAMED
        return [self[name] for name in (*FIRST, *more) if name in self.fields]

    @property
    def named(self) -> list[forms.BoundField]:
        """Return the fields of somebody who is not listed, where others are."""
        return [self[name] for name in NAMED] if "giver" in self.fields else []

    @property
    def doubted(self) -> list[forms.BoundField]:
        """Return what is asked once half of the same day was logged before."""
        field = self["is_other_half"]
        return [field] if field.errors or field.value() else []

    @property
    def more(self) -> list[forms.BoundField]:
        """Return the fields that are folded away."""
        others = ("others", "taken_back", "why_late")
        return [self[name] for name in others if name in self.fields]

    @property
    def is_unfolded(self) -> bool:
        """Return whether something folded away was filled in, or is wrong."""
        return any(field.errors or field.value() for field in self.more)

    def clean(self) -> dict[str, Any]:
        """Ask for one person: chosen, or named."""
        sent = self.cleaned_data
        name, chosen = sent.get("name", ""), sent.get("giver")
        if "giver" in self.fields and chosen not in {None, NEW} and name:
            self.add_error(
                "name",
                "You chose somebody and entered a name. Choose somebody else, named "
                "below, or take the name away.",
            )
        elif not name and (chosen == NEW or "giver" not in self.fields):
            self.add_error("name", "Enter the name of who gave the day.")
        if self._is_logged_before(sent):
            self.add_error(
                "is_other_half",
                "Half of this day is logged already for this person. If this is the "
                "other half, tick the box and send it again.",
            )
        return sent

    def _is_logged_before(self, sent: dict[str, Any]) -> bool:
        """Return whether half of the day is logged, by another form, and no tick."""
        person, token = self.people.get(sent.get("giver") or ""), sent.get("token")
        given_on, is_half = sent.get("given_on"), sent.get("length") == HALF
        if not (person and token and given_on and is_half):
            return False
        same = self.pairing.days.counted().filter(giver=person, given_on=given_on)
        return not sent.get("is_other_half") and same.exclude(visit=token).exists()

    @property
    def entry(self) -> dict[str, Any]:
        """Return what `log_days` asks for, of a form that is valid."""
        sent = self.cleaned_data
        person = self.people.get(sent.get("giver", ""))
        mentor = self.pairing.mentor.school_id
        if person is not None:
            is_given = person.school_id == mentor
        else:
            is_given = (sent.get("side") or MENTOR) == MENTOR
        way = SupportDay.Direction
        others = [self.people[key] for key in sent.get("others", [])]
        names = ("given_on", "length", "note", "taken_back", "why_late", "token")
        return {
            **{name: sent[name] for name in names},
            "area": sent.get("area"),
            "direction": way.GIVEN if is_given else way.BACK,
            "givers": [person or NewStaff(sent["name"], sent["post"]), *others],
        }

    def renew_token(self) -> None:
        """Give a form that lost its token, or whose has logged another day, its own."""
        errors = self.non_field_errors().as_data()
        if "token" in self.errors or any(one.code == SENT_BEFORE for one in errors):
            sent = cast("QueryDict", self.data).copy()
            sent["token"] = str(uuid4())
            self.data = sent


class ChooseForm(forms.Form):
    """Words of a school, to find the pairing that a day is logged for."""

    FEW = 10
    """Pairings that nobody need search among."""

    MOST = 50
    """Pairings that are offered at once."""

    is_too_many = False
    """Whether there are more than that, and no words yet to choose among them."""

    q = forms.CharField(
        label="School, town or URN",
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    @property
    def is_narrowed(self) -> bool:
        """Return whether words were sent."""
        return bool(self.data.get("q"))

    def kept(self, pairings: PairingQuerySet) -> list[Pairing]:
        """Return the first pairings that the words keep; none where they are wrong.

        Of too many to choose among none is offered before words are sent.
        """
        if not self.is_valid():
            return []
        if not self.is_narrowed:
            some = pairings.order_by("pk").values_list("pk")[: self.MOST + 1]
            self.is_too_many = len(some) > self.MOST
            if self.is_too_many:
                return []
        words = self.cleaned_data["q"]
        if words:
            found = School.objects.matching(words).values("pk")
            pairings = pairings.filter(
                Q(mentor__school__in=found) | Q(mentee__school__in=found)
            )
        by_name = ("mentee__school__name", "mentor__school__name", "area__name", "pk")
        return list(pairings.order_by(*by_name)[: self.MOST])
