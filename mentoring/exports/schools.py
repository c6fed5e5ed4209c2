"""The list of schools as a file. Its headers stay as they are: people build on them."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from mentoring.exports.files import Cell
from mentoring.models import Membership
from results.figures.figure import Missing
from results.figures.reasons import Reason
from results.models.choices import ReleaseStatus
from schools.models import School, TrustMembership

GAINS = (
    "points_a_year",
    "points_a_year_from",
    "points_a_year_to",
    "points_a_year_missing_because",
)
"""The last columns, for those who may take every school's gain."""

HEADERS = (
    "urn",
    "name",
    "town",
    "local_authority_code",
    "local_authority",
    "region",
    "phase",
    "kind",
    "status",
    "trust",
    "mentee_since",
    "mentor_since",
    "latest_measure",
    "latest_year",
    "latest_release",
    "latest_value",
    "latest_value_missing_because",
    *GAINS,
)
DECIMALS = 4
"""More than anybody publishes, and no noise of computing."""

COLUMNS = (
    "pk",
    "urn",
    "name",
    "town",
    "authority_id",
    "authority__name",
    "authority__region",
    "phase",
    "type_group",
    "status",
    "summary__latest_measure",
    "summary__latest_year",
    "summary__latest_release",
    "summary__latest_value",
    "summary__latest_reason",
    "summary__gain_a_year",
    "summary__gain_base",
    "summary__gain_last",
    "summary__gain_reason",
)


def school_rows(schools: QuerySet[School, Any], day: date) -> Iterator[Sequence[Cell]]:
    """Yield a row of HEADERS for each of `schools`, in their order; roles on `day`."""
    trusts: dict[int, list[str]] = {}
    live = TrustMembership.objects.live_on(day).order_by("trust__name")
    for school, trust in live.values_list("school_id", "trust__name"):
        trusts.setdefault(school, []).append(trust)
    roles: dict[tuple[int, str], date | None] = {}
    joined = Membership.objects.live_on(day)
    for school, role, since in joined.values_list("school_id", "role", "joined"):
        roles[school, role] = since
    for (
        pk,
        *place,
        measure,
        year,
        release,
        value,
        missing,
        gain,
        base,
        last,
        why,
    ) in schools.values_list(*COLUMNS).iterator():
        yield (
            *place,
            "; ".join(trusts.get(pk, ())),
            roles.get((pk, "mentee")),
            roles.get((pk, "mentor")),
            measure,
            year,
            ReleaseStatus(release).label if release else None,
            None if value is None else round(value, DECIMALS),
            Missing(missing).sentence if missing else None,
            None if gain is None else round(gain, DECIMALS),
            base,
            last,
            Reason(why).sentence if why else None,
        )
