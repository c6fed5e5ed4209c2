"""The lines of the register: an establishment has one URN for all its life."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from schools.constraints import not_before
from schools.models.authority import LocalAuthority
from schools.models.school import School


class EstablishmentQuerySet(models.QuerySet["Establishment"]):
    """The vocabulary of establishments."""

    def history_of(self, school: School) -> Self:
        """Keep a school's establishments, the oldest first, with what people see."""
        return (
            self.filter(school=school)
            .order_by(F("opened").asc(nulls_first=True), "urn")
            .only("name", "type_name", "origin", "opened", "closed", "status")
        )

    def closed_or_to_close(self) -> Self:
        """Keep the current ones that the register says are closed or are to close."""
        said = Q(status__startswith="Closed") | Q(status__contains="proposed to close")
        # Said as below and above, that an index passes over those that are simply open.
        not_open = Q(status__lt="Open") | Q(status__gt="Open")
        return self.filter(not_open, said, urn=F("school__urn"))


class Establishment(models.Model):
    """A line of the register. Its URN is its key, as it is everywhere else.

    The register's personal columns (heads' names, telephones) are never read.
    """

    class Origin(models.TextChoices):
        """How we know of it."""

        REGISTER = "register", "in the register"
        LINK = "link", "known only from a link"

    class TypeGroup(models.TextChoices):
        """The kinds of school that eligibility tells apart."""

        MAINTAINED = "maintained", "Local authority maintained"
        ACADEMY = "academy", "Academy or free school"
        CTC = "ctc", "City technology college"
        SPECIAL = "special", "Special school or pupil referral unit"
        INDEPENDENT = "independent", "Independent school"
        COLLEGE = "college", "College"
        OTHER = "other", "Other"
        UNKNOWN = "", "Not known"

    urn = models.PositiveIntegerField("URN", primary_key=True)
    school = models.ForeignKey(School, models.PROTECT, related_name="establishments")
    origin = models.CharField(max_length=8, choices=Origin)
    name = models.CharField(max_length=200)
    # Nothing looks for establishments by their authority: schools copy it.
    authority = models.ForeignKey(
        LocalAuthority, models.PROTECT, null=True, related_name="+", db_index=False
    )
    number = models.CharField(
        "establishment number",
        max_length=4,
        blank=True,
        help_text="Four figures, unique in its authority at one time.",
    )
    type_name = models.CharField("type", max_length=100, blank=True)
    type_group = models.CharField(max_length=12, choices=TypeGroup, blank=True)
    phase = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=40, blank=True)
    opened = models.DateField(null=True)
    closed = models.DateField(null=True)
    low_age = models.PositiveSmallIntegerField(null=True)
    high_age = models.PositiveSmallIntegerField(null=True)
    pupils = models.PositiveIntegerField(null=True, help_text="Pupils on roll.")
    percent_fsm = models.FloatField(
        "% eligible for free school meals", null=True, help_text="0 to 100."
    )
    town = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    easting = models.PositiveIntegerField(null=True, help_text="Metres, OSGB36.")
    northing = models.PositiveIntegerField(null=True, help_text="Metres, OSGB36.")

    objects = EstablishmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(urn__gte=100000, urn__lte=999999),
                name="%(app_label)s_%(class)s_urn_has_six_figures",
                violation_error_message="A URN has six figures.",
            ),
            models.CheckConstraint(
                condition=Q(percent_fsm__isnull=True)
                | Q(percent_fsm__gte=0, percent_fsm__lte=100),
                name="%(app_label)s_%(class)s_fsm_is_a_percentage",
                violation_error_message="A percentage lies between 0 and 100.",
            ),
            not_before("closed", "opened", "A school cannot close before it opens."),
        ]
        indexes = [
            # Those closed or to close are found in it without the rest of their lines.
            models.Index(
                fields=["status", "school", "urn"], name="establishment_by_status"
            ),
        ]

    def __str__(self) -> str:
        # A link may give no name: the URN stands for it, and once is enough.
        return self.name if self.is_unnamed else f"{self.name} ({self.urn})"

    @property
    def is_unnamed(self) -> bool:
        """Return whether no name is known, only that a link states this URN."""
        return self.name == f"URN {self.urn}"
