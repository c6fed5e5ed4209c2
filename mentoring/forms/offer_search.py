"""What a search across offers asks for: an area, room, and how far at most."""

from typing import Any

from django import forms

from mentoring.filters.strict import WORDS
from mentoring.matching.candidates import Order
from mentoring.models import Area

FARTHEST_KM = 700
"""More than the length of England."""

ANY_ROOM = "any"
ORDERS = (
    (Order.NEAREST.value, "Nearest first"),
    (Order.STRONGEST.value, "Strongest first"),
    (Order.ROOMIEST.value, "Most places free first"),
)


class OfferSearchForm(forms.Form):
    """The filters of the search; where one is not understood nothing is found."""

    area = forms.ChoiceField(label="Area", required=False)
    within = forms.IntegerField(
        label="Within how many kilometres",
        required=False,
        min_value=1,
        max_value=FARTHEST_KM,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": "Enter whole kilometres, such as 25.",
            "min_value": "Enter 1 kilometre or more.",
            "max_value": f"Enter at most {FARTHEST_KM} kilometres.",
        },
    )
    room = forms.ChoiceField(
        label="Room",
        required=False,
        choices=(("", "With a place free"), (ANY_ROOM, "With or without")),
    )
    order = forms.ChoiceField(label="Order", required=False, choices=ORDERS)

    def __init__(self, sent: Any) -> None:
        super().__init__(sent)
        areas = Area.objects.in_use().as_listed()
        self.areas = {str(each.pk): each for each in areas}
        choices = [(key, each.name) for key, each in self.areas.items()]
        self.fields["area"].choices = [("", "Any area"), *choices]  # type: ignore[attr-defined]  # ChoiceField's
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages.update(WORDS)

    @property
    def chosen_area(self) -> Area | None:
        """Return the area asked for, of a form that is valid; None for any."""
        return self.areas.get(self.cleaned_data["area"])

    @property
    def chosen_order(self) -> Order:
        """Return what comes first."""
        return Order(self.cleaned_data["order"] or Order.NEAREST)
