"""The counted schools by region, wave, kind and trust, in words and tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from results.charts.whisker import Whisker, whisker, whisker_axis
from results.figures.display import signed
from results.figures.groups import Hidden

Facts = Mapping[str, Any]
MOST_TRUSTS = 20
"""Trusts in the table; the download has them all."""
OWN_SCALE = "Its lines are drawn to a scale of their own, not that of the tables above."


@dataclass(frozen=True, slots=True)
class Row:
    """A group as a table shows it; `reason` stands for its figures when hidden."""

    name: str
    n_schools: str
    gain: str = ""
    likely: str = ""
    england: str = ""
    reason: str = ""
    picture: str = ""
    trust: int | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """One way to divide the schools: a heading, its groups, and what to know.

    `scale` says how the pictures are drawn, where not as in the other ways.
    """

    key: str
    title: str
    column: str
    rows: Sequence[Row]
    notes: Sequence[str] = ()
    scale: str = ""


def ways(breakdown: Facts, *, may_see_trusts: bool, own_trust: int | None) -> list[Way]:
    """Return the tables that a role sees; a director's own trust stands by itself."""
    axis = _axis(
        row for key, rows in breakdown.items() if key != "trust" for row in rows
    )
    found = [
        _way("region", "By region", "Region", breakdown["region"], axis),
        _way("wave", "By wave", "Results counted from", breakdown["wave"], axis),
        _way("type", "By kind of school", "Kind", breakdown["type"], axis),
        _way("in_trust", "In a trust or not", "Schools", breakdown["in_trust"], axis),
    ]
    if may_see_trusts:
        found.append(_trusts(breakdown["trust"]))
    elif own_trust is not None:
        found.append(_own_trust(breakdown["trust"], own_trust))
    return found


def _axis(rows: Iterable[Facts]) -> tuple[float, float]:
    """Return an axis on which every likely range of `rows` is drawn whole."""
    known = [row for row in rows if "per_year" in row]
    return whisker_axis([row[end] for row in known for end in ("low", "high")])


def _way(
    key: str,
    title: str,
    column: str,
    rows: Sequence[Facts],
    axis: tuple[float, float],
) -> Way:
    return Way(key, title, column, [shown(row, axis) for row in rows], _notes(rows))


def _notes(rows: Sequence[Facts]) -> list[str]:
    """Return why any means are hidden, each reason once."""
    codes = {row["hidden"] for row in rows}
    notes = []
    if codes & {Hidden.FEW, Hidden.WITH_ANOTHER}:
        notes.append("A mean of fewer than three schools is not shown.")
    if Hidden.WITH_ANOTHER in codes:
        notes.append(
            "Where that would let a hidden mean be worked out from the total, the "
            "smallest other group is hidden too."
        )
    return notes


def shown(row: Facts, axis: tuple[float, float]) -> Row:
    """Return a group as the table shows it."""
    name = str(row["name"])
    if isinstance(row["name"], int):
        name = f"Summer {row['name']}"
    count = f"{row['n_schools']:,}"
    if "per_year" not in row:
        return Row(
            name,
            count,
            reason=Hidden(row["hidden"]).sentence,
            trust=row.get("trust"),
        )
    drawn = Whisker(row["low"], row["per_year"], row["high"], row["england"])
    return Row(
        name=name,
        n_schools=count,
        gain=signed(row["per_year"]),
        likely=f"{signed(row['low'])} to {signed(row['high'])}",
        england="not known" if row["england"] is None else signed(row["england"]),
        picture=whisker(drawn, axis),
        trust=row.get("trust"),
    )


def _trusts(rows: Sequence[Facts]) -> Way:
    """Return the trusts with most schools by name, and the small ones together.

    Schools in no trust stand last. A trust of few schools has a wide likely range, so
    the table has an axis of its own.
    """
    few = [row for row in rows if row["hidden"] == Hidden.FEW]
    others = [row for row in rows if row["hidden"] != Hidden.FEW]
    most = sorted(others, key=lambda row: -row["n_schools"])[:MOST_TRUSTS]
    listed = [row for row in others if row in most]
    listed.sort(key=lambda row: "trust" not in row)
    axis = _axis(listed)
    notes = _notes(rows)
    if few:
        schools = sum(row["n_schools"] for row in few)
        notes.insert(
            0,
            f"{len(few):,} more with one or two schools counted ({schools:,} in all) "
            "are not listed.",
        )
    if len(others) > len(most):
        notes.insert(
            0,
            f"The {len(most)} with most schools of {len(others):,}; the download has "
            "all of them.",
        )
    return Way(
        "trust",
        "By trust",
        "Academy trust",
        [shown(row, axis) for row in listed],
        notes,
        OWN_SCALE if any("per_year" in row for row in listed) else "",
    )


def _own_trust(rows: Sequence[Facts], own: int) -> Way:
    """Return a director's own trust, which may have no school counted."""
    found = [row for row in rows if row.get("trust") == own]
    axis = _axis(found)
    mine = [shown(row, axis) for row in found]
    notes = ["Directors see their own trust; programme staff see every trust."]
    if not mine:
        notes.insert(0, "No school of your trust is in the average.")
    elif mine[0].reason:
        notes.insert(0, "Your trust\u2019s page shows each of its schools.")
    scale = OWN_SCALE if mine and mine[0].picture else ""
    return Way("trust", "Your trust", "Academy trust", mine, notes, scale)


def group_records(breakdown: Facts) -> list[list[Any]]:
    """Return every group of every way as a line of the download; None where hidden."""
    return [
        [
            way,
            row["name"],
            row["n_schools"],
            *(row.get(key) for key in ("per_year", "low", "high", "england")),
            row["hidden"] or None,
        ]
        for way, rows in breakdown.items()
        for row in rows
    ]
