"""Runs an action for a form, and puts what it refuses where people see it."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

Returned = TypeVar("Returned")
Given = ParamSpec("Given")


def act(
    form: forms.BaseForm,
    action: Callable[Given, Returned],
    *args: Given.args,
    **kwargs: Given.kwargs,
) -> Returned | None:
    """Return what `action` returns, or None when it refused.

    The sentences of a refusal go to the fields they name, else to the form's head.
    """
    try:
        return action(*args, **kwargs)
    except ValidationError as refusal:
        by_field = (
            refusal.error_dict
            if hasattr(refusal, "error_dict")
            else {NON_FIELD_ERRORS: refusal.error_list}
        )
        for name, errors in by_field.items():
            field = name if name in form.fields else None
            form.add_error(field, ValidationError(errors))
        return None
