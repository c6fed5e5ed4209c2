"""Schools as people know them, whatever URNs they have had."""

import unicodedata
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.urls import reverse

from schools.models.authority import LocalAuthority
from schools.models.expressions import Holds

LONGEST_SEARCH = 100
"""Characters that anybody searches for; databases refuse very long patterns."""
FEW = 0x3000
"""Code points that names in any alphabet consist of."""


def searchable(text: str) -> str:
    """Return `text` as it is searched: no accents, case, apostrophes or punctuation.

    "St Thomas à Becket's" becomes "st thomas a beckets", and "Saint" becomes "st".
    """
    words = unicodedata.normalize("NFKD", text.casefold()).translate(_PLAIN).split()
    return " ".join("st" if word == "saint" else word for word in words)


class _Plain(dict[int, str]):
    """What a character is searched as: itself, nothing for an accent, or a space.

    It keeps those it meets below FEW: a file holds millions of the same hundred.
    """

    def __missing__(self, point: int) -> str:
        character = chr(point)
        if character.isalnum():
            plain = character
        elif unicodedata.combining(character) or character in "'’‘`":  # noqa: RUF001 -- the apostrophes of real names
            plain = ""
        else:
            plain = " "
        if point < FEW:
            self[point] = plain
        return plain


_PLAIN = _Plain()


def search_text(
    names: Iterable[str],
    town: str,
    postcode: str,
    urns: Iterable[int],
    laestabs: Iterable[str] = (),
) -> str:
    """Return what a school is found by: every name and number it has had, its place.

    The postcode stands with and without its space. A LAESTAB is the authority's code
    and the establishment's number, seven figures; empty where either is not known.
    """
    joined = postcode.replace(" ", "")
    numbers = [*map(str, urns), *dict.fromkeys(laestabs)]
    words = [*dict.fromkeys(names), town, postcode, joined, *numbers]
    return searchable(" ".join(words))


def laestab(authority: str | None, number: str) -> str:
    """Return authority and establishment number as one, empty without both."""
    return f"{authority}{number}" if authority and number else ""


class SchoolStatus(models.TextChoices):
    """What the register says of a school's current establishment."""

    OPEN = "open", "Open"
    PROPOSED = "proposed", "Proposed to open"
    CLOSED = "closed", "Closed"
    UNKNOWN = "unknown", "Not in the register"


def status_of(text: str) -> str:
    """Return the status that the register's own words `text` mean; empty: unknown."""
    if text.startswith("Closed"):
        return SchoolStatus.CLOSED.value
    if text.startswith("Proposed"):
        return SchoolStatus.PROPOSED.value
    return SchoolStatus.OPEN.value if text else SchoolStatus.UNKNOWN.value


class SchoolQuerySet(models.QuerySet["School"]):
    """The vocabulary of schools."""

    def standing(self) -> Self:
        """Keep schools that another does not continue."""
        return self.filter(continued_by__isnull=True)

    def matching(self, words: str) -> Self:
        """Keep schools whose names, town, postcode or numbers hold every word.

        Digits parted by spaces or a stroke are read as one number, as people dictate
        a URN and write a LAESTAB. Words of signs alone find nothing. `words` are at
        most LONGEST_SEARCH characters.
        """
        digits = "".join(words.replace("/", " ").split())
        if digits.isdigit():
            return self.holding(digits)
        plain = searchable(words).split()
        if not plain:
            return self.none()
        kept = self
        for word in plain:
            kept = kept.holding(word)
        return kept

    def holding(self, plain: str) -> Self:
        """Keep schools whose words to search hold `plain`, which is searchable."""
        return self.filter(Holds("search", plain))


class School(models.Model):
    """What everything but results hangs on. Never merged, never deleted.

    Name, place, phase, kind and status are those of its current establishment, copied
    here so that lists need no join.
    """

    name = models.CharField(max_length=200)
    town = models.CharField(max_length=100, blank=True)
    authority = models.ForeignKey(
        LocalAuthority, models.PROTECT, null=True, related_name="schools"
    )
    urn = models.PositiveIntegerField(
        "current URN", help_text="The URN of its current establishment."
    )
    phase = models.CharField(max_length=40, blank=True)
    type_group = models.CharField("kind", max_length=12, blank=True)
    status = models.CharField(
        max_length=8, choices=SchoolStatus, default=SchoolStatus.OPEN
    )
    search = models.TextField(
        editable=False,
        help_text="Every name and number, town, postcode, as `search_text` makes it.",
    )
    continued_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="continues",
        db_index=False,
        help_text="The school that took its establishments; its page redirects there.",
    )

    objects = SchoolQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(continued_by__isnull=True)
                | ~models.Q(continued_by=models.F("id")),
                name="%(app_label)s_%(class)s_is_not_continued_by_itself",
                violation_error_message="A school cannot be continued by itself.",
            ),
            models.UniqueConstraint(
                fields=["urn"],
                condition=models.Q(continued_by__isnull=True),
                name="%(app_label)s_%(class)s_current_urn_is_one_school",
                violation_error_message="Another school already has this URN.",
            ),
        ]
        indexes = [
            # The list's own order; an index of continued_by alone would be taken
            # instead, and every school sorted.
            models.Index(
                fields=["name", "id"],
                condition=models.Q(continued_by__isnull=True),
                name="standing_school_by_name",
            ),
            # For the first few of all that a search finds, continued ones too.
            models.Index(fields=["name", "id"], name="school_by_name"),
            models.Index(
                fields=["status", "name", "id"],
                condition=models.Q(continued_by__isnull=True),
                name="school_of_a_status_by_name",
            ),
            # How many a filter keeps is counted in this index alone.
            models.Index(
                fields=["status", "authority", "phase", "type_group"],
                condition=models.Q(continued_by__isnull=True),
                name="school_by_what_narrows_lists",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the school's page."""
        return reverse("school", kwargs={"pk": self.pk})
