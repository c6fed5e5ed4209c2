"""The helpers with which models state their rules, and read them back to people."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.db.models import F, Q


def not_before(later: str, earlier: str, message: str) -> models.CheckConstraint:
    """Return the rule that `later`, where there is one, is not before `earlier`."""
    return models.CheckConstraint(
        condition=Q(**{f"{later}__isnull": True})
        | Q(**{f"{earlier}__isnull": True})
        | Q(**{f"{later}__gte": F(earlier)}),
        name=f"%(app_label)s_%(class)s_{later}_not_before_{earlier}",
        violation_error_message=message,
    )


def belongs_where_its_kind_does() -> models.CheckConstraint:
    """Return the rule on what has the kind of a role, and its school or its trust."""
    return models.CheckConstraint(
        condition=Q(
            kind__in=["head", "delegate"],
            school__isnull=False,
            trust__isnull=True,
        )
        | Q(kind="director", trust__isnull=False, school__isnull=True)
        | Q(
            kind__in=["staff", "finance", "evaluator", "administrator"],
            school__isnull=True,
            trust__isnull=True,
        ),
        name="%(app_label)s_%(class)s_belongs_where_its_kind_does",
        violation_error_message=(
            "Heads and delegates belong to a school, directors to a trust, "
            "everyone else to the programme."
        ),
    )


def sentence_of(error: IntegrityError, *of: type[models.Model]) -> ValidationError:
    """Return the rule that `error` broke on a model `of` as a sentence for the form.

    A rule is recognised by its name; SQLite names the columns of a unique rule
    instead. A trigger's own message is already a sentence. An error that is none of
    these is raised again: it is a fault of ours, not of the person.
    """
    text = str(error)
    for model in of:
        for constraint in model._meta.constraints:  # noqa: SLF001 -- Django's public-by-use API
            columns = ", ".join(
                f"{model._meta.db_table}.{column_of(model, name)}"  # noqa: SLF001
                for name in getattr(constraint, "fields", ())
            )
            if constraint.name in text or (columns and columns in text):
                return ValidationError(constraint.get_violation_error_message())
    sentence = text.partition("\n")[0]
    if sentence.endswith("."):
        return ValidationError(sentence)
    raise error


def column_of(model: type[models.Model], name: str) -> str:
    """Return the database column of a field; empty for a relation from elsewhere."""
    return getattr(model._meta.get_field(name), "column", "") or ""  # noqa: SLF001
