"""What of the pairings that a role may open it sees, by date.

A director sees what fell on days on which a school was in the trust; everybody else
sees all of it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db.models import Q, Sum

from mentoring.models import Pairing, SupportDay
from mentoring.models.support_day import HALVES, SupportDayQuerySet
from schools.models import Role, TrustMembership


@dataclass(frozen=True, slots=True)
class Dates:
    """The days on which a role may look at schools.

    `spans` are first and last days, both included, by the id of a school; those of a
    school that is not among them are none. None: any day of any school.
    """

    spans: Mapping[int, Sequence[tuple[date, date]]] | None = None

    @classmethod
    def of(cls, role: Role | None) -> Self:
        """Return the days open to `role`, from one query where they are limited."""
        if role is None or role.kind not in Role.AT_A_TRUST:
            return cls()
        spans = defaultdict(list)
        held = TrustMembership.objects.filter(trust=role.trust_id)
        for school, first, last in held.values_list("school", "started", "ended"):
            spans[school].append((first or date.min, last or date.max))
        return cls(spans)

    def hold(self, day: date, *schools: int) -> bool:
        """Return whether `day` is one of those of any of `schools`, by their ids."""
        if self.spans is None:
            return True
        spans = (span for school in schools for span in self.spans.get(school, ()))
        return any(first <= day <= last for first, last in spans)


@dataclass(frozen=True, slots=True)
class Sight:
    """What a role sees of pairings that it may open.

    `halves` are the half days given and back that it sees of each pairing, by its id;
    a pairing without any is not among them. None: all that pairings keep.
    """

    dates: Dates
    halves: Mapping[int, tuple[int, int]] | None = None

    @classmethod
    def of(cls, role: Role | None, days: SupportDayQuerySet | None = None) -> Self:
        """Return what `role` sees; `days`, where they are known, are those it sees."""
        dates = Dates.of(role)
        if dates.spans is None:
            return cls(dates)
        if days is None:
            days = SupportDay.objects.visible_to(role)
        way, rows = SupportDay.Direction, days.counted().order_by().values("pairing")
        sums = rows.annotate(
            given=Sum(HALVES, filter=Q(direction=way.GIVEN), default=0),
            back=Sum(HALVES, filter=Q(direction=way.BACK), default=0),
        ).values_list("pairing", "given", "back")
        return cls(dates, {pk: (given, back) for pk, given, back in sums})

    @property
    def is_limited(self) -> bool:
        """Return whether there are days that the role may not look at."""
        return self.dates.spans is not None

    def holds(self, pairing: Pairing, day: date) -> bool:
        """Return whether what fell on `day` is seen of `pairing`."""
        schools = pairing.mentor.school_id, pairing.mentee.school_id
        return self.dates.hold(day, *schools)

    def halves_of(self, pairing: Pairing) -> tuple[int, int]:
        """Return the half days given and back that are seen of `pairing`."""
        if self.halves is None:
            return pairing.halves_given, pairing.halves_back
        return self.halves.get(pairing.pk, (0, 0))

    def tells_why(self, pairing: Pairing) -> bool:
        """Return whether what was said of the present state of `pairing` is seen."""
        return self.holds(pairing, pairing.since)
