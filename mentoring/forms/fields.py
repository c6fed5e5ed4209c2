"""Fields that several forms share: a day, and an amount in pounds."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator

_POUNDS = re.compile(r"£?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?", re.ASCII)
PENCE = 100
MOST_PENCE = 2_147_483_647
"""What a whole-number column holds: a little over 21 million pounds."""


class DayField(forms.DateField):
    """A date, typed as 2006-11-20 or 20/11/2006; never month first."""

    widget = forms.DateInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        )
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y"], **kwargs)
        self.error_messages["invalid"] = "Enter a real date, such as 2006-11-20."
        self.error_messages["required"] = "Enter a date."

    def to_python(self, value: Any) -> date | None:
        """Return the day, of this age: a year of two figures is a slip."""
        day: date | None = super().to_python(value)
        if day is not None and not 1900 <= day.year <= 2100:  # noqa: PLR2004 -- see above
            raise ValidationError("Enter a year between 1900 and 2100.")
        return day


class WholeField(forms.IntegerField):
    """A whole number, 0 or more, that says in plain words what it takes."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=most, **kwargs)
        say_plainly(self)


def say_plainly(field: forms.IntegerField) -> None:
    """Have a whole number's limits said in plain words."""
    field.error_messages["invalid"] = "Enter a whole number, such as 12."
    for validator in field.validators:
        if isinstance(validator, MinValueValidator):
            validator.message = f"Enter {validator.limit_value:,} or more."
        if isinstance(validator, MaxValueValidator):
            validator.message = f"Enter at most {validator.limit_value:,}."


class PoundsField(forms.CharField):
    """An amount typed in pounds, such as 9,000 or £8,250.50; whole pence inside."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "size": "12"})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        """Return whole pence; None for nothing."""
        text = str(value or "").strip()
        if not text:
            return None
        match = _POUNDS.fullmatch(text)
        if match is None:
            raise ValidationError(
                "Enter an amount in pounds, such as 9,000 or 9,000.50."
            )
        pounds, pence = match[1].replace(",", ""), (match[2] or "").ljust(2, "0")
        amount = int(pounds) * PENCE + int(pence)
        if amount > MOST_PENCE:
            raise ValidationError("Enter less than 21 million pounds.")
        return amount

    def prepare_value(self, value: Any) -> Any:
        """Return pence as pounds to type over; what was typed stays as it was."""
        if not isinstance(value, int):
            return value
        pounds = Decimal(value) / PENCE
        return f"{pounds:,.2f}" if value % PENCE else f"{pounds:,.0f}"
