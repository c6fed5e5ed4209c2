"""What was measured, as rows of a table."""

from dataclasses import dataclass
from statistics import median

WIDE = 0.20
HEAD = (
    f"{'what':<38}{'engine':<12}{'ours':>10}{'control':>10}{'times':>8}{'at most':>9}"
    "  besides"
)


@dataclass(frozen=True, slots=True)
class Row:
    """Our times beside the control's, in seconds, and the most the ratio may be."""

    what: str
    engine: str
    ours: list[float]
    control: list[float]
    at_most: float
    besides: str = ""

    @property
    def ratio(self) -> float:
        """Return the ratio of the medians."""
        return median(self.ours) / median(self.control)

    @property
    def spread(self) -> float:
        """Return how far the control's times lie apart, as a share of its median."""
        return (max(self.control) - min(self.control)) / median(self.control)

    @property
    def verdict(self) -> str:
        """Return whether the target was met, or that nothing can be said."""
        if self.spread > WIDE:
            return f"inconclusive: the control spreads over {self.spread:.0%}"
        return "met" if self.ratio <= self.at_most else "MISSED"

    def text(self) -> str:
        """Return the row as a line."""
        return (
            f"{self.what:<38}{self.engine:<12}{1000 * median(self.ours):>7.1f} ms"
            f"{1000 * median(self.control):>7.1f} ms{self.ratio:>8.2f}"
            f"{self.at_most:>9.1f}  {self.verdict}; {self.besides}"
        )


def head(what: str) -> str:
    """Return the headings of rows that hold ten times the work against once."""
    return (
        f"\n{what:<52}{'engine':<12}{'at 1':>12}{'at 10':>12}{'times':>8}{'at most':>9}"
        "  besides"
    )


@dataclass(frozen=True, slots=True)
class Growth:
    """One measure at one size and at ten times it, and the most the ratio may be."""

    what: str
    engine: str
    one: float
    ten: float
    at_most: float
    unit: str
    besides: str = ""

    def text(self) -> str:
        """Return the row as a line."""
        times = self.ten / self.one
        one, ten = (f"{each:.1f} {self.unit}" for each in (self.one, self.ten))
        verdict = "met" if times <= self.at_most else "MISSED"
        return (
            f"{self.what:<52}{self.engine:<12}{one:>12}{ten:>12}{times:>8.2f}"
            f"{self.at_most:>9.1f}  {verdict}; {self.besides}"
        )
