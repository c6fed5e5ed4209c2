"""Reads files by their kind, and gives what will apply them.

The commands and the worker both import through here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from mentoring.imports.memberships import apply_memberships, read_memberships
from mentoring.models import Programme
from mentoring.models.membership import schools_in_programme
from results.imports.apply_averages import apply_averages
from results.imports.apply_national import apply_national
from results.imports.apply_results import apply_results, measure_rules
from results.imports.averages import read_averages
from results.imports.read_results import Asked, read_results
from results.imports.reference import ReferenceDataError, read_national_table
from results.models import Result
from results.models.choices import ReleaseStatus
from schools.imports.apply_links import apply_links
from schools.imports.apply_register import apply_register
from schools.imports.apply_trusts import apply_groups, apply_members
from schools.imports.links import read_links
from schools.imports.outcome import Outcome, Progress
from schools.imports.register import read_register
from schools.imports.table_file import FileRefusedError, TableFile
from schools.imports.trusts import is_members, read_groups, read_members
from schools.models import ImportRun, LocalAuthority, User


@dataclass(frozen=True, slots=True)
class Taken:
    """A file with what it changed."""

    file: TableFile
    outcome: Outcome


Work = Callable[[Progress], Sequence[Taken]]
"""Applies what was read; call it in a transaction."""


@dataclass(frozen=True, slots=True)
class Order:
    """Who imports, on what day, and what they said of the file.

    `year` and `release` are of results, None where nothing was said. `why` lets in
    mentees on no frozen list; `is_partial` keeps good memberships beside refused ones.
    """

    on: date
    by: User | None = None
    year: int | None = None
    release: ReleaseStatus | None = None
    why: str = ""
    is_partial: bool = False


Reader = Callable[[TableFile, Order], Work]


def read_register_file(file: TableFile, order: Order) -> Work:
    """Return what will add and update establishments and their schools."""
    register = read_register(file)

    def apply(progress: Progress) -> Sequence[Taken]:
        outcome = apply_register(
            file,
            register,
            in_programme=schools_in_programme(),
            at=timezone.now(),
            by=order.by,
            progress=progress,
        )
        return [Taken(file, outcome)]

    return apply


def read_links_file(file: TableFile, order: Order) -> Work:
    """Return what will add and update links, and accept plain successions."""
    links = read_links(file)

    def apply(progress: Progress) -> Sequence[Taken]:
        outcome = apply_links(
            file,
            links,
            in_programme=schools_in_programme(),
            at=timezone.now(),
            by=order.by,
            progress=progress,
        )
        return [Taken(file, outcome)]

    return apply


def read_trusts_file(file: TableFile, order: Order) -> Work:
    """Return what will add trusts, or the schools in them, as the header says."""
    if is_members(file):
        members = read_members(file)

        def apply(progress: Progress) -> Sequence[Taken]:
            done = apply_members(
                file, members, on=order.on, by=order.by, progress=progress
            )
            return [Taken(file, done)]

        return apply
    groups = read_groups(file)

    def apply_all(progress: Progress) -> Sequence[Taken]:  # noqa: ARG001 -- one batch
        return [Taken(file, apply_groups(file, groups, by=order.by))]

    return apply_all


def read_results_file(file: TableFile, order: Order) -> Work:
    """Return what will add and update results."""
    rules, years = measure_rules()
    # A demonstration's own day lies in the past; its files do not.
    latest = max(order.on, timezone.localdate())
    figures = read_results(file, rules, years, Asked(order.year, order.release, latest))

    def apply(progress: Progress) -> Sequence[Taken]:
        outcome = apply_results(file, figures, by=order.by, progress=progress)
        return [Taken(file, outcome)]

    return apply


def read_national_file(file: TableFile, order: Order) -> Work:
    """Return what will add and update England's figures."""
    try:
        rows = read_national_table(file)
    except ReferenceDataError as error:
        raise FileRefusedError(str(error)) from error
    if not rows:
        raise FileRefusedError("The file has 0 rows of figures. Put them in.")

    def apply(progress: Progress) -> Sequence[Taken]:  # noqa: ARG001 -- one batch
        return [Taken(file, apply_national(file, rows, by=order.by))]

    return apply


def read_averages_file(file: TableFile, order: Order) -> Work:
    """Return what will add averages of local authorities and regions."""
    regions = LocalAuthority.objects.exclude(region="")
    averages = read_averages(file, set(regions.values_list("region", flat=True)))

    def apply(progress: Progress) -> Sequence[Taken]:
        done = apply_averages(file, averages, by=order.by, progress=progress)
        return [Taken(file, done)]

    return apply


def read_memberships_file(file: TableFile, order: Order) -> Work:
    """Return what will enrol schools."""
    rows = read_memberships(file)

    def apply(progress: Progress) -> Sequence[Taken]:  # noqa: ARG001 -- soon done
        outcome = apply_memberships(
            file,
            rows,
            why=order.why,
            is_partial=order.is_partial,
            by=order.by,
            on=order.on,
        )
        return [Taken(file, outcome)]

    return apply


READERS: dict[str, Reader] = {
    ImportRun.Kind.REGISTER: read_register_file,
    ImportRun.Kind.LINKS: read_links_file,
    ImportRun.Kind.TRUSTS: read_trusts_file,
    ImportRun.Kind.RESULTS: read_results_file,
    ImportRun.Kind.NATIONAL: read_national_file,
    ImportRun.Kind.AVERAGES: read_averages_file,
    ImportRun.Kind.MEMBERSHIPS: read_memberships_file,
}


def one_after_another(works: Sequence[Work]) -> Work:
    """Return what does all of `works`, in their order."""

    def apply(progress: Progress) -> Sequence[Taken]:
        return [taken for work in works for taken in work(progress)]

    return apply


def nothing_good(taken: Sequence[Taken]) -> str:
    """Return that no row of a file could be used, empty where one could."""
    for outcome in (each.outcome for each in taken):
        done = outcome.added + outcome.changed + outcome.unchanged
        if outcome.refused and not done and not outcome.moves_figures:
            return "Nothing was applied: every row was refused. Mend the file."
    return ""


def programme_day() -> date:
    """Return the day it is for the programme, which may not have been set up yet."""
    programme = Programme.objects.first()
    return programme.today if programme else timezone.localdate()


def holds_demonstration() -> bool:
    """Return whether the database's schools are invented."""
    programme = Programme.objects.first()
    return bool(programme and programme.is_demo)


def recompute_figures(on: date) -> None:
    """Work out the figures that pages show before a command commits.

    `on` is the day. There are none before any results.
    """
    if Result.objects.exists():
        from mentoring.actions.recompute import recompute  # noqa: PLC0415 -- brings numpy

        recompute(on=on)
