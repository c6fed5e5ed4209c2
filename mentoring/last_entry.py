"""What somebody logged last, so that they need not say it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mentoring.models import Pairing, SupportDay
from mentoring.models.support_day import SupportDayQuerySet
from schools.models import User


@dataclass(frozen=True, slots=True)
class LastEntry:
    """The days of the last form that a person sent: one for each who came."""

    days: Sequence[SupportDay]

    @property
    def pairing(self) -> Pairing:
        """Return the pairing that it was logged for."""
        return self.days[0].pairing

    @property
    def words(self) -> str:
        """Return what it was: how long, of whom, and between which schools."""
        length = "a whole day" if self.is_whole else "half a day"
        people = " and ".join(day.giver.name for day in self.days)
        schools = f"{self.pairing.mentor.school} and {self.pairing.mentee.school}"
        return f"{length.capitalize()} of {people}, {schools}"

    @property
    def is_whole(self) -> bool:
        """Return whether they gave a whole day."""
        return self.days[0].is_whole


def last_entry(user: User, visible: SupportDayQuerySet, on: date) -> LastEntry | None:
    """Return what `user` logged last among `visible`; None for nothing.

    What was voided is not remembered, nor what is of a pairing long over on `on`.
    """
    pairings = Pairing.objects.to_log_on(on).values("pk")
    rows = visible.counted().filter(logged_by=user, pairing__in=pairings)
    visit = rows.order_by("-pk").values_list("visit", flat=True).first()
    if visit is None:
        return None
    days = rows.filter(visit=visit).with_all().order_by("pk")
    return LastEntry(list(days))
