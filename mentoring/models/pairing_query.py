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
        """Keep those that were neither answered nor taken back."""
        return self.filter(answered_on__isnull=True, withdrawn_on__isnull=True)


class PairingQuery(models.Model):
    """A question of one of the two schools, and the programme's answer to it.

    A school has one open query of a pairing at a time, and can take it back until it is
    answered.
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
    withdrawn_on = models.DateField(
        null=True, blank=True, help_text="The day the school took it back."
    )

    objects = PairingQueryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pairing", "school"],
                condition=Q(answered_on__isnull=True, withdrawn_on__isnull=True),
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
            not_before(
                "withdrawn_on", "asked_on", "A query is taken back once it was asked."
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(withdrawn_on__isnull=True),
                name="%(app_label)s_%(class)s_is_answered_or_taken_back",
                violation_error_message="What was taken back is not answered.",
            ),
        ]

    def __str__(self) -> str:
        return f"Query of {self.school} about pairing {self.pairing_id}"

    @property
    def is_open(self) -> bool:
        """Return whether it was neither answered nor taken back."""
        return self.answered_on is None and self.withdrawn_on is None
