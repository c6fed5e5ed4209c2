"""The smallest valid object of each kind. Bigger scenes are built through actions.

Call `.create(...)`, which has a type; give only what the test is about.
"""

# The declarations of factory-boy come without types.
# mypy: allow-untyped-calls

import gzip
from datetime import UTC, date, datetime
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from factory.declarations import (
    LazyAttribute,
    LazyFunction,
    SelfAttribute,
    Sequence,
    SubFactory,
)
from factory.django import DjangoModelFactory

from mentoring.models import (
    Area,
    EligibilityEntry,
    EligibilityException,
    EligibilityList,
    Event,
    EventReason,
    ImpactSummary,
    Membership,
    MenteeSummary,
    Need,
    Offer,
    Pairing,
    PairingQuery,
    Programme,
    QuarterSummary,
    SavedView,
    SchoolSummary,
    StaffMember,
    SupportDay,
    Term,
    TodoNote,
)
from results.models import (
    AreaFigure,
    Measure,
    MeasureBreak,
    NationalFigure,
    Result,
    ResultChange,
)
from results.models.choices import Coverage, Population, ReleaseStatus
from schools.models import (
    Establishment,
    EstablishmentLink,
    ImportChange,
    ImportRun,
    Invitation,
    LocalAuthority,
    Role,
    School,
    SchoolPredecessor,
    Succession,
    Trust,
    TrustMembership,
    Upload,
    UploadFile,
    User,
)
from schools.models.invitation import LASTS
from schools.models.school import searchable

LONG_AGO = date(2000, 1, 1)
MUCH_LATER = date(2007, 8, 31)
FAR_OFF = date(2099, 8, 31)
A_MOMENT = datetime(2006, 11, 20, 12, tzinfo=UTC)


class LocalAuthorityFactory(DjangoModelFactory[LocalAuthority]):
    class Meta:
        model = LocalAuthority
        django_get_or_create = ("code",)

    code = Sequence(lambda n: f"{n % 700 + 200}")
    name = LazyAttribute(lambda authority: f"Authority {authority.code}")
    region = "London"


class TrustFactory(DjangoModelFactory[Trust]):
    class Meta:
        model = Trust

    uid = Sequence(lambda n: 2000 + n)
    name = Sequence(lambda n: f"Trust {n}")


PASSWORD = "correct horse battery"


class UserFactory(DjangoModelFactory[User]):
    """A person whose password is PASSWORD."""

    class Meta:
        model = User

    email = Sequence(lambda n: f"person{n}@example.org")
    name = Sequence(lambda n: f"Person {n}")
    password = LazyFunction(lambda: make_password(PASSWORD))


class SchoolFactory(DjangoModelFactory[School]):
    """A school without a line of the register; see EstablishmentFactory."""

    class Meta:
        model = School

    name = Sequence(lambda n: f"School {n}")
    town = "Hackney"
    authority = SubFactory(LocalAuthorityFactory, code="204")
    urn = Sequence(lambda n: 200000 + n)
    search = LazyAttribute(
        lambda school: searchable(f"{school.name} {school.town} {school.urn}")
    )


class EstablishmentFactory(DjangoModelFactory[Establishment]):
    """The register's line of a school of its own, or of `school`."""

    class Meta:
        model = Establishment

    school = SubFactory(SchoolFactory)
    urn = SelfAttribute("school.urn")
    origin = Establishment.Origin.REGISTER
    name = SelfAttribute("school.name")
    authority = SelfAttribute("school.authority")
    type_group = Establishment.TypeGroup.MAINTAINED


class EstablishmentLinkFactory(DjangoModelFactory[EstablishmentLink]):
    class Meta:
        model = EstablishmentLink

    predecessor = SubFactory(EstablishmentFactory)
    successor = SubFactory(EstablishmentFactory)
    kind = EstablishmentLink.Kind.SUCCESSION


class SuccessionFactory(DjangoModelFactory[Succession]):
    """One that waits, because the link is a merger."""

    class Meta:
        model = Succession

    link = SubFactory(EstablishmentLinkFactory)
    state = Succession.State.WAITING
    doubt = Succession.Doubt.MERGER
    case = LazyAttribute(lambda succession: succession.link.pk)


class SchoolPredecessorFactory(DjangoModelFactory[SchoolPredecessor]):
    class Meta:
        model = SchoolPredecessor

    succession = SubFactory(SuccessionFactory)
    school = LazyAttribute(lambda row: row.succession.link.successor.school)
    predecessor = LazyAttribute(lambda row: row.succession.link.predecessor.school)
    kind = SchoolPredecessor.Kind.MERGER


class TrustMembershipFactory(DjangoModelFactory[TrustMembership]):
    class Meta:
        model = TrustMembership

    school = SubFactory(SchoolFactory)
    trust = SubFactory(TrustFactory)
    started = date(2003, 9, 1)


class RoleFactory(DjangoModelFactory[Role]):
    """Programme staff; name `school` or `trust` for a kind that belongs to one.

    A delegate may do all that delegates may, for as long as any test lasts.
    """

    class Meta:
        model = Role

    user = SubFactory(UserFactory)
    kind = Role.Kind.STAFF
    scope = LazyAttribute(
        lambda role: Role.Scope.CONFIRM if role.kind == Role.Kind.DELEGATE else ""
    )
    started = LONG_AGO
    ended = LazyAttribute(
        lambda role: FAR_OFF if role.kind == Role.Kind.DELEGATE else None
    )


class InvitationFactory(DjangoModelFactory[Invitation]):
    """An evaluator who is invited just now; name `school` or `trust` for others."""

    class Meta:
        model = Invitation

    email = Sequence(lambda n: f"invited{n}@example.org")
    name = Sequence(lambda n: f"Invited {n}")
    kind = Role.Kind.EVALUATOR
    made_at = LazyFunction(timezone.now)
    token_hash = Sequence(lambda n: f"{n:064x}")
    expires_at = LazyAttribute(lambda invitation: invitation.made_at + LASTS)


class ImportRunFactory(DjangoModelFactory[ImportRun]):
    class Meta:
        model = ImportRun

    kind = ImportRun.Kind.RESULTS
    file_name = Sequence(lambda n: f"results-{n}.csv")
    sha256 = Sequence(lambda n: f"{n:064x}")
    started_at = A_MOMENT
    ended_at = A_MOMENT


class ImportChangeFactory(DjangoModelFactory[ImportChange]):
    """A school that an import added."""

    class Meta:
        model = ImportChange

    run = SubFactory(ImportRunFactory)
    noun = "schools.school"
    key = Sequence(str)


class UploadFactory(DjangoModelFactory[Upload]):
    """Sent, and not yet read."""

    class Meta:
        model = Upload

    by = SubFactory(UserFactory)
    sent_at = A_MOMENT


class UploadFileFactory(DjangoModelFactory[UploadFile]):
    class Meta:
        model = UploadFile

    upload = SubFactory(UploadFactory)
    position = 0
    name = "results.csv"
    sha256 = Sequence(lambda n: f"{n:064x}")
    size = 16
    lines = 2
    content = gzip.compress(b"urn,role,joined\n", mtime=0)
    is_packed_here = True


class MeasureFactory(DjangoModelFactory[Measure]):
    """The measure with this code, made where the reference data lack it."""

    class Meta:
        model = Measure
        django_get_or_create = ("code",)

    code = "95EM"
    name = SelfAttribute("code")
    short_name = SelfAttribute("code")
    unit = Measure.Unit.PERCENT
    family = Measure.Family.THRESHOLD
    first_year = 1900
    minimum = 0.0
    maximum = 100.0
    decimals = 0


class MeasureBreakFactory(DjangoModelFactory[MeasureBreak]):
    class Meta:
        model = MeasureBreak

    year = 1950
    name = Sequence(lambda n: f"Break {n}")
    kind = MeasureBreak.Kind.CAUTION
    applies = MeasureBreak.Applies.CROSSING
    sentence = "The examinations changed."


class NationalFigureFactory(DjangoModelFactory[NationalFigure]):
    """A figure of a year before any in the reference data."""

    class Meta:
        model = NationalFigure

    measure = SubFactory(MeasureFactory)
    year = Sequence(lambda n: 1000 + n)
    population = Population.END_OF_KS4
    coverage = Coverage.ALL
    release = ReleaseStatus.FINAL
    basis = NationalFigure.Basis.PUBLISHED
    value = 50.0
    source = "A test."


class AreaFigureFactory(DjangoModelFactory[AreaFigure]):
    class Meta:
        model = AreaFigure

    authority = SubFactory(LocalAuthorityFactory)
    region = ""
    measure = SubFactory(MeasureFactory)
    year = 2005
    population = Population.END_OF_KS4
    coverage = Coverage.STATE
    release = ReleaseStatus.FINAL
    value = 53.6
    source = "A statistical first release"


class ResultFactory(DjangoModelFactory[Result]):
    """Half of a hundred pupils, final."""

    class Meta:
        model = Result

    establishment = SubFactory(EstablishmentFactory)
    measure = SubFactory(MeasureFactory)
    year = 2006
    population = Population.END_OF_KS4
    release = ReleaseStatus.FINAL
    value = 50.0
    number = 50
    cohort = 100
    run = SubFactory(ImportRunFactory)


class ResultChangeFactory(DjangoModelFactory[ResultChange]):
    class Meta:
        model = ResultChange

    result = SubFactory(ResultFactory)
    run = SelfAttribute("result.run")
    before: dict[str, object] = {}
    after: dict[str, object] = {}


class ProgrammeFactory(DjangoModelFactory[Programme]):
    class Meta:
        model = Programme
        django_get_or_create = ("id",)

    id = Programme.ONLY_ID
    headline_measure = SubFactory(MeasureFactory)
    eligibility_measure = SubFactory(
        MeasureFactory,
        code="P8",
        unit=Measure.Unit.SCORE,
        family=Measure.Family.VALUE_ADDED,
        minimum=-10.0,
        maximum=10.0,
    )


class MembershipFactory(DjangoModelFactory[Membership]):
    """A mentee since 2004; the school has its line of the register."""

    class Meta:
        model = Membership

    school = LazyFunction(lambda: EstablishmentFactory.create().school)
    role = Membership.Role.MENTEE
    joined = date(2004, 9, 1)
    left: date | None = None
    state = LazyAttribute(lambda one: "withdrawn" if one.left else "active")
    since = LazyAttribute(lambda one: one.left or one.joined)
    reason = LazyAttribute(
        lambda one: (
            "It closed." if one.state in {"withdrawn", "paused", "declined"} else ""
        )
    )


class AreaFactory(DjangoModelFactory[Area]):
    class Meta:
        model = Area

    name = Sequence(lambda n: f"Area {n}")


class StaffMemberFactory(DjangoModelFactory[StaffMember]):
    class Meta:
        model = StaffMember

    school = SubFactory(SchoolFactory)
    name = Sequence(lambda n: f"Colleague {n}")
    post = "Head of mathematics"


class NeedFactory(DjangoModelFactory[Need]):
    class Meta:
        model = Need

    mentee = SubFactory(MembershipFactory)
    area = SubFactory(AreaFactory)
    priority = Need.Priority.HIGH


class OfferFactory(DjangoModelFactory[Offer]):
    class Meta:
        model = Offer

    mentor = SubFactory(MembershipFactory, role=Membership.Role.MENTOR)
    area = SubFactory(AreaFactory)
    strength = Offer.Strength.LEADS


class TermFactory(DjangoModelFactory[Term]):
    class Meta:
        model = Term

    name = "Autumn term"
    started = date(2006, 9, 4)
    ended = date(2006, 12, 20)


class PairingFactory(DjangoModelFactory[Pairing]):
    """Help since October 2004 that goes on, in an area of its own."""

    class Meta:
        model = Pairing

    mentor = SubFactory(MembershipFactory, role=Membership.Role.MENTOR, places=30)
    mentee = SubFactory(MembershipFactory)
    area = SubFactory(AreaFactory)
    started = date(2004, 10, 1)
    ended: date | None = None
    state = LazyAttribute(lambda one: "ended" if one.ended else "active")
    since = LazyAttribute(lambda one: one.ended or one.started)
    asked_on = LazyAttribute(lambda one: one.started)
    answer_by = LazyAttribute(
        lambda one: date(2006, 12, 4) if one.state == "proposed" else None
    )
    reason = LazyAttribute(
        lambda one: (
            "It was agreed."
            if one.state in {"paused", "declined", "called off", "ended"}
            else ""
        )
    )


class PairingQueryFactory(DjangoModelFactory[PairingQuery]):
    class Meta:
        model = PairingQuery

    pairing = SubFactory(PairingFactory)
    school = LazyAttribute(lambda one: one.pairing.mentee.school)
    asked_on = date(2006, 11, 13)
    words = "Help began a week later."


class TodoNoteFactory(DjangoModelFactory[TodoNote]):
    class Meta:
        model = TodoNote

    kind = "no_visit"
    noun_id = Sequence(lambda n: n + 1)


class SupportDayFactory(DjangoModelFactory[SupportDay]):
    """A morning that somebody of the mentor school gave."""

    class Meta:
        model = SupportDay

    pairing = SubFactory(PairingFactory)
    given_on = date(2006, 11, 6)
    first_half = True
    second_half = False
    direction = SupportDay.Direction.GIVEN
    giver = LazyAttribute(
        lambda one: StaffMemberFactory.create(
            school=(
                one.pairing.mentor if one.direction == "given" else one.pairing.mentee
            ).school
        )
    )
    area = LazyAttribute(lambda one: one.pairing.area)
    visit = LazyFunction(uuid4)
    logged_by = SubFactory(UserFactory)
    logged_for = LazyAttribute(lambda one: one.giver.school)
    logged_on = LazyAttribute(lambda one: one.given_on)
    queried_on: date | None = None
    queried_for = LazyAttribute(
        lambda one: one.pairing.mentee.school if one.queried_on else None
    )


class EligibilityListFactory(DjangoModelFactory[EligibilityList]):
    class Meta:
        model = EligibilityList

    measure = SubFactory(MeasureFactory)
    year = 2004
    release = ReleaseStatus.FINAL
    frozen_on = date(2005, 1, 10)
    rule = "The lowest quarter of the schools counted."
    cut = 30.0
    with_value = 4
    counted = 4
    eligible = 1
    tied = 1


class EligibilityEntryFactory(DjangoModelFactory[EligibilityEntry]):
    class Meta:
        model = EligibilityEntry

    list = SubFactory(EligibilityListFactory)
    school = SubFactory(SchoolFactory)
    urn = SelfAttribute("school.urn")
    standing = EligibilityEntry.Standing.ELIGIBLE
    value = 25.0
    rank = 1


class EligibilityExceptionFactory(DjangoModelFactory[EligibilityException]):
    class Meta:
        model = EligibilityException

    school = SubFactory(SchoolFactory)
    why = "It asked for help after a fire."
    granted_on = date(2005, 1, 10)


class EventFactory(DjangoModelFactory[Event]):
    class Meta:
        model = Event

    verb = "joined"
    noun = "mentoring.membership"
    noun_id = 1
    happened_on = date(2004, 9, 1)


class EventReasonFactory(DjangoModelFactory[EventReason]):
    class Meta:
        model = EventReason

    event = SubFactory(EventFactory)
    text = "It closed."


class SchoolSummaryFactory(DjangoModelFactory[SchoolSummary]):
    class Meta:
        model = SchoolSummary

    school = SubFactory(SchoolFactory)


class MenteeSummaryFactory(DjangoModelFactory[MenteeSummary]):
    """A school left out of the average; name `gain_a_year` and `last` for one in it."""

    class Meta:
        model = MenteeSummary

    school = SubFactory(SchoolFactory)
    joined = date(2003, 9, 1)
    base = 2003
    reason = LazyAttribute(lambda one: "" if one.last else "no_baseline")


class ImpactSummaryFactory(DjangoModelFactory[ImpactSummary]):
    class Meta:
        model = ImpactSummary

    computed_at = A_MOMENT


class QuarterSummaryFactory(DjangoModelFactory[QuarterSummary]):
    """A preview of one year, without facts."""

    class Meta:
        model = QuarterSummary

    key = LazyAttribute(lambda one: f"{one.measure.code} {one.year}")
    measure = SubFactory(MeasureFactory)
    year = 2004


class SavedViewFactory(DjangoModelFactory[SavedView]):
    class Meta:
        model = SavedView

    owner = SubFactory(UserFactory)
    page = SavedView.Page.SCHOOLS
    name = Sequence(lambda n: f"View {n}")
    query = "region=North"
