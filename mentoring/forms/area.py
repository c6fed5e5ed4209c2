"""An area of help has a name."""

from django import forms


class AreaForm(forms.Form):
    """What an area is called."""

    name = forms.CharField(
        label="Name",
        max_length=60,
        error_messages={"required": "Enter a name."},
        help_text="As schools would say it, such as Monitoring pupil performance.",
    )
