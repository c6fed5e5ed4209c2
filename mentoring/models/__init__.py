"""The programme's nouns, one file each."""

from mentoring.models.area import Area
from mentoring.models.eligibility import (
    EligibilityEntry,
    EligibilityException,
    EligibilityList,
)
from mentoring.models.enrolment_set import EnrolmentSet
from mentoring.models.event import Event
from mentoring.models.event_reason import EventReason
from mentoring.models.membership import Membership
from mentoring.models.offer import Need, Offer
from mentoring.models.pairing import Pairing
from mentoring.models.pairing_query import PairingQuery
from mentoring.models.programme import Programme
from mentoring.models.saved_view import SavedView
from mentoring.models.staff_member import StaffMember
from mentoring.models.summary import (
    ImpactSummary,
    MenteeSummary,
    QuarterSummary,
    SchoolSummary,
)
from mentoring.models.support_day import SupportDay
from mentoring.models.term import Term
from mentoring.models.todo_note import TodoNote
from mentoring.models.worker import Worker

__all__ = [
    "Area",
    "EligibilityEntry",
    "EligibilityException",
    "EligibilityList",
    "EnrolmentSet",
    "Event",
    "EventReason",
    "ImpactSummary",
    "Membership",
    "MenteeSummary",
    "Need",
    "Offer",
    "Pairing",
    "PairingQuery",
    "Programme",
    "QuarterSummary",
    "SavedView",
    "SchoolSummary",
    "StaffMember",
    "SupportDay",
    "Term",
    "TodoNote",
    "Worker",
]
