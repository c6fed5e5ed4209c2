"""A day of support that was logged goes its way."""

from django import forms
from django.http import QueryDict

from mentoring.forms.day_log import TAKING_BACK
from mentoring.models.support_day import SupportDayQuerySet
from mentoring.steps.support_day import HALVE, KEEP, RESTORE, Asks, Step

LABELS = {
    KEEP: "Why does the day stand?",
    HALVE: "Why does half of it stand?",
    RESTORE: "Why does it count again?",
}
"""What is asked in words, where it is not what is wrong."""


class DayStepForm(forms.Form):
    """What a step of a day asks for."""

    words = forms.CharField(
        label="What is wrong with it?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Both schools, their trusts and programme staff read it. No names.",
        error_messages={"required": "Write a sentence."},
    )
    reason = forms.CharField(
        label="Why?",
        max_length=200,
        help_text="Both schools can read it. No pupils' names.",
        error_messages={"required": "Say why the day is void."},
    )
    taken_back = forms.CharField(
        label=TAKING_BACK,
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="No pupils' names.",
    )

    def __init__(self, sent: QueryDict | None = None, *, step: Step) -> None:
        super().__init__(sent)
        for each in Asks:
            if each not in step.asks:
                del self.fields[each]
        if step in LABELS:
            self.fields["words"].label = LABELS[step]


class MonthForm(forms.Form):
    """All days of a month that were shown are confirmed."""

    month = forms.DateField(input_formats=["%Y-%m-%d"], widget=forms.HiddenInput)
    seen = forms.RegexField(r"^[0-9]{1,18}(,[0-9]{1,18})*$", max_length=4_000)
    taken_back = forms.CharField(required=False, max_length=500)

    def kept(self, rows: SupportDayQuerySet) -> SupportDayQuerySet:
        """Keep of `rows` those of the month that were shown."""
        month, seen = self.cleaned_data["month"], self.cleaned_data["seen"]
        return rows.filter(
            given_on__year=month.year,
            given_on__month=month.month,
            pk__in=[int(key) for key in seen.split(",")],
        )
