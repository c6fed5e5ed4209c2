"""Another threshold in words: what it would let in beside the programme's rule."""

from collections.abc import Sequence
from dataclasses import dataclass

from mentoring.pages.eligibility import Facts, score_text
from results.figures.display import percent
from results.figures.threshold import at_or_below, cut_at
from results.models import Measure


@dataclass(frozen=True, slots=True)
class Between:
    """A school between the rule's cut and the one tried."""

    school: int
    urn: int
    score: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What another cut would let in; nothing of it is kept.

    `between` are the schools nearest the rule's cut of the `n_between` in between.
    """

    cut: float
    title: str
    sentence: str
    between_title: str
    between: Sequence[Between]
    n_between: int


def try_cut(
    facts: Facts, measure: Measure, *, share: int | None, cut: float | None
) -> Trial | None:
    """Return what `share` (per cent) or `cut` lets in; None where nothing is asked."""
    tally = [(score, schools) for score, schools in facts["tally"]]
    tried = cut_at(tally, share) if share is not None else cut
    if tried is None or facts["cut"] is None:
        return None
    inside, by_rule = at_or_below(tally, tried), facts["eligible"]
    more = inside - by_rule
    nearest = facts["above"] if more > 0 else facts["below"]
    between = [
        Between(school, urn, score_text(score, measure))
        for school, urn, score in nearest
        if (facts["cut"] < score <= tried if more > 0 else tried < score)
    ]
    asked = f"A share of {share}%" if share is not None else "This cut"
    return Trial(
        cut=tried,
        title=f"{asked} would let in {_schools(inside)}: {_beside(more, by_rule)}",
        sentence=(
            f"The cut would be {score_text(tried, measure)} instead of "
            f"{score_text(facts['cut'], measure)}; "
            f"{percent(100 * inside / facts['counted'])} of the {facts['counted']:,} "
            "counted schools, ties included."
        ),
        between_title=_between_title(more, len(between)),
        between=between,
        n_between=abs(more),
    )


def _schools(count: int) -> str:
    return "1 school" if count == 1 else f"{count:,} schools"


def _beside(more: int, by_rule: int) -> str:
    """Return the difference from the rule in words."""
    rule = f"the rule\u2019s {by_rule:,}"
    if more == 0:
        return f"exactly {rule}"
    return f"{_schools(abs(more))} {'more' if more > 0 else 'fewer'} than {rule}"


def _between_title(more: int, shown: int) -> str:
    """Return the heading of the schools in between, empty where there are none."""
    if more == 0:
        return ""
    would = "would come in as well" if more > 0 else "would no longer be in"
    said = f"{_schools(abs(more))} {would}"
    if shown < abs(more):
        return f"{said}; the {shown:,} nearest to the rule\u2019s cut"
    return said
