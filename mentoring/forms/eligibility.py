"""Which bottom quarter to look at, and to freeze."""

from typing import Any

from django import forms

from mentoring.models import QuarterSummary
from results.figures.display import points
from results.models import Measure, Result

LEAST_SHARE, MOST_SHARE = 10, 50


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


def worked_out_years() -> dict[str, list[int]]:
    """Return the years whose bottom quarter is worked out, as `held_years` does."""
    years: dict[str, list[int]] = {}
    ready = QuarterSummary.objects.filter(list__isnull=True)
    for measure, year in ready.order_by("measure_id", "-year").values_list(
        "measure_id", "year"
    ):
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


class TrialForm(forms.Form):
    """Another threshold, to look at and not to keep: a share or a score."""

    share = forms.IntegerField(
        label="A share of the counted schools, in per cent",
        required=False,
        min_value=LEAST_SHARE,
        max_value=MOST_SHARE,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "6"}),
        help_text=f"A whole number from {LEAST_SHARE} to {MOST_SHARE}.",
        error_messages={
            "invalid": f"Enter a whole number from {LEAST_SHARE} to {MOST_SHARE}.",
            "min_value": f"Enter {LEAST_SHARE} or more.",
            "max_value": f"Enter {MOST_SHARE} or less.",
        },
    )
    cut = forms.CharField(
        label="Or a score: this or less is in",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"size": "8"}),
        help_text="On the scale of the measure.",
    )

    def __init__(self, sent: Any = None, *, measure: Measure) -> None:
        super().__init__(sent)
        self.measure = measure

    def clean_cut(self) -> float | None:
        """Return the score typed, with a minus sign of any kind; None for nothing."""
        typed = self.cleaned_data["cut"].replace("\u2212", "-").replace(",", "").strip()
        if not typed:
            return None
        low, high = self.measure.minimum, self.measure.maximum
        sentence = f"Enter a score from {points(low, 0)} to {points(high, 0)}."
        try:
            score = float(typed)
        except ValueError as error:
            raise forms.ValidationError(sentence) from error
        if not low <= score <= high:  # also refuses what is not a number
            raise forms.ValidationError(sentence)
        return score

    def clean(self) -> dict[str, Any]:
        """Refuse both at once: they would be two thresholds."""
        given = super().clean() or {}
        if given.get("share") is not None and given.get("cut") is not None:
            raise forms.ValidationError("Give a share or a score, not both.")
        return given

    @property
    def is_asked(self) -> bool:
        """Return whether anything was typed."""
        return any(str(self.data.get(name, "")).strip() for name in ("share", "cut"))
