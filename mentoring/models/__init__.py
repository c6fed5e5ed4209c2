"""The programme's nouns, one file each."""

from mentoring.models.eligibility import (
    EligibilityEntry,
    EligibilityException,
    EligibilityList,
)
from mentoring.models.enrolment_set import EnrolmentSet
from mentoring.models.event import Event
from mentoring.models.event_reason import EventReason
from mentoring.models.membership import Membership
from mentoring.models.programme import Programme
from mentoring.models.saved_view import SavedView
from mentoring.models.summary import (
    ImpactSummary,
    MenteeSummary,
    QuarterSummary,
    SchoolSummary,
)
from mentoring.models.worker import Worker

__all__ = [
    "EligibilityEntry",
    "EligibilityException",
    "EligibilityList",
    "EnrolmentSet",
    "Event",
    "EventReason",
    "ImpactSummary",
    "Membership",
    "MenteeSummary",
    "Programme",
    "QuarterSummary",
    "SavedView",
    "SchoolSummary",
    "Worker",
]
