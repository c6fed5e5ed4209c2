"""Which school continues which: what was decided, and what waits for a person."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from schools.models.link import EstablishmentLink
from schools.models.school import School
from schools.models.user import User


class SuccessionQuerySet(models.QuerySet["Succession"]):
    """The vocabulary of successions."""

    def waiting(self) -> Self:
        """Keep what nobody has decided on."""
        return self.filter(state=Succession.State.WAITING)

    def with_ends(self) -> Self:
        """Add the two establishments and their schools."""
        return self.select_related(
            "link__predecessor__school", "link__successor__school", "decided_by"
        )

    def decided_with(self, succession: "Succession") -> Self:
        """Keep `succession` and what else a person decided of its case."""
        people = Q(decided_by__isnull=False) & ~Q(state=Succession.State.WAITING)
        return self.filter(case=succession.case).filter(Q(pk=succession.pk) | people)

    def in_case(self, case: int) -> Self:
        """Keep the successions that are decided together, the oldest link first."""
        return self.filter(case=case).order_by("link__date", "link_id")


class Succession(models.Model):
    """The decision about one link.

    A plain one-to-one link is accepted by rule; anything in doubt waits, and its
    schools stay as they are. Links that share an establishment are one `case`, named
    by the lowest link among them, and are looked at together.
    """

    class State(models.TextChoices):
        """What was decided. Only what was accepted has moved establishments."""

        ACCEPTED = "accepted", "One school continues the other"
        WAITING = "waiting", "Waiting for a decision"
        MERGER = "merger", "Merger: the new school keeps its predecessors' record"
        SPLIT = "split", "Split: several schools came from one"
        APART = "apart", "Different schools"

    class Doubt(models.TextChoices):
        """Why a person must decide."""

        NONE = "", "None"
        SEVERAL_SUCCESSORS = "several_successors", "it has several successors"
        SEVERAL_PREDECESSORS = "several_predecessors", "several schools became one"
        MERGER = "merger", "the register calls it a merger or a split"
        STILL_OPEN = "still_open", "the register says the predecessor is still open"
        BOTH_IN_PROGRAMME = "both_in_programme", "both schools are in the programme"
        CIRCLE = "circle", "the links run in a circle"
        UNDONE = "undone", "a decision was taken back"

    link = models.OneToOneField(
        EstablishmentLink, models.PROTECT, related_name="succession"
    )
    state = models.CharField(max_length=8, choices=State)
    doubt = models.CharField(max_length=20, choices=Doubt, blank=True)
    emptied = models.ForeignKey(
        School,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="The school whose establishments moved.",
    )
    survivor = models.ForeignKey(
        School,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="The school they moved to.",
    )
    moved_urns = models.JSONField(default=list, help_text="The URNs that moved.")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", help_text="None: the rule."
    )
    reason = models.CharField("why", max_length=300, blank=True)
    case = models.BigIntegerField(db_index=True, help_text="The case's lowest link.")

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", doubt__gt="", decided_at__isnull=True)
                | Q(state="accepted", doubt="", decided_at__isnull=False)
                | Q(state__in=["merger", "split", "apart"], decided_at__isnull=False),
                name="%(app_label)s_%(class)s_waits_for_a_stated_doubt",
                violation_error_message=(
                    "A succession is decided, with its time, or waits and says why."
                ),
            ),
        ]


class SchoolPredecessorQuerySet(models.QuerySet["SchoolPredecessor"]):
    """The vocabulary of mergers and splits."""

    def of_school(self, school: School | models.OuterRef) -> Self:
        """Keep those that `school` came from or went into.

        The establishments tell: where either school goes on as another today, its
        record goes with them.
        """
        return self.filter(
            Q(succession__link__successor__school=school)
            | Q(succession__link__predecessor__school=school)
        )


class SchoolPredecessor(models.Model):
    """A school that one or more others merged into, or that was split off another.

    Establishments stay where they are. A merged school's earlier figures are the sums
    of its predecessors'; a school split off has none.
    """

    class Kind(models.TextChoices):
        """How the school came from the other."""

        MERGER = "merger", "merged into"
        SPLIT = "split", "split off as"

    school = models.ForeignKey(School, models.PROTECT, related_name="predecessors")
    predecessor = models.ForeignKey(School, models.PROTECT, related_name="successors")
    kind = models.CharField(max_length=6, choices=Kind)
    date = models.DateField(null=True, help_text="None: not known.")
    succession = models.OneToOneField(
        Succession, models.CASCADE, related_name="recorded"
    )

    objects = SchoolPredecessorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "predecessor"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="This predecessor is already recorded.",
            ),
            # After the rule above, whose columns, which SQLite names, include this.
            models.UniqueConstraint(
                fields=["predecessor"],
                condition=Q(kind="merger"),
                name="%(app_label)s_%(class)s_merges_once",
                violation_error_message=(
                    "This school's pupils are counted in another merger already. "
                    "Record a split for a school that went into several."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(school=F("predecessor")),
                name="%(app_label)s_%(class)s_joins_two",
                violation_error_message="A school cannot be its own predecessor.",
            ),
        ]
