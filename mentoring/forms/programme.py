"""The programme's settings."""

from typing import Any

from django import forms

from mentoring.actions.change_programme import SETTINGS
from mentoring.forms.fields import PoundsField, say_plainly
from mentoring.models import Programme
from results.models import Measure


class ProgrammeForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """The settings that staff may change; money is typed in pounds."""

    grant_pence = PoundsField(
        label="Grant to each mentee, in pounds",
        error_messages={"required": "Enter an amount in pounds, such as 9,000."},
    )

    class Meta:
        model = Programme
        fields = list(SETTINGS)
        labels = {
            "name": "Name of the programme",
            "population": "Pupils counted",
            "eligibility_measure": "Measure for the bottom quarter",
        }
        error_messages = {"name": {"required": "Give the programme a name."}}
        help_texts = {
            "headline_measure": (
                "What gains are measured by. In years that do not have it, the "
                "headline measure of that time stands in."
            ),
            "grant_pence": "Kept in whole pence.",
            "guideline_days": "For guidance: more days, or fewer, are never refused.",
            "least_days_each": (
                "A mentor whose staff would give fewer days each, or more than the "
                "next number, is warned and not refused."
            ),
            "days_to_answer": (
                "Of proposals made from now on. Those already made keep their day."
            ),
            "population": "Results of one population are never mixed with another's.",
            "eligibility_measure": "The value added that eligibility pages start with.",
            "min_analyse": "Smaller cohorts are in no average and on no list.",
            "min_rank": "Smaller cohorts count, and are marked as small.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, allowed in (
            ("headline_measure", Measure.objects.filter(unit=Measure.Unit.PERCENT)),
            ("eligibility_measure", Measure.objects.value_added()),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = allowed.order_by("name")
            field.empty_label = None
        for number in self.fields.values():
            if isinstance(number, forms.IntegerField):
                say_plainly(number)
