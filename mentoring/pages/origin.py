"""Where the gain comes from: England's own, a low start, what is left; in words."""

from collections.abc import Mapping
from typing import Any

from mentoring.pages.parts import Chart, release_word, span, unit_words
from results.charts.steps import Step, steps_chart
from results.figures.display import points, rounded, signed
from results.figures.origin import Origin, origin_of

Facts = Mapping[str, Any]
NOT_APART = "We cannot tell this part apart from no difference"


def origin_chart(facts: Facts) -> Chart | None:
    """Return the mean gain in its parts; None where England or similar ones lack."""
    origin = origin_in(facts)
    if origin is None:
        return None
    steps = steps_of(origin)
    verb = "gained" if origin.total >= 0 else "lost"
    total = f"The {facts['gain']['n_schools']:,} programme schools {verb}"
    words = {"title": title(origin), "description": summary(facts, origin)}
    wide, narrow = (
        steps_chart(steps, total, **words, chart_id="origin", narrow=is_narrow)
        for is_narrow in (False, True)
    )
    return Chart(
        title=words["title"],
        summary=words["description"],
        wide=wide,
        narrow=narrow,
        notes=(),
        columns=["Part of the gain", "Points a year", "Likely range (95%)"],
        rows=[
            *([step.words, signed(step.value), _range(step)] for step in steps),
            ["All of it", signed(origin.total), ""],
        ],
        source=source(facts, origin),
    )


def origin_in(facts: Facts) -> Origin | None:
    """Return the parts of the gain in the dashboard's facts, where all are known."""
    similar, england = facts.get("similar") or {}, facts.get("england") or {}
    if "difference" not in similar or "per_year" not in england:
        return None
    difference = (similar["difference"], similar["low"], similar["high"])
    return origin_of(facts["gain"]["per_year"], england["per_year"], difference)


def title(origin: Origin) -> str:
    """Return the finding: how much of the gain is beyond what others gained."""
    asked = f"Where the {'gain' if origin.total >= 0 else 'loss'} comes from"
    size = points(abs(origin.beyond))
    if not origin.is_told_apart:
        return f"{asked}: what England and similar schools gained may be all of it"
    if origin.beyond < 0:
        return f"{asked}: {size} points a year less than similar schools gained"
    return f"{asked}: {size} points a year are beyond what similar schools gained"


def steps_of(origin: Origin) -> list[Step]:
    """Return the three parts as steps, in words that fit their signs."""
    similar = "more" if origin.similar >= 0 else "less"
    beyond = "more" if origin.beyond >= 0 else "less"
    last = f"Programme schools gained {beyond} than those"
    if not origin.is_told_apart:
        last = f"Programme schools beyond those: {_lowered(NOT_APART)}"
    return [
        Step(
            f"England {'gained' if origin.england >= 0 else 'lost'}, the same years",
            origin.england,
            "england",
        ),
        Step(
            f"Similar schools that started as low gained {similar} than England",
            origin.similar,
            "similar",
        ),
        Step(
            last,
            origin.beyond,
            "programme",
            origin.low,
            origin.high,
            is_sure=origin.is_told_apart,
        ),
    ]


def summary(facts: Facts, origin: Origin) -> str:
    """Return what the picture shows, with the likely range of the last part."""
    unit = unit_words(is_share=facts["is_share"])
    likely = f"{signed(origin.low)} to {signed(origin.high)}"
    said = (
        f"The first bar is the whole, in {unit} a year. Those below are its parts, "
        "each from where the part above it ends. Schools that start low gain more than "
        "England without help, so what they gained is set apart. What is left is "
        f"{signed(origin.beyond)}, and its likely range (thin line) {likely}"
    )
    if origin.is_told_apart:
        return f"{said}, which does not reach zero."
    return f"{said}. {NOT_APART}, so its bar is drawn hollow."


def source(facts: Facts, origin: Origin) -> str:
    """Return the years, schools and release of the picture, and how it is rounded."""
    ours, similar = facts["gain"], facts["similar"]
    said = (
        f"{facts['measure_name']}; {span(ours['first_base'], ours['last'])}; "
        f"{release_word(facts['england']['label'])}. Similar schools: the "
        f"{similar['n_comparison']:,} entitled schools that never joined, as they "
        "would have gained from the same start."
    )
    shown = [origin.england, origin.similar, origin.beyond]
    if sum(rounded(each) for each in shown) != rounded(origin.total):
        said += " Parts are rounded and do not quite add up."
    return said


def _range(step: Step) -> str:
    if step.low is None or step.high is None:
        return ""
    return f"{signed(step.low)} to {signed(step.high)}"


def _lowered(words: str) -> str:
    return words[0].lower() + words[1:]
