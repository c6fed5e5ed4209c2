"""Takes an import back, from the record it left: what it may not, and how it is done.

A run that a later one built upon is not undone before that one; nor is a row that has
been changed since, or on which something else hangs.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    OuterRef,
    ProtectedError,
    Q,
    Subquery,
)
from django.db.models.functions import Cast

from mentoring.imports.taking import holds_demonstration
from results.imports.apply_results import VALUES
from results.models import Result, ResultChange
from schools.actions.refresh_schools import refresh_schools
from schools.imports.changes import as_json, label
from schools.imports.writing import update_rows
from schools.models import (
    Establishment,
    ImportChange,
    ImportRun,
    LocalAuthority,
    School,
)

SCHOOL, ESTABLISHMENT = label(School), label(Establishment)

# Two schools may carry one URN while one continues the other: the URN goes back first.
IN_TURN: Mapping[str, tuple[str, ...]] = {SCHOOL: ("urn", "continued_by_id")}


@dataclass(frozen=True, slots=True)
class Extent:
    """How many figures and other rows would be taken out, and how many put back."""

    removed: int
    restored: int


def extent(run: ImportRun) -> Extent:
    """Return what undoing `run` comes to."""
    shown = run.row_changes.exclude(noun=SCHOOL).aggregate(
        added=Count("pk", filter=Q(before__isnull=True)), rows=Count("pk")
    )
    removed, restored = shown["added"], shown["rows"] - shown["added"]
    if run.kind == ImportRun.Kind.RESULTS:
        changed = ResultChange.objects.filter(run=run).count()
        removed += Result.objects.filter(run=run).count() - changed
        restored += changed
    return Extent(removed, restored)


def obstacle(run: ImportRun) -> str:
    """Return why `run` cannot be undone as things stand, empty where nothing bars it.

    What only trying tells, that something else hangs on a row, is not among it.
    """
    if run.undone_at is not None:
        return "This import has been undone already."
    if holds_demonstration() and run.upload_id is None:
        return "The demonstration's own schools and figures stay as they are."
    if not _is_recorded(run):
        return (
            "This import is older than the record that undoing needs. Import a "
            "corrected file instead: it changes what differs."
        )
    if later := later_runs(run):
        named = "; ".join(run_words(each) for each in later[:3])
        more = f"; and {len(later) - 3} more" if len(later) > 3 else ""  # noqa: PLR2004 -- named above
        return (
            f"A later import changed what this one wrote: {named}{more}. Undo that "
            "first, the latest before the others."
        )
    return _changed_since(run)


def later_runs(run: ImportRun) -> list[ImportRun]:
    """Return the imports that changed what `run` wrote, the latest first."""
    return list(ImportRun.objects.filter(pk__in=_built_upon(run)).latest_first())


def run_words(run: ImportRun) -> str:
    """Return a run by its number, kind and file, as sentences name it."""
    return f"import {run.pk} ({run.get_kind_display().lower()}, {run.file_name})"


def _is_recorded(run: ImportRun) -> bool:
    """Return whether the run left what undoing needs."""
    if run.kind == ImportRun.Kind.RESULTS:
        return not ResultChange.objects.filter(
            run=run, previous_run__isnull=True
        ).exists()
    return not (run.added or run.changed) or run.row_changes.exists()


def _built_upon(run: ImportRun) -> set[int]:
    """Return the later runs that changed a cell which `run` wrote."""
    found = set()
    if run.kind == ImportRun.Kind.RESULTS:
        later = ResultChange.objects.filter(previous_run=run).exclude(run=run)
        found = set(later.values_list("run_id", flat=True))
    same_row = run.row_changes.filter(noun=OuterRef("noun"), key=OuterRef("key"))
    rows = (
        ImportChange.objects.filter(run__pk__gt=run.pk, run__undone_at=None)
        .annotate(
            was=Subquery(same_row.values("before")),
            wrote=Subquery(same_row.values("after")),
        )
        .filter(Exists(same_row))
        .values_list("run_id", "before", "after", "was", "wrote")
    )
    for other, before, after, was, wrote in rows:
        # A row that one of them added is touched in every column.
        if was is None or before is None or set(after) & set(wrote):
            found.add(other)
    return found


def _changed_since(run: ImportRun) -> str:
    """Return the sentence for a row that is no longer as `run` left it."""
    for noun, changes in _by_noun(run).items():
        model = apps.get_model(noun)
        names = sorted({name for each in changes for name in each.after})
        if not names:
            continue
        held = {
            str(row["pk"]): row
            for row in _rows(run, noun, model).values("pk", *names).iterator()
        }
        for each in changes:
            now = held.get(each.key)
            if now is None:
                if each.before is not None:
                    return _since(model, each.key)
                continue
            found = as_json({name: now[name] for name in each.after})
            if found != each.after:
                return _since(model, each.key)
    return ""


def _since(model: type[models.Model], key: str) -> str:
    row = model._default_manager.filter(pk=key).first()  # noqa: SLF001 -- Django's public-by-use API
    what = model._meta.verbose_name  # noqa: SLF001 -- same
    return (
        f"The {what} {row or key} has been changed here since. Put that back first, "
        "or correct it by hand."
    )


def take_back(run: ImportRun) -> None:
    """Undo what `run` did; call it in a transaction, when nothing bars it.

    Raises ValidationError with a sentence where something hangs on a row it added.
    """
    _take_back_results(run)
    by_noun = _by_noun(run)
    touched = _touched_schools(by_noun)
    for noun, changes in by_noun.items():
        _restore(noun, [each for each in changes if each.before is not None])
    try:
        for noun in reversed(by_noun):
            _remove(run, noun)
    except ProtectedError as error:
        raise ValidationError(_hanging(error)) from error
    standing = School.objects.filter(pk__in=touched)
    refresh_schools(set(standing.values_list("pk", flat=True)))
    run.row_changes.all().delete()


def _take_back_results(run: ImportRun) -> None:
    """Put back the results that `run` changed, and take out those it added."""
    changes = ResultChange.objects.filter(run=run)
    update_rows(
        Result,
        (*VALUES, "run"),
        (
            (pk, *(before.get(name, "") for name in VALUES), previous)
            for pk, before, previous in changes.values_list(
                "result_id", "before", "previous_run_id"
            )
        ),
    )
    changes.delete()
    Result.objects.filter(run=run).delete()


def _by_noun(run: ImportRun) -> dict[str, list[ImportChange]]:
    """Return the run's changes by model, in the order of recording."""
    found: dict[str, list[ImportChange]] = defaultdict(list)
    for each in run.row_changes.order_by("pk").iterator():
        found[each.noun].append(each)
    return found


def _rows(run: ImportRun, noun: str, model: type[models.Model]) -> Any:
    """Return the rows of `model` that `run` added or changed."""
    return model._default_manager.filter(pk__in=_keys(run.row_changes, noun, model))  # noqa: SLF001 -- Django's public-by-use API


def _keys(changes: Any, noun: str, model: type[models.Model]) -> Any:
    """Return a query of keys as the model has them: numbers, or text."""
    found = changes.filter(noun=noun)
    if isinstance(model._meta.pk, models.CharField):  # noqa: SLF001 -- Django's public-by-use API
        return found.values("key")
    return found.annotate(number=Cast("key", BigIntegerField())).values("number")


def _touched_schools(by_noun: Mapping[str, list[ImportChange]]) -> set[int]:
    """Return the schools whose name and place may go back to what they were."""
    urns = {int(each.key) for each in by_noun.get(ESTABLISHMENT, ())}
    owners = dict(Establishment.objects.values_list("urn", "school_id"))
    found = {owners[urn] for urn in urns if urn in owners}
    found |= {int(each.key) for each in by_noun.get(SCHOOL, ())}
    for each in by_noun.get(ESTABLISHMENT, ()):
        before = each.before or {}
        found |= {before["school_id"]} if "school_id" in before else set()
    return found


def _restore(noun: str, changes: list[ImportChange]) -> None:
    """Write back what the rows held before."""
    model = apps.get_model(noun)
    everything = {name for each in changes for name in each.before or ()}
    for turn in [{name} for name in IN_TURN.get(noun, ())] or [everything]:
        alike: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
        for each in changes:
            before = each.before or {}
            names = tuple(name for name in before if name in turn)
            if names:
                alike[names].append((each.key, *(before[name] for name in names)))
        for names, rows in alike.items():
            fields = [name.removesuffix("_id") for name in names]
            update_rows(model, fields, _as_columns(model, names, rows))


def _as_columns(
    model: type[models.Model], names: tuple[str, ...], rows: list[tuple[Any, ...]]
) -> Iterator[tuple[Any, ...]]:
    """Yield rows as columns have them: dates from their text, keys from theirs."""
    by_name = {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001 -- Django's public-by-use API
    fields = [by_name[name] for name in names]
    pk = model._meta.pk  # noqa: SLF001 -- same
    for key, *values in rows:
        yield (
            pk.to_python(key) if pk else key,
            *(
                value
                if isinstance(field, models.ForeignKey)
                else field.to_python(value)
                for field, value in zip(fields, values, strict=True)
            ),
        )


def _remove(run: ImportRun, noun: str) -> None:
    """Take out the rows that `run` added; what hangs on one raises ProtectedError."""
    model = apps.get_model(noun)
    keys = _keys(run.row_changes.filter(before__isnull=True), noun, model)
    rows = model._default_manager.filter(pk__in=keys)  # noqa: SLF001 -- Django's public-by-use API
    if model is LocalAuthority:
        # One that something else names by now does no harm.
        used = (
            each.objects.exclude(authority=None).values("authority")
            for each in (Establishment, School)
        )
        for each in used:
            rows = rows.exclude(pk__in=each)
    if model is School:
        _remove_schools(rows)
    else:
        rows.delete()


def _remove_schools(rows: models.QuerySet[School]) -> None:
    """Take out schools, each after those that it continues."""
    while rows.exists():
        ends = rows.exclude(
            pk__in=School.objects.filter(continued_by__in=rows).values("continued_by")
        )
        if not ends.delete()[0]:
            raise ValidationError("The schools it added continue one another.")


def _hanging(error: ProtectedError) -> str:
    """Return what hangs on rows that would be taken out, counted by its kind."""
    counts = Counter(
        str(each._meta.verbose_name_plural)  # noqa: SLF001 -- Django's public-by-use API
        for each in error.protected_objects
    )
    named = ", ".join(f"{count:,} {what}" for what, count in counts.most_common())
    return (
        f"It added schools or links on which other things hang by now: {named}. Undo "
        "the imports, or take back the decisions, that made those first."
    )
