"""Why a gain, a ratio or a comparison is not given, in words for a head teacher."""

from enum import StrEnum


class Reason(StrEnum):
    """The code kept beside a result that has no number. Never to be read as 0."""

    NO_BASELINE = "no_baseline"
    BASELINE_SUPPRESSED = "baseline_suppressed"
    LATEST_SUPPRESSED = "latest_suppressed"
    NOT_ENOUGH_YEARS = "not_enough_years"
    JOINED_TOO_RECENTLY = "joined_too_recently"
    DEFINITION_BREAK = "definition_break"
    SMALL_COHORT = "small_cohort"
    SCHOOL_CLOSED = "school_closed"
    SCHOOL_SPLIT = "school_split"
    TOO_FEW_SCHOOLS = "too_few_schools"
    NATIONAL_UNKNOWN = "national_unknown"
    NATIONAL_NEAR_ZERO = "national_near_zero"
    NATIONAL_NOT_POSITIVE = "national_not_positive"
    PROGRAMME_NOT_POSITIVE = "programme_not_positive"
    COMPARISON_TOO_SMALL = "comparison_too_small"

    @property
    def sentence(self) -> str:
        """Return the reason as a sentence for a page."""
        return _SENTENCES[self]


_SENTENCES = {
    Reason.NO_BASELINE: "There is no result for the year before the school joined.",
    Reason.BASELINE_SUPPRESSED: (
        "The result for the year before the school joined is hidden, because it "
        "describes only a few pupils."
    ),
    Reason.LATEST_SUPPRESSED: (
        "The latest result is hidden, because it describes only a few pupils."
    ),
    Reason.NOT_ENOUGH_YEARS: "There is no result yet for a later year to compare with.",
    Reason.JOINED_TOO_RECENTLY: (
        "The school joined too recently: its first exams in the programme are still "
        "to come."
    ),
    Reason.DEFINITION_BREAK: (
        "The two years were not measured in the same way, so they cannot be compared."
    ),
    Reason.SMALL_COHORT: (
        "Too few pupils took the exams in one of the two years for a fair comparison."
    ),
    Reason.SCHOOL_CLOSED: "The school closed before it had a later result.",
    Reason.SCHOOL_SPLIT: (
        "The school was divided, so its later results are not for the same pupils."
    ),
    Reason.TOO_FEW_SCHOOLS: "An average needs at least three schools.",
    Reason.NATIONAL_UNKNOWN: (
        "England's figure for one of the two years is not known, so there is nothing "
        "to compare with."
    ),
    Reason.NATIONAL_NEAR_ZERO: (
        "England hardly changed, so saying how many times faster the schools rose "
        "would mislead."
    ),
    Reason.NATIONAL_NOT_POSITIVE: (
        "England did not rise, so the gain cannot be given as a number of times the "
        "national average."
    ),
    Reason.PROGRAMME_NOT_POSITIVE: (
        "Programme schools did not rise, so the change cannot be given as a number "
        "of times the national average."
    ),
    Reason.COMPARISON_TOO_SMALL: (
        "There are too few similar schools outside the programme to compare with."
    ),
}
