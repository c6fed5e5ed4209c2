"""What a school says is wrong about a pairing that somebody recorded of it."""

from typing import Self

from django.db import models
from django.db.models import Q

from mentoring.models.pairing import Pairing
from schools.constraints import not_before
from schools.models import School, User


class PairingQueryQuerySet(models.QuerySet["PairingQuery"]):
    """The vocabulary of queries."""

    def open(self) -> Self:
        """Keep those that programme staff have not answered."""
        return self.filter(answered_on__isnull=True)


class PairingQuery(models.Model):
    """A question of one of the two schools, and the programme's answer to it.

    A school has one open query of a pairing at a time.
    """

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="queries")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", help_text="Who asked."
    )
    asked_on = models.DateField()
    words = models.CharField(max_length=500)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.CharField(max_length=500, blank=True)

    objects = PairingQueryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pairing", "school"],
                condition=Q(answered_on__isnull=True),
                name="%(app_label)s_%(class)s_one_open_a_school",
                violation_error_message=(
                    "Your school has a query of this pairing that waits for an answer."
                ),
            ),
            models.CheckConstraint(
                condition=Q(words__gt=""),
                name="%(app_label)s_%(class)s_says_what",
                violation_error_message="Say what is wrong.",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer="")
                | Q(answered_on__isnull=False, answer__gt=""),
                name="%(app_label)s_%(class)s_answer_has_words_and_a_day",
                violation_error_message="Write an answer.",
            ),
            not_before(
                "answered_on", "asked_on", "Nobody answers before they are asked."
            ),
        ]

    def __str__(self) -> str:
        return f"Query of {self.school} about pairing {self.pairing_id}"
