"""Works out afresh every figure that pages read."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from mentoring.models import ImpactSummary, Membership, Programme, SchoolSummary
from mentoring.summary import impact
from mentoring.summary.cohort_change import Spread
from mentoring.summary.held import Held, read
from mentoring.summary.school import summarise
from schools.models import School


@transaction.atomic
def recompute(*, on: date) -> None:
    """Replace every summary by what the figures and memberships of `on` give.

    Call it in the transaction that changed what they rest on.
    """
    programme = Programme.the()
    held = read(programme)
    SchoolSummary.objects.all().delete()
    SchoolSummary.objects.bulk_create(school_summaries(programme, held), batch_size=500)
    ImpactSummary.objects.update_or_create(
        pk=ImpactSummary.ONLY_ID,
        defaults={
            "impact": impact.summarise(programme, held, on),
            "line": impact.shared_line(held),
            "computed_at": timezone.now(),
            "is_stale": False,
        },
    )


def school_summaries(programme: Programme, held: Held) -> list[SchoolSummary]:
    """Return a summary of every standing school, not yet saved."""
    joined: dict[int, date] = {}
    mentees = Membership.objects.mentees().order_by("-joined")
    for school, day in mentees.values_list("school_id", "joined"):
        joined[school] = day
    spread = Spread(held, [school for school in held.schools if school not in joined])
    return [
        summarise(
            held,
            spread,
            school,
            joined.get(school),
            min_analyse=programme.min_analyse,
            min_publish=programme.min_publish,
        )
        for school in School.objects.standing().values_list("pk", flat=True)
    ]
