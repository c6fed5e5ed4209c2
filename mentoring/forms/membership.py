"""A school joins the programme, or leaves it."""

from datetime import date

from django import forms
from django.http import QueryDict

from mentoring.forms.fields import DayField
from mentoring.models import Membership


class EnrolForm(forms.Form):
    """The role and the first day; for a school on no list, why it is let in."""

    role = forms.ChoiceField(
        label="What does the school join as?",
        choices=Membership.Role,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose mentee or mentor."},
    )
    joined = DayField(
        label="First day in the programme",
        help_text=(
            "Joining before 1 May counts towards that summer's exams; later, towards "
            "the next summer's."
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
        self, sent: QueryDict | None = None, *, is_entitled: bool, today: date
    ) -> None:
        super().__init__(sent, initial={"joined": today})
        if is_entitled:
            del self.fields["why"], self.fields["until"]


class LeaveForm(forms.Form):
    """The last day in the programme, and why."""

    left = DayField(
        label="Last day in the programme",
        help_text="Support up to 1 May counts for that summer's exams.",
    )
    reason = forms.CharField(
        label="Why does it leave?",
        max_length=200,
        error_messages={"required": "Say why the school leaves."},
        help_text="The programme's reason, not a person's: no names.",
    )
