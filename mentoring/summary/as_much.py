"""How many entitled schools that never joined did as well as each mentee."""

from collections.abc import Collection, Sequence

from mentoring.models import SchoolSummary
from mentoring.summary.held import Held
from mentoring.summary.similar import outside_gains
from results.figures.adjusted import FEWEST
from results.figures.placebo import placebo_share


def add_as_much(
    rows: Sequence[SchoolSummary],
    held: Held,
    mentees: Collection[int],
    *,
    min_analyse: int,
) -> None:
    """Add to each mentee's gain how many outside gained as much, and of how many.

    Those outside are the entitled schools of its wave that never were mentees, from
    the same base year to the latest one. Nothing is added where they are fewer than
    thirty, or where the mentee's own gain ends earlier.
    """
    whole = [
        row
        for row in rows
        if row.school_id in mentees
        and row.gain_a_year is not None
        and row.gain_last == held.latest_year
    ]
    bases = {row.gain_base for row in whole if row.gain_base is not None}
    outside = outside_gains(held, bases, mentees, min_analyse=min_analyse)
    for row in whole:
        theirs = outside[row.gain_base or 0]
        if len(theirs) >= FEWEST:
            found = placebo_share(row.gain_a_year or 0.0, theirs)
            row.gain["as_much"] = [found.at_least, found.of]
