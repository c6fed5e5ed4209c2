"""The audit trail and the timeline: what was done, by whom, to what."""

from datetime import date
from typing import Any

from django.db import models

from schools.models import User


class Event(models.Model):
    """One action. It may be written and never changed.

    It stores ids, never a person's name or free text, so that a person can be
    erased. `happened_on` is when it took effect, `recorded_at` when it was entered.
    """

    who = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", help_text="None: a command."
    )
    verb = models.CharField(max_length=40)
    noun = models.CharField(max_length=40, help_text="The model's label.")
    noun_id = models.BigIntegerField()
    school_id = models.BigIntegerField(null=True, help_text="Whose timeline it is on.")
    other_school_id = models.BigIntegerField(
        null=True, help_text="Of a pairing the mentor, whose timeline it is on too."
    )
    happened_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    changes = models.JSONField(default=dict, help_text="Field: [before, after].")

    class Meta:
        indexes = [
            models.Index(fields=["noun", "noun_id"], name="event_by_noun"),
            models.Index(fields=["school_id"], name="event_by_school"),
            models.Index(fields=["other_school_id"], name="event_by_other_school"),
        ]

    @classmethod
    def of(
        cls,
        by: User | None,
        verb: str,
        noun: models.Model,
        *,
        on: date,
        school_id: int | None = None,
        other_school_id: int | None = None,
        changes: dict[str, Any] | None = None,
    ) -> "Event":
        """Return the event that `by` did `verb` to `noun` on `on`, not yet saved."""
        return cls(
            who=by,
            verb=verb,
            noun=noun._meta.label_lower,  # noqa: SLF001 -- Django's public-by-use API
            noun_id=noun.pk,
            school_id=school_id,
            other_school_id=other_school_id,
            happened_on=on,
            changes=changes or {},
        )

    @classmethod
    def record(
        cls,
        by: User | None,
        verb: str,
        noun: models.Model,
        *,
        on: date,
        school_id: int | None = None,
        other_school_id: int | None = None,
        changes: dict[str, Any] | None = None,
    ) -> "Event":
        """Write that `by` did `verb` to `noun`; call it in the action's transaction."""
        event = cls.of(
            by,
            verb,
            noun,
            on=on,
            school_id=school_id,
            other_school_id=other_school_id,
            changes=changes,
        )
        event.save(force_insert=True)
        return event
