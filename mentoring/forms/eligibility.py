"""Which bottom quarter to look at, and to freeze."""

from typing import Any

from django import forms

from results.models import Measure, Result


def held_years() -> dict[str, list[int]]:
    """Return the years with value-added results, newest first, by measure code."""
    years: dict[str, list[int]] = {}
    held = (
        Result.objects.filter(measure__family=Measure.Family.VALUE_ADDED)
        .order_by("measure_id", "-year")
        .values_list("measure_id", "year")
        .distinct()
    )
    for measure, year in held:
        years.setdefault(measure, []).append(year)
    return years


def usual_choice(held: dict[str, list[int]], measure: Measure) -> dict[str, str]:
    """Return the form's first answer: `measure`, or another held, in its last year."""
    if not held:
        return {}
    first = measure.pk if measure.pk in held else next(iter(held))
    return {"measure": first, "year": str(held[first][0])}


class QuarterForm(forms.Form):
    """A value-added measure and a year with results."""

    measure = forms.ModelChoiceField(
        Measure.objects.none(),
        label="Value-added measure",
        empty_label=None,
        error_messages={"invalid_choice": "Choose one of the measures."},
    )
    year = forms.TypedChoiceField(
        label="Summer of the exams",
        coerce=int,
        error_messages={"invalid_choice": "Choose one of the years with results."},
    )

    def __init__(
        self, *args: Any, held: dict[str, list[int]], is_hidden: bool = False, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        measure, year = self.fields["measure"], self.fields["year"]
        assert isinstance(measure, forms.ModelChoiceField)
        assert isinstance(year, forms.TypedChoiceField)
        measure.queryset = Measure.objects.filter(code__in=held).order_by("name")
        years = sorted({year for each in held.values() for year in each}, reverse=True)
        year.choices = [(year, str(year)) for year in years]
        if is_hidden:
            measure.widget, year.widget = forms.HiddenInput(), forms.HiddenInput()
