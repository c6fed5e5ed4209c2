"""Writes results into the database, in the caller's transaction."""

from collections.abc import Mapping

from results.imports.apply_areas import apply_areas
from results.imports.apply_england import apply_england
from results.imports.figures import Figures, Group, Values
from results.imports.markers import Rule
from results.imports.tidy import Years
from results.models import (
    AreaFigure,
    Measure,
    NationalFigure,
    Result,
    ResultChange,
)
from schools.imports.changes import Watch
from schools.imports.outcome import Outcome, Progress, close_run, open_run, silent
from schools.imports.table_file import TableFile
from schools.imports.writing import insert_rows, update_rows
from schools.models import Establishment, ImportRun, User

KEY = ("establishment", *Group._fields)
VALUES = ("value", "number", "cohort", "reason", "marker", "type_group")
MANY = 500

Held = dict[int, Values]


def measure_rules() -> tuple[dict[str, Rule], dict[str, Years]]:
    """Return what the cells of each measure may hold, and its years, by code."""
    rules, years = {}, {}
    for measure in Measure.objects.all():
        rules[measure.code] = Rule(
            measure.minimum,
            measure.maximum,
            is_percentage=measure.unit == Measure.Unit.PERCENT,
        )
        years[measure.code] = Years(measure.first_year, measure.last_year)
    return rules, years


def apply_results(
    file: TableFile,
    figures: Figures,
    *,
    by: User | None = None,
    progress: Progress = silent,
) -> Outcome:
    """Add figures that are new and change those that differ within their release.

    Rows of a URN that neither the register nor its links know are refused: a results
    file never makes a school. Call it in a transaction.
    """
    run = open_run(file, ImportRun.Kind.RESULTS, figures.title, by=by)
    outcome = Outcome(
        ImportRun.Kind.RESULTS,
        figures.title,
        "figures",
        refusals=figures.refused,
        notes=figures.notes,
    )
    urn_column = next(
        name for name in file.header if name.casefold() in {"urn", "school_urn"}
    )
    figures.refuse_strangers(_strangers(figures), urn_column)
    total = figures.count
    for group, wanted in figures.groups.items():
        # A group at a time: what is held is never held here whole.
        _apply_group(run, group, wanted, _held(group), outcome)
        progress(outcome.added + outcome.changed + outcome.unchanged, total)
    outcome.moves_figures = bool(outcome.added or outcome.changed)
    watched = [
        Watch(NationalFigure.objects.all(), ("pupils",)),
        Watch(AreaFigure.objects.all(), ("value",)),
    ]
    apply_england(figures.england, outcome)
    apply_areas(figures.areas, outcome)
    for each in watched:
        each.record(run)
    close_run(run, outcome)
    return outcome


def _held(group: Group) -> Held:
    """Return what the database holds of `group`, by URN."""
    rows = Result.objects.filter(
        measure=group.measure,
        year=group.year,
        population=group.population,
        release=group.release,
    ).values_list("establishment_id", *VALUES)
    return {row[0]: row[1:] for row in rows}


def _strangers(figures: Figures) -> set[int]:
    """Return the URNs of the file that no establishment has."""
    unsure = set(figures.lines)
    establishments = Establishment.objects.values_list("urn", flat=True)
    if len(unsure) <= MANY:
        establishments = establishments.filter(urn__in=unsure)
    return unsure - set(establishments)


def _apply_group(
    run: ImportRun,
    group: Group,
    wanted: Mapping[int, Values],
    held: Held,
    outcome: Outcome,
) -> None:
    if all(held.get(urn) == values for urn, values in wanted.items()):
        outcome.unchanged += len(wanted)
        return
    new: list[int] = []
    changed: list[int] = []
    for urn, values in wanted.items():
        was = held.get(urn)
        if was is None:
            new.append(urn)
        elif was != values:
            changed.append(urn)
    insert_rows(
        Result,
        (*KEY, *VALUES, "run"),
        ((urn, *group, *wanted[urn], run.pk) for urn in new),
    )
    if changed:
        _change(run, group, {urn: wanted[urn] for urn in changed}, held)
    outcome.added += len(new)
    outcome.changed += len(changed)
    outcome.unchanged += len(wanted) - len(new) - len(changed)


def _change(
    run: ImportRun, group: Group, wanted: dict[int, Values], held: Held
) -> None:
    """Write the values `wanted`, keeping what they were in the record of changes."""
    results = Result.objects.filter(
        measure=group.measure,
        year=group.year,
        population=group.population,
        release=group.release,
    ).values_list("establishment_id", "pk", "run_id")
    keys = {urn: (pk, writer) for urn, pk, writer in results if urn in wanted}
    update_rows(
        Result,
        (*VALUES, "run"),
        ((keys[urn][0], *values, run.pk) for urn, values in wanted.items()),
    )
    insert_rows(
        ResultChange,
        ("run", "result", "previous_run", "before", "after"),
        (
            (
                *(run.pk, *keys[urn]),
                dict(zip(VALUES, held[urn], strict=True)),
                dict(zip(VALUES, values, strict=True)),
            )
            for urn, values in wanted.items()
        ),
    )
