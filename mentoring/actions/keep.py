"""Validates and writes one row, for the other actions."""

from django.db import IntegrityError, models, transaction

from schools.constraints import sentence_of


def keep(row: models.Model, *others: type[models.Model]) -> None:
    """Write `row`; a rule it breaks, here or in the database, becomes a sentence.

    `others` are the models whose rows a trigger changes with it, and their rules.

    The write has its own savepoint, so that the caller's transaction can go on. Unlike
    in forms, a column that may be null may be left out, as `by` is by commands.
    """
    check(row)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise sentence_of(error, type(row), *others) from error


def check(row: models.Model) -> None:
    """Raise ValidationError where `row` breaks a rule that can be asked beforehand."""
    fields = row._meta.concrete_fields  # noqa: SLF001 -- Django's public-by-use API
    absent = {
        each.name for each in fields if each.null and getattr(row, each.attname) is None
    }
    row.clean_fields(exclude=absent)
    row.clean()
    row.validate_unique()
    row.validate_constraints()
