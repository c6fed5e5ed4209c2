"""Imports in words: what a file would do, and what one did."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from mentoring.pages.parts import KeyFigure
from mentoring.policies import may_apply
from schools.models import ImportRun, Upload
from schools.naming import counted

Kind = ImportRun.Kind
State = Upload.State

_SHELL_WORDS = (
    (re.compile(r"; --(?:year|release) says otherwise"), ""),
    (re.compile(r", as --(?:year|release) says"), ", as somebody said"),
    (re.compile(r"Say it with --(?:year|release)"), "Say it below"),
    (re.compile(r"--year (\d+) cannot be"), r"The year \1 cannot be"),
    (
        re.compile(r"Leave --year and --release out"),
        "Leave the year and the release empty",
    ),
    (re.compile(r"Leave --year out"), "Leave the year empty"),
    (re.compile(r"give the reason with --exception"), "say why when you send it"),
)

NEXT = {
    Kind.REGISTER: ("See the schools", "schools"),
    Kind.LINKS: ("See which links wait for a decision", "successions"),
    Kind.TRUSTS: ("See the trusts", "trusts"),
    Kind.RESULTS: ("See who is eligible", "eligibility"),
    Kind.NATIONAL: ("See England on the dashboard", "impact"),
    Kind.AVERAGES: ("See the schools", "schools"),
    Kind.MEMBERSHIPS: ("See the programme's schools", "schools"),
}

UNITS = {
    Kind.REGISTER: "establishments",
    Kind.LINKS: "links",
    Kind.TRUSTS: "trusts and schools in them",
    Kind.RESULTS: "figures",
    Kind.NATIONAL: "national figures",
    Kind.AVERAGES: "averages",
    Kind.MEMBERSHIPS: "memberships",
}
ONE = {
    "averages": "average",
    "establishments": "establishment",
    "figures": "figure",
    "links": "link",
    "memberships": "membership",
    "national figures": "national figure",
    "schools in trusts": "school in a trust",
    "trusts": "trust",
    "trusts and schools in them": "trust or school in one",
}
"""What an import counts, where there is one of it."""
STEPS = ("Send a file", "It is read", "Look it over", "It is imported")
TO_CONFIRM = "Nothing is applied yet. Look it over, then confirm."
IDLE = "Nothing was applied, and there is nothing to confirm."
AT_STEP = {
    State.READING: 1,
    State.ASKING: 2,
    State.REFUSED: 2,
    State.READY: 2,
    State.APPLYING: 3,
    State.APPLIED: 3,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way of a file; `is_done` lies behind, `is_current` is now."""

    label: str
    is_done: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """A refused cell: its row in the file, the column, the cell, why, what to do."""

    row: int
    column: str
    value: str
    reason: str
    advice: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one file would do: counts, the first rows of each kind, and notes."""

    title: str
    lede: str
    counts: Sequence[KeyFigure]
    added: Sequence[Sequence[str]]
    changed: Sequence[Sequence[str]]
    refused: Sequence[Refused]
    notes: Sequence[str]
    left_out: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class UploadPage:
    """What a page says of an upload on its way; `parts` only once it was read.

    `idle` says why there is nothing to apply, where there is not.
    """

    title: str
    lede: str
    parts: Sequence[Part] = ()
    refused: int = 0
    idle: str = ""
    earlier: Sequence[str] = field(default_factory=tuple)


def in_browser(sentence: str) -> str:
    """Return a sentence of the commands with a page's words for their options."""
    for shell, page in _SHELL_WORDS:
        sentence = shell.sub(page, sentence)
    return sentence


def units_words(number: int, unit: str) -> str:
    """Return "1 link" or "5,399 links"; `unit` is as an import's outcome has it."""
    return counted(number, ONE[unit], unit)


def rows_words(number: int) -> str:
    """Return how many rows of a file."""
    return counted(number, "row", "rows")


def upload_page(
    upload: Upload, names: Sequence[str], earlier: Iterable[ImportRun], *, at: datetime
) -> UploadPage:
    """Return what is said of an upload of the files `names` as it stands."""
    file = " and ".join(names)
    said = in_browser(upload.sentence)
    if upload.is_stopped(at):
        why = said or "Whatever worked on it has not been heard of for too long."
        return UploadPage(f"The work on {file} broke off", why)
    if upload.state in {State.READY, State.APPLIED}:
        return _ready_page(upload, earlier, said)
    title, lede = {
        State.READING: ("Reading {}", "Nothing is changed by this."),
        State.APPLYING: ("Importing {}", "All of it is applied, or nothing of it."),
        State.ASKING: ("One thing to say about {}", said),
        State.REFUSED: ("{} cannot be used", said),
        State.SET_ASIDE: ("{} was set aside", "Nothing of it was applied."),
    }[State(upload.state)]
    return UploadPage(title.format(file), lede)


def _ready_page(upload: Upload, earlier: Iterable[ImportRun], said: str) -> UploadPage:
    found = upload.preview.get("parts", [])
    lede = said or (TO_CONFIRM if may_apply(upload) else IDLE)
    return UploadPage(
        title=preview_title(found),
        lede=lede,
        parts=[_part(part) for part in found],
        refused=sum(part["counts"]["refused"] for part in found),
        idle=_idle(found),
        earlier=[_earlier(run) for run in earlier],
    )


def _idle(parts: Sequence[Mapping[str, Any]]) -> str:
    is_all_refused = not any(part["counts"]["unchanged"] for part in parts)
    if is_all_refused:
        return "No row of it can be used. Mend the refused rows and send them again."
    return "Everything good in it is held already."


def preview_title(parts: Sequence[Mapping[str, Any]]) -> str:
    """Return what would be done, as a finding."""
    said = [_would(part["counts"], part["unit"]) for part in parts]
    refused = sum(part["counts"]["refused"] for part in parts)
    end = f"; {rows_words(refused)} refused" if refused else ""
    return f"{'; '.join(said)}{end}"


def _would(counts: Mapping[str, int], unit: str) -> str:
    added, changed = counts["added"], counts["changed"]
    if added and changed:
        return f"{units_words(added, unit)} would be added and {changed:,} changed"
    if added:
        return f"{units_words(added, unit)} would be added"
    return f"{units_words(changed, unit) if changed else f'No {unit}'} would change"


def _part(part: Mapping[str, Any]) -> Part:
    counts, shown = part["counts"], part["shown"]
    rows = f"{rows_words(part['rows'])}: " if part["rows"] else ""
    return Part(
        title=f"{part['file']}: {part['layout']}",
        lede=(
            f"{rows}{units_words(counts['added'], part['unit'])} added, "
            f"{counts['changed']:,} "
            f"changed, {counts['unchanged']:,} unchanged; "
            f"{rows_words(counts['refused'])} refused."
        ),
        counts=count_list(counts, part["unit"]),
        added=shown["added"],
        changed=shown["changed"],
        refused=[_refused(each) for each in part["refusals"]],
        notes=[in_browser(note) for note in part["notes"]],
        left_out={
            "added": counts["added"] - len(shown["added"]),
            "refused": counts["refused"] - len({r["row"] for r in part["refusals"]}),
        },
    )


def count_list(counts: Mapping[str, int], unit: str) -> list[KeyFigure]:
    """Return the four counts, each with what it counts."""
    rows = "row of the file" if counts["refused"] == 1 else "rows of the file"
    return [
        *(
            KeyFigure(
                name.capitalize(),
                f"{counts[name]:,}",
                detail=ONE[unit] if counts[name] == 1 else unit,
                is_lead=name == "added",
            )
            for name in ("added", "changed", "unchanged")
        ),
        KeyFigure("Refused", f"{counts['refused']:,}", detail=rows),
    ]


def steps(current: int) -> list[Step]:
    """Return the steps on the way of a file; `current` counts from 0."""
    return [
        Step(label, is_done=number < current, is_current=number == current)
        for number, label in enumerate(STEPS)
    ]


def steps_of(upload: Upload) -> list[Step]:
    """Return the steps of an upload; none where it came off the way."""
    at = AT_STEP.get(State(upload.state))
    return [] if at is None else steps(at)


def _refused(found: Mapping[str, Any]) -> Refused:
    return Refused(
        row=found["row"],
        column=found["column"],
        value=found["value"],
        reason=found["reason"],
        advice=in_browser(found["advice"]),
    )


def refused_rows(run: ImportRun, most: int) -> list[Refused]:
    """Return the first refused cells of a run, in the order of the file."""
    ordered = sorted(run.refused_rows, key=lambda each: each["row"])
    return [_refused(each) for each in ordered[:most]]


def _earlier(run: ImportRun) -> str:
    who = f" by {run.by}" if run.by else " from the shell"
    return f"import {run.pk}, on {when_words(run.started_at)}{who}"


def when_words(moment: datetime) -> str:
    """Return a moment as 20 November 2006, 14:05 in London."""
    local = timezone.localtime(moment)
    return f"{local.day} {local:%B %Y, %H:%M}"


def layout_words(run: ImportRun) -> str:
    """Return what layout the file had, after its kind; empty where that says it."""
    is_told = run.layout.casefold() in {"", run.get_kind_display().casefold()}
    return "" if is_told else f": {run.layout}"


def ran_by(run: ImportRun, *, names_people: bool) -> str:
    """Return who ran an import, by name only to those who may know."""
    if run.by is None:
        return "From the shell"
    return str(run.by) if names_people else "Programme staff"


def run_title(run: ImportRun) -> str:
    """Return what an import did, as its report's title."""
    if run.undone_at:
        return f"{run.file_name} was imported, and undone"
    if not (run.added or run.changed):
        return f"{run.file_name} changed nothing"
    refused = f"; {rows_words(run.refused)} refused" if run.refused else ""
    unit = UNITS[Kind(run.kind)]
    if not run.added:
        return f"{units_words(run.changed, unit)} changed{refused}"
    changed = f", {run.changed:,} changed" if run.changed else ""
    return f"{units_words(run.added, unit)} added{changed}{refused}"


def run_counts(run: ImportRun) -> list[KeyFigure]:
    """Return the four counts of a run."""
    counts = {
        name: getattr(run, name)
        for name in ("added", "changed", "unchanged", "refused")
    }
    return count_list(counts, UNITS[Kind(run.kind)])


def next_step(run: ImportRun) -> tuple[str, str]:
    """Return where to go after an import: the words, and the address."""
    words, name = NEXT[Kind(run.kind)]
    query = {"role": "any"} if run.kind == Kind.MEMBERSHIPS else None
    return words, reverse(name, query=query)


def list_title(latest: ImportRun | None) -> str:
    """Return the last import as the list's title."""
    if latest is None:
        return "Nothing has been imported yet"
    return (
        f"The last import was {latest.get_kind_display().lower()}, on "
        f"{when_words(latest.started_at).partition(',')[0]}"
    )


def progress_words(upload: Upload) -> str:
    """Return what the worker is doing and how far it has got."""
    doing = upload.get_phase_display()
    if upload.total:
        return f"{doing}: {upload.done:,} of {upload.total:,}"
    return f"{doing}: {upload.done:,} so far" if upload.done else doing
