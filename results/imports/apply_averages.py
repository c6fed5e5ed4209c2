"""Writes a file of averages of areas into the database, in the caller's transaction."""

from results.imports.apply_areas import apply_areas
from results.imports.averages import Averages
from results.models import AreaFigure
from schools.imports.changes import Watch
from schools.imports.outcome import Outcome, Progress, close_run, open_run, silent
from schools.imports.table_file import TableFile
from schools.models import ImportRun, User

LAYOUT = "averages of local authorities and regions"


def apply_averages(
    file: TableFile,
    averages: Averages,
    *,
    by: User | None = None,
    progress: Progress = silent,
) -> Outcome:
    """Add the averages that are not held. Call it in a transaction."""
    run = open_run(file, ImportRun.Kind.AVERAGES, LAYOUT, by=by)
    outcome = Outcome(
        ImportRun.Kind.AVERAGES,
        LAYOUT,
        "averages",
        refusals=averages.refused,
        notes=averages.notes,
    )
    watched = Watch(AreaFigure.objects.all(), ("value",))
    before = AreaFigure.objects.count()
    outcome.unchanged = apply_areas(averages.rows, outcome)
    outcome.added = AreaFigure.objects.count() - before
    progress(len(averages.rows), len(averages.rows))
    watched.record(run)
    close_run(run, outcome)
    return outcome
