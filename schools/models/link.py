"""What the register says of which establishment became which."""

from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q

from schools.models.establishment import Establishment
from schools.models.school import School


class EstablishmentLinkQuerySet(models.QuerySet["EstablishmentLink"]):
    """The vocabulary of links."""

    def waiting_for(self, school: School | OuterRef) -> Self:
        """Keep the links of a school that nobody has decided on yet."""
        return (
            self.filter(
                Q(predecessor__school=school) | Q(successor__school=school),
                succession__state="waiting",
            )
            .select_related("predecessor", "successor", "succession")
            .only(
                *("kind", "predecessor__name", "successor__name"),
                *("succession__doubt", "succession__case"),
            )
        )


class EstablishmentLink(models.Model):
    """One link from a predecessor to its successor.

    The register states most links from both sides; they are one row here. Where the
    two dates differ the predecessor line's counts. A date of None is "date unknown".
    """

    class Kind(models.TextChoices):
        """What the register calls the link, its two directions joined."""

        SUCCESSION = "succession", "became"
        MERGER = "merger", "merged into"
        AMALGAMATION = "amalgamation", "amalgamated into"
        SPLIT = "split", "split into"

    predecessor = models.ForeignKey(
        Establishment, models.PROTECT, related_name="links_on"
    )
    successor = models.ForeignKey(
        Establishment, models.PROTECT, related_name="links_back"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    date = models.DateField(null=True)

    objects = EstablishmentLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "kind"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="This link is already recorded.",
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="%(app_label)s_%(class)s_joins_two",
                violation_error_message="An establishment cannot succeed itself.",
            ),
        ]
