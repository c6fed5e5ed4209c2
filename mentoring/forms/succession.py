"""What is decided about a case of the succession inbox."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from mentoring.actions.decide_succession import Decision
from schools.models import Succession

State = Succession.State
CHOICES = (
    (State.ACCEPTED, "One school goes on: the later URN continues the earlier school"),
    (State.MERGER, "A merger: the new school keeps the record of all its predecessors"),
    (State.SPLIT, "A split: several schools came from one"),
    (State.APART, "Different schools: the link says nothing about who goes on"),
)


class CaseForm(forms.Form):
    """Which links, what they mean, and why."""

    links = forms.TypedMultipleChoiceField(
        label="Which links?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one of the links.",
            "invalid_choice": (
                "One of the links is decided already, or is of another case. Look at "
                "what the register says above, and choose again."
            ),
        },
    )
    state = forms.ChoiceField(
        label="What happened?",
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happened."},
    )
    reason = forms.CharField(
        label="Why?",
        required=False,
        max_length=300,
        help_text="Needed for different schools; kept with your name. No pupils.",
    )

    def __init__(
        self,
        sent: QueryDict | None,
        *,
        links: Sequence[tuple[int, str]],
        ticked: Sequence[int],
    ) -> None:
        super().__init__(sent, initial={"links": list(ticked)})
        self.fields["links"].choices = links  # type: ignore[attr-defined]  # a choice field

    def decision(self) -> Decision:
        """Return what was decided; for a form that is valid."""
        sent = self.cleaned_data
        return Decision(State(sent["state"]), sent["reason"])


class UndoForm(forms.Form):
    """Why a decision is taken back, and whether its case's others go with it."""

    together = forms.BooleanField(required=False, initial=True)
    reason = forms.CharField(
        label="Why is it taken back?",
        max_length=300,
        error_messages={"required": "Say why the decision is taken back."},
    )

    def __init__(self, *args: Any, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if count > 1:
            self.fields[
                "together"
            ].label = f"Take back all {count} decisions of the case"
        else:
            del self.fields["together"]
