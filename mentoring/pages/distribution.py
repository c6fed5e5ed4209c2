"""The scores of the counted schools as a picture, with the cut and its table."""

from mentoring.pages.eligibility import Facts, score_text
from mentoring.pages.parts import Chart, release_word
from results.charts.distribution import (
    Bar,
    Cut,
    Part,
    bars_of,
    distribution_chart,
    key,
)
from results.models import Measure

CHART = "distribution"
LEGEND: tuple[tuple[Part, str], ...] = (
    ("eligible", "In: at the cut or below"),
    ("near", "Near misses"),
    ("above", "Further above the cut"),
)


def distribution(
    facts: Facts,
    measure: Measure,
    year: int,
    source: str,
    *,
    tried: float | None = None,
) -> Chart | None:
    """Return the picture; None where no school is counted.

    `tried` is another cut to show beside the rule's.
    """
    if facts["cut"] is None:
        return None
    tally = [(score, schools) for score, schools in facts["tally"]]
    cut, near_top = facts["cut"], facts["near_top"]
    bars = bars_of(tally, cut, near_top, decimals=measure.decimals)
    cuts = [Cut(cut, "The rule\u2019s cut", "Cut")]
    if tried is not None:
        cuts.append(Cut(tried, "The cut you try", "Tried", is_tried=True))
    title = f"{facts['eligible']:,} of {facts['counted']:,} counted schools are in"
    summary = _summary(facts, measure, year, tried)
    wide, narrow = (
        distribution_chart(
            bars,
            cuts,
            title=title,
            description=summary,
            chart_id=CHART,
            axis=f"{measure} score",
            decimals=measure.decimals,
            is_signed=measure.minimum < 0,
            narrow=is_narrow,
        )
        for is_narrow in (False, True)
    )
    return Chart(
        title=title,
        summary=summary,
        wide=wide,
        narrow=narrow,
        notes=(),
        columns=["Score", "In", "Near misses", "Above"],
        rows=[_row(bar, measure) for bar in bars],
        source=f"{_left_out(facts)} {_release(facts)} {source}",
        legend=[(key(part, CHART), words) for part, words in LEGEND],
    )


def _summary(facts: Facts, measure: Measure, year: int, tried: float | None) -> str:
    """Return what the picture shows, in sentences."""
    said = (
        f"How many schools have which {measure} score in {year}. Schools at or below "
        f"{score_text(facts['cut'], measure)} are in; the {facts['near_misses']:,} "
        "just above it are near misses."
    )
    if tried is None:
        return said
    return f"{said} The dashed line is the cut you try, {score_text(tried, measure)}."


def _row(bar: Bar, measure: Measure) -> list[str]:
    """Return a bar as the table has it."""
    low, high = (score_text(each, measure) for each in (bar.low, bar.high))
    counts = (bar.eligible, bar.near, bar.above)
    return [f"above {low} to {high}", *(f"{count:,}" for count in counts)]


def _left_out(facts: Facts) -> str:
    """Return how many are not in the picture; their reasons stand below it."""
    left_out = sum(schools for _why, schools, _scored in facts["exclusions"])
    if not left_out:
        return "Every school with results is counted."
    are = "URN is" if left_out == 1 else "URNs are"
    return f"{left_out:,} {are} not counted and not drawn; the reasons stand below."


def _release(facts: Facts) -> str:
    words = release_word(facts["release"])
    return f"{words[0].upper()}{words[1:]} results."
