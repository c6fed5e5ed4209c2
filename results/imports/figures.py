"""What a results file says, whatever its layout, before it meets the database."""

from array import array
from collections.abc import Iterator, MutableMapping, MutableSequence
from dataclasses import dataclass, field
from typing import NamedTuple

from results.models.choices import Coverage
from schools.imports.register import two_rows
from schools.imports.table_file import Refusal
from schools.naming import counted

Values = tuple[float | None, int | None, int | None, str, str, str]
"""Value, number, cohort, reason, marker and kind of school, as `Result` has them."""


NOTHING = -1


class Group(NamedTuple):
    """What figures of one kind share."""

    measure: str
    year: int
    population: str
    release: int


class Pool:
    """What the groups of one file share: their URNs, and every wording of values.

    A national file of many years has few distinct values and each URN many times, so
    a figure takes four bytes.
    """

    def __init__(self) -> None:
        self.places: dict[int, int] = {}
        self.numbers: dict[Values, int] = {}
        self.values: list[Values] = []

    def place(self, urn: int) -> int:
        """Return where a URN stands, the same in every group."""
        return self.places.setdefault(urn, len(self.places))

    def number(self, values: Values) -> int:
        """Return the number that stands for `values`."""
        number = self.numbers.setdefault(values, len(self.values))
        if number == len(self.values):
            self.values.append(values)
        return number


class Column(MutableMapping[int, Values]):
    """The values of one group by URN, in the order of the pool's URNs."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.held = array("l")
        self.count = 0

    def __getitem__(self, urn: int) -> Values:
        number = self._number(urn)
        if number == NOTHING:
            raise KeyError(urn)
        return self.pool.values[number]

    def _number(self, urn: object) -> int:
        place = self.pool.places.get(urn, NOTHING)  # type: ignore[call-overload]  # any key may be asked for
        return self.held[place] if NOTHING < place < len(self.held) else NOTHING

    def __setitem__(self, urn: int, values: Values) -> None:
        place = self.pool.place(urn)
        if place >= len(self.held):
            self.held.extend([NOTHING] * (place + 1 - len(self.held)))
        self.count += self.held[place] == NOTHING
        self.held[place] = self.pool.number(values)

    def __delitem__(self, urn: int) -> None:
        if self._number(urn) == NOTHING:
            raise KeyError(urn)
        self.held[self.pool.places[urn]] = NOTHING
        self.count -= 1

    def __contains__(self, urn: object) -> bool:
        return self._number(urn) != NOTHING

    def __iter__(self) -> Iterator[int]:
        for urn, number in zip(self.pool.places, self.held, strict=False):
            if number != NOTHING:
                yield urn

    def __len__(self) -> int:
        return self.count


@dataclass(frozen=True, slots=True)
class England:
    """England's figure as a row of the file has it; `line` is where."""

    group: Group
    coverage: Coverage
    value: float
    pupils: int | None
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Area:
    """A figure of an authority (by its code) or of a region, as a file has it."""

    group: Group
    authority: str
    region: str
    coverage: Coverage
    value: float
    pupils: int | None
    source: str
    line: int


@dataclass(slots=True)
class Figures:
    """The figures of a file by group and URN, with the lines they stand on."""

    title: str
    groups: dict[Group, MutableMapping[int, Values]] = field(default_factory=dict)
    lines: dict[int, MutableSequence[int]] = field(default_factory=dict)
    england: list[England] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Return how many figures there are, those without a value too."""
        return sum(map(len, self.groups.values()))

    def drop(self, urn: int) -> None:
        """Take out every figure of `urn`."""
        self.lines.pop(urn, None)
        for group in self.groups.values():
            group.pop(urn, None)

    def _values_of(self, urn: int) -> tuple[str, ...]:
        """Return which measures and years have a value of `urn`."""
        return tuple(
            f"{group.measure} {group.year}"
            for group, figures in self.groups.items()
            if urn in figures and figures[urn][0] is not None
        )

    def refuse_differing(self, conflicts: dict[int, list[int]]) -> None:
        """Refuse the rows of each URN in `conflicts`, which differ on these lines."""
        for urn, numbers in conflicts.items():
            self.drop(urn)
            self.refused += two_rows(urn, numbers)

    def refuse_strangers(self, urns: set[int], column: str) -> None:
        """Refuse the rows of `urns`, which no register and no link knows.

        A row without any value, as the tables have for closed schools, is set aside:
        nothing in it is lost.
        """
        empty = {urn for urn in urns if not self._values_of(urn)}
        for urn in empty:
            self.drop(urn)
        if empty:
            self.notes.append(
                counted(
                    len(empty),
                    "row without any value, of a URN that neither the register nor its "
                    "links know, was set aside.",
                    "rows without any value, of URNs that neither the register nor its "
                    "links know, were set aside.",
                )
            )
        for urn in sorted(urns - empty):
            self.refused += [
                Refusal(
                    line,
                    column,
                    str(urn),
                    "neither the register nor its links know this URN",
                    "Import a register or links that have it, or correct the URN; "
                    "then import the refused rows again.",
                    self._values_of(urn),
                )
                for line in self.lines.get(urn, [])
            ]
            self.drop(urn)
