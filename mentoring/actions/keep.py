"""Validates and writes one row, for the other actions."""

from django.db import IntegrityError, models, transaction

from schools.constraints import sentence_of


def keep(row: models.Model) -> None:
    """Write `row`; a rule it breaks, here or in the database, becomes a sentence.

    The write has its own savepoint, so that the caller's transaction can go on.
    """
    row.full_clean()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise sentence_of(error, type(row)) from error
