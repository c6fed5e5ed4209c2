"""What can be done with a thing of the staff's first page."""

from django import forms

KINDS = ("query", "day_query", "answer", "refused", "no_visit", "no_log", "load")
NAMES = ("take", "leave", "snooze", "unsnooze")


class NoteForm(forms.Form):
    """The kind of the thing, and what is done with it."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS])
    name = forms.ChoiceField(choices=[(name, name) for name in NAMES])
