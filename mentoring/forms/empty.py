"""A question that is answered by its button alone."""

from django import forms


class EmptyForm(forms.Form):
    """Asks for nothing: sending it is the answer."""
