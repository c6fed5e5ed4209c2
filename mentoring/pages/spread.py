"""Every counted school's gain as a picture, with its table."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from mentoring.pages.parts import Chart, unit_words
from results.charts.swarm import (
    MOST,
    Bin,
    Dot,
    Level,
    bars_chart,
    bin_words,
    swarm_chart,
)
from results.figures.display import points, signed

Facts = Mapping[str, Any]
SCHOOL_PAGE = 10**9
"""A school's id that is replaced in an address; reversing once is enough."""


def spread_chart(facts: Facts) -> Chart | None:
    """Return the gains of the counted schools; None where no average is shown."""
    spread, ours = facts.get("spread"), facts["gain"]
    if not spread or "per_year" not in ours:
        return None
    bins = [Bin(*each) for each in spread["bins"]]
    levels = [Level(ours["per_year"], "Mean of programme schools", "programme", "Mean")]
    england = facts.get("england") or {}
    if "per_year" in england:
        levels.append(Level(england["per_year"], "England", "england", "England"))
    words = {"title": title(facts), "description": summary(facts)}
    wide, narrow = (
        _picture(spread, bins, levels, words, narrow=is_narrow)
        for is_narrow in (False, True)
    )
    return Chart(
        title=words["title"],
        summary=words["description"],
        wide=wide,
        narrow=narrow,
        notes=(),
        columns=["Points a year", "Schools"],
        rows=[[bin_words(each), f"{each.n_schools:,}"] for each in bins],
        source=(
            "One school\u2019s gain is noisy: with no programme at all about one in "
            "four schools of the bottom quarter rises by 7 points or more in a year. "
            "Do not read an order of schools from it."
        ),
    )


def _picture(
    spread: Facts,
    bins: list[Bin],
    levels: list[Level],
    words: Mapping[str, str],
    *,
    narrow: bool,
) -> str:
    """Return dots while there are no more than can be told apart, else bars."""
    if not spread["dots"]:
        return bars_chart(bins, levels, **words, chart_id="spread", narrow=narrow)
    page = reverse("school", kwargs={"pk": SCHOOL_PAGE})
    dots = [
        Dot(gain, name, page.replace(str(SCHOOL_PAGE), str(pk)))
        for gain, name, pk in spread["dots"]
    ]
    return swarm_chart(dots, levels, **words, chart_id="spread", narrow=narrow)


def title(facts: Facts) -> str:
    """Return the finding: how many gained, and how many did not."""
    gained, total = facts["spread"]["n_gained"], facts["counted"]
    return f"{gained:,} of {total:,} schools gained, and {total - gained:,} did not"


def summary(facts: Facts) -> str:
    """Return what the picture shows, in sentences."""
    is_dots = bool(facts["spread"]["dots"])
    drawn = (
        "Each dot is a school at its gain in"
        if is_dots
        else f"Each bar is a number of schools (above {MOST:,} they are not drawn one "
        "by one) by their gain in"
    )
    said = (
        f"{drawn} {unit_words(is_share=facts['is_share'])} a year. Their mean is "
        f"{signed(facts['gain']['per_year'])}"
    )
    england = facts.get("england") or {}
    if "per_year" in england:
        said += f"; England gained {signed(england['per_year'])} over the same years"
    similar = facts.get("similar") or {}
    share = similar.get("share_gained")
    if share is not None:
        said += (
            f". Of these schools "
            f"{points(100 * facts['spread']['n_gained'] / facts['counted'])}% gained, "
            f"and of similar schools outside the programme {points(100 * share)}%"
        )
    if "as_much" in similar:
        as_much, of = similar["as_much"]
        said += (
            f". {as_much:,} of the {of:,} similar schools gained at least as much as "
            "the mean of programme schools"
        )
    return f"{said}."
