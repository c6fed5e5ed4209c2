"""A frozen list as a file. Its headers stay as they are: people build on them."""

from collections.abc import Iterator, Sequence

from mentoring.bottom_quarter import exclusion_sentence
from mentoring.exports.files import Cell
from mentoring.models import EligibilityEntry, EligibilityList
from mentoring.models.eligibility import EligibilityEntryQuerySet
from results.figures.figure import Missing

HEADERS = (
    "urn",
    "name",
    "standing",
    "score",
    "rank",
    "not_counted_because",
    "no_score_because",
    "cohort",
    "measure",
    "year",
    "release",
    "frozen_on",
)
COLUMNS = (
    "urn",
    "school__name",
    "standing",
    "value",
    "rank",
    "reason",
    "missing",
    "cohort",
)


def entry_rows(
    frozen: EligibilityList, entries: EligibilityEntryQuerySet
) -> Iterator[Sequence[Cell]]:
    """Yield a row of HEADERS for each of `entries`, in their order."""
    standings = dict(EligibilityEntry.Standing.choices)
    same = (
        frozen.measure_id,
        frozen.year,
        frozen.get_release_display(),
        frozen.frozen_on,
    )
    for (
        urn,
        name,
        standing,
        value,
        rank,
        reason,
        missing,
        cohort,
    ) in entries.values_list(*COLUMNS).iterator():
        yield (
            urn,
            name,
            str(standings[standing]),
            value,
            rank,
            exclusion_sentence(reason) if reason else None,
            Missing(missing).sentence if missing else None,
            cohort,
            *same,
        )
