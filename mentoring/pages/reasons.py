"""Why a school is left out of the average, in a few words for lists."""

from collections.abc import Mapping

from results.figures.reasons import Reason

_LABELS: Mapping[str, str] = {
    Reason.NO_BASELINE: "No result for the year before it joined",
    Reason.BASELINE_SUPPRESSED: "First result hidden",
    Reason.LATEST_SUPPRESSED: "Latest result hidden",
    Reason.NOT_ENOUGH_YEARS: "No later result yet",
    Reason.JOINED_TOO_RECENTLY: "Joined too recently",
    Reason.DEFINITION_BREAK: "Years that cannot be compared",
    Reason.SMALL_COHORT: "Too few pupils",
    Reason.SCHOOL_CLOSED: "Closed before a later result",
    Reason.SCHOOL_SPLIT: "School was divided",
}


def reason_label(code: str) -> str:
    """Return the few words of a reason's code."""
    return _LABELS.get(code) or Reason(code).sentence
