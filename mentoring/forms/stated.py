"""What a mentee needs and what a mentor offers, one form each for all areas."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from mentoring.actions.state_offers import MOST_PLACES, Offered
from mentoring.filters.select import TickBoxes
from mentoring.forms.fields import WholeField
from mentoring.models import Area, Need, Offer, StaffMember

LONGEST_SEEN = 20_000
PRIORITIES = (("", "No need"), *Need.Priority.choices)
STRENGTHS = (("", "Not offered"), *Offer.Strength.choices)
MOST_DAYS = 2000


class SeenField(forms.CharField):
    """What the person had before them, as facts; what is not understood is nothing."""

    widget = forms.HiddenInput

    def prepare_value(self, value: Any) -> Any:
        """Return facts as text."""
        return json.dumps(value) if isinstance(value, dict) else value

    def clean(self, value: Any) -> dict[str, Any]:
        """Return the facts; none for what cannot be read."""
        try:
            facts = json.loads(super().clean(value))
        except (ValueError, RecursionError):
            return {}
        if not isinstance(facts, dict):
            return {}
        return {name: held for name, held in facts.items() if is_fact(name, held)}


def is_fact(name: str, held: object) -> bool:
    """Return whether `held` is what a fact of this name can be."""
    if name.startswith("staff_"):
        return isinstance(held, list) and all(isinstance(each, int) for each in held)
    return isinstance(held, int)


class StatedForm(forms.Form):
    """A form that remembers what it was shown."""

    seen = SeenField(required=False, max_length=LONGEST_SEEN)

    def __init__(
        self, sent: QueryDict | None, *, areas: Sequence[Area], held: Mapping[str, Any]
    ) -> None:
        super().__init__(sent, initial={**held, "seen": dict(held)})
        self.areas = areas

    def see(self, held: Mapping[str, Any]) -> None:
        """Remember what stands now, and keep what was typed."""
        assert isinstance(self.data, QueryDict)
        kept = self.data.copy()
        kept["seen"] = json.dumps(dict(held))
        self.data = kept

    def chosen(self, kind: str) -> dict[int, int]:
        """Return the choice made of each area, where one was made."""
        sent = {each.pk: self.cleaned_data[f"{kind}_{each.pk}"] for each in self.areas}
        return {area: int(choice) for area, choice in sent.items() if choice}


class NeedsForm(StatedForm):
    """How much each area matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for area in self.areas:
            self.fields[f"need_{area.pk}"] = forms.ChoiceField(
                label=area.name, choices=PRIORITIES, required=False
            )

    @property
    def by_area(self) -> Iterator[BoundField]:
        """Return the field of each area."""
        return (self[f"need_{each.pk}"] for each in self.areas)

    @property
    def priorities(self) -> dict[int, int]:
        """Return the needs of a form that is valid, by area."""
        return self.chosen("need")


@dataclass(frozen=True, slots=True)
class AreaFields:
    """The fields of one area; no `staff` where nobody can be named."""

    name: str
    strength: BoundField
    staff: BoundField | None


class OffersForm(StatedForm):
    """Places, days a year, and of each area how far help goes and who gives it."""

    places = WholeField(
        label="Places: how many mentees at once",
        most=MOST_PLACES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": "Enter a number of places, 0 for none."},
    )
    days_a_year = WholeField(
        label="Days of support a year, of all staff together",
        most=MOST_DAYS,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(
        self, *args: Any, people: Sequence[StaffMember], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(each.pk, str(each)) for each in people]
        for area in self.areas:
            self.fields[f"offer_{area.pk}"] = forms.ChoiceField(
                label=area.name, choices=STRENGTHS, required=False
            )
            if named:
                self.fields[f"staff_{area.pk}"] = forms.TypedMultipleChoiceField(
                    label=f"Staff for {area.name}",
                    choices=named,
                    coerce=int,
                    required=False,
                    widget=TickBoxes,
                )

    @property
    def by_area(self) -> Iterator[AreaFields]:
        """Return the fields of each area."""
        for area in self.areas:
            staff = f"staff_{area.pk}"
            yield AreaFields(
                area.name,
                self[f"offer_{area.pk}"],
                self[staff] if staff in self.fields else None,
            )

    @property
    def offered(self) -> Offered:
        """Return the offer of a form that is valid."""
        sent = self.cleaned_data
        return Offered(
            places=sent["places"],
            days_a_year=sent["days_a_year"],
            strengths=self.chosen("offer"),
            staff={
                each.pk: sent[f"staff_{each.pk}"]
                for each in self.areas
                if sent.get(f"staff_{each.pk}")
            },
        )
