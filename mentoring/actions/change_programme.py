"""Changes the programme's settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models, transaction

from mentoring import policies
from mentoring.actions.keep import keep
from mentoring.actions.mark_stale import mark_stale
from mentoring.models import Event, Programme
from schools.models import User

SETTINGS = (
    "name",
    "headline_measure",
    "population",
    "coverage",
    "eligibility_measure",
    "grant_pence",
    "guideline_days",
    "least_days_each",
    "most_days_each",
    "ceiling_days_each",
    "days_to_answer",
    "days_to_confirm",
    "min_publish",
    "min_analyse",
    "min_rank",
)
"""What may be changed. The demonstration's day is not among them."""

NO_FIGURE_RESTS_ON = frozenset(each for each in SETTINGS if "days" in each)
"""Days of support and days to answer: they are in no figure that is worked out."""


@dataclass(frozen=True, slots=True)
class ProgrammeChange:
    """The programme as it now is, and the names of the settings that changed."""

    programme: Programme
    changed: tuple[str, ...]

    @property
    def moves_figures(self) -> bool:
        """Return whether figures rest on what changed."""
        return bool(set(self.changed) - NO_FIGURE_RESTS_ON)


@transaction.atomic
def change_programme(
    *, settings: Mapping[str, Any], by: User | None, on: date
) -> ProgrammeChange:
    """Give the programme new `settings`, a value for some or all of `SETTINGS`.

    Money is in whole pence. Settings that are as they were are left out of the event;
    when none differs nothing is written. Raises ValidationError by field, and
    ValueError for a setting there is none of.
    """
    unknown = set(settings) - set(SETTINGS)
    if unknown:
        raise ValueError(f"There is no setting {', '.join(sorted(unknown))}.")
    Programme.the()
    programme = Programme.objects.select_for_update().get(pk=Programme.ONLY_ID)
    changes: dict[str, list[object]] = {}
    for name, value in settings.items():
        before = getattr(programme, name)
        if before != value:
            changes[name] = [_stored(before), _stored(value)]
            setattr(programme, name, value)
    if changes:
        policies.check_measures(
            programme.headline_measure, programme.eligibility_measure
        )
        policies.check_days(programme)
        keep(programme)
        Event.record(by, "changed the settings", programme, on=on, changes=changes)
    done = ProgrammeChange(programme, tuple(changes))
    if done.moves_figures:
        mark_stale()
    return done


def _stored(value: object) -> object:
    """Return `value` as an event keeps it: a row by its id."""
    return value.pk if isinstance(value, models.Model) else value
