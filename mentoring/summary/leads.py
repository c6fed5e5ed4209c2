"""The lead mentor behind each school's gain: schools of one mentor move together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from mentoring.models import Pairing
from mentoring.steps.pairing import HELPED
from results.figures.timing import exam_years

Leads = Mapping[int, Sequence[tuple[date, int]]]
"""By mentee school: the first days of its leads' help, earliest first, and the mentor
school of each."""


def read_leads() -> Leads:
    """Return the leads under which help began, by the school that was helped."""
    rows = Pairing.objects.filter(area__is_lead=True, state__in=HELPED)
    columns = ("mentee__school_id", "started", "mentor__school_id")
    found: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for school, started, mentor in rows.order_by("started", "pk").values_list(*columns):
        found[school].append((started, mentor))
    return found


def lead_for(leads: Leads, school: int, year: int) -> int | None:
    """Return the school whose lead stood behind the exams of summer `year`.

    That is the last to have begun by then, as a joining counts for a summer: the lead
    in force, or where none was, the last the school had had. None where it had none.
    """
    begun = [
        mentor
        for started, mentor in leads.get(school, ())
        if exam_years(started).first <= year
    ]
    return begun[-1] if begun else None
