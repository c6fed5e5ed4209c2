"""Years in which a measure changed its meaning."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["refuse", "caution"]
Applies = Literal["crossing", "endpoint"]


@dataclass(frozen=True, slots=True)
class Break:
    """A change in what `measures` count, in the exams of summer `year`.

    An empty `measures` means all of them. `refuse` gives no number, only `sentence`;
    `caution` gives the number with `sentence` beside it. `crossing` touches a span
    that starts before `year` and ends in or after it; `endpoint` one that starts or
    ends in `year`.
    """

    year: int
    name: str
    measures: frozenset[str]
    kind: Kind
    applies: Applies
    sentence: str

    def touches(self, measure: str, base: int, last: int) -> bool:
        """Return whether the span `base` to `last` of `measure` meets this break."""
        if self.measures and measure not in self.measures:
            return False
        if self.applies == "endpoint":
            return self.year in (base, last)
        return base < self.year <= last


def touching(
    breaks: Iterable[Break], measure: str, base: int, last: int
) -> tuple[Break, ...]:
    """Return the breaks met by `measure` from `base` to `last`, earliest first.

    Empty when the two years are measured alike.
    """
    met = (each for each in breaks if each.touches(measure, base, last))
    return tuple(sorted(met, key=lambda each: (each.year, each.name)))


def first_refusal(
    breaks: Iterable[Break], measure: str, base: int, last: int
) -> Break | None:
    """Return the earliest break that forbids the comparison, or None."""
    met = touching(breaks, measure, base, last)
    return next((each for each in met if each.kind == "refuse"), None)


def caution_sentences(met: Iterable[Break]) -> tuple[str, ...]:
    """Return each caution's sentence once, in the order given.

    A change that came in by stages is one row per year with one sentence.
    """
    return tuple(dict.fromkeys(each.sentence for each in met if each.kind == "caution"))
