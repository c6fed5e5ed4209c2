"""The words in which a published figure is keyed, as columns know them."""

from django.db import models


class Population(models.TextChoices):
    """Which pupils a figure counts. Never mixed in one comparison."""

    AGED_15 = "15-year-olds", "pupils aged 15"
    END_OF_KS4 = "end of KS4", "pupils at the end of key stage 4"


class Coverage(models.TextChoices):
    """Which schools a national figure counts. Never mixed in one comparison."""

    ALL = "all schools", "all schools"
    STATE = "state-funded", "state-funded schools"
    MAINTAINED = "maintained", "maintained schools"


class ReleaseStatus(models.IntegerChoices):
    """How far a publication had got. The highest is the current one."""

    PROVISIONAL = 1, "provisional"
    REVISED = 2, "revised"
    FINAL = 3, "final"


class MissingReason(models.TextChoices):
    """Why there is no value. Never stored as 0, never an unexplained blank."""

    SUPPRESSED = "suppressed", "Hidden by the publisher: few pupils"
    NO_ENTRIES = "no_entries", "No entries"
    NOT_APPLICABLE = "not_applicable", "Not applicable"
    NOT_PUBLISHED = "not_published", "Not published"
    LOW_COVERAGE = "low_coverage", "Too few pupils with a starting point"
    NEW_SCHOOL = "new_school", "New school"
    NOT_AVAILABLE = "not_available", "Not available"
    ROUNDS_TO_ZERO = "rounds_to_zero", "Rounds to zero but is not zero"
    UNRELIABLE = "unreliable", "Too unreliable to publish"
    BLANK = "blank", "The publisher says nothing"
