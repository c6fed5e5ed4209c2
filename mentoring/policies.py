"""Does the state of things allow it? Each rule as a sentence and as a yes or no.

Whether this *person* may is asked in `mentoring.permissions`. A `check_*` raises
ValidationError with the sentence a head can read; a `may_*` or `is_*` says the same to
a template.
"""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q

from mentoring.bottom_quarter import BottomQuarter
from mentoring.models import (
    EligibilityEntry,
    EligibilityException,
    Membership,
    Programme,
)
from results.models import Measure
from schools.models import Establishment, ImportRun, School, Upload
from schools.naming import counted

FIRST_EXAMS = 1988
"""The summer in which GCSEs were first sat."""

DAYS_MEANT = {
    "least_days_each": (0, 366),
    "most_days_each": (1, 366),
    "ceiling_days_each": (1, 366),
    "days_to_answer": (2, 60),
    "days_to_confirm": (1, 90),
}
"""The settings that count days, with the fewest and the most that are meant."""

AHEAD = 366
"""Days that a membership may be entered ahead of time."""


def check_can_freeze(quarter: BottomQuarter) -> None:
    """Refuse a measure that is no value added, and a year without counted schools."""
    if quarter.measure.family != Measure.Family.VALUE_ADDED:
        raise ValidationError(
            f"{quarter.measure} is not a value-added measure, so no bottom quarter is "
            "taken by it."
        )
    if quarter.quarter is None:
        raise ValidationError(
            f"No school has a {quarter.measure} score in {quarter.year} that counts, "
            "so there is nothing to freeze."
        )


def check_can_be_enrolled(school: School) -> None:
    """Refuse a school that another continues; say which."""
    if school.continued_by is not None:
        raise ValidationError(
            f"{school} has become {school.continued_by} "
            f"(URN {school.continued_by.urn}). Enrol that school instead."
        )


def check_joining_day(joined: date, on: date) -> None:
    """Refuse a first day before there were GCSEs, or more than a year ahead."""
    if joined.year < FIRST_EXAMS:
        raise ValidationError(
            f"A school cannot have joined before {FIRST_EXAMS}. Check the year."
        )
    if (joined - on).days > AHEAD:
        raise ValidationError(
            "The first day lies more than a year ahead. Check the year."
        )


def is_entitled(school: School, on: date) -> bool:
    """Return whether `school` may be a mentee: on a frozen list, or let in."""
    return (
        EligibilityEntry.objects.eligible().of_school(school).exists()
        or EligibilityException.objects.of_school(school).live_on(on).exists()
    )


def entitled_among(schools: Collection[School], on: date) -> set[int]:
    """Return the ids of those that may be mentees: the same rule, asked of many."""
    ids = {school.pk for school in schools}
    lines = Establishment.objects.filter(school__in=ids)
    owners = dict(lines.values_list("urn", "school"))
    listed = EligibilityEntry.objects.eligible().filter(urn__in=lines.values("urn"))
    found = {owners[urn] for urn in listed.values_list("urn", flat=True)}
    let_in = EligibilityException.objects.live_on(on).filter(
        Q(school__in=ids) | Q(school__continued_by__in=ids)
    )
    for pair in let_in.values_list("school", "school__continued_by"):
        found.update(school for school in pair if school in ids)
    return found


def not_entitled(school: School) -> ValidationError:
    """Return the refusal of a school on no frozen list that nobody let in."""
    return ValidationError(
        f"{school} is not in the bottom quarter on any frozen list, so it cannot "
        "join as a mentee. To let it in all the same, say why it is let in.",
        code="not_entitled",
    )


def check_entitled(school: School, on: date) -> None:
    """Refuse as mentee a school on no frozen list that nobody let in; say how."""
    if not is_entitled(school, on):
        raise not_entitled(school)


def check_can_be_let_in(school: School, on: date) -> None:
    """Refuse an exception that is not needed, or that a school has already."""
    if school.continued_by is not None:
        raise ValidationError(
            f"{school} has become {school.continued_by} "
            f"(URN {school.continued_by.urn}). Let that school in instead."
        )
    if EligibilityException.objects.of_school(school).live_on(on).exists():
        raise ValidationError(
            f"{school} has an exception that still holds. Change that one, or end it "
            "first."
        )
    if is_entitled(school, on):
        raise ValidationError(
            f"{school} is in the bottom quarter on a frozen list already, so it needs "
            "no exception."
        )


def check_not_past(until: date | None, on: date) -> None:
    """Refuse a last day that is over."""
    if until is not None and until < on:
        raise ValidationError(
            {"until": "The last day cannot be in the past. Leave it empty for no end."}
        )


def check_is_live(exception: EligibilityException, on: date) -> None:
    """Refuse to rewrite an exception that holds no longer."""
    if not exception.is_live_on(on):
        raise ValidationError(
            "This exception holds no longer. What has happened is not rewritten; grant "
            "the school another if it is needed."
        )


def check_can_end(membership: Membership, on: date) -> None:
    """Refuse to rewrite a leaving that has happened."""
    left = membership.left
    if left is not None and left < on:
        raise ValidationError(
            f"{membership.school} already left on {left.day} {left:%B %Y}. What has "
            "happened is not rewritten."
        )


def check_measures(headline: Measure, eligibility: Measure) -> None:
    """Refuse a headline that is no percentage, and eligibility by no value added."""
    wrong = {}
    if headline.unit != Measure.Unit.PERCENT:
        wrong["headline_measure"] = (
            "The headline must be a share of pupils, so that its gain is in "
            "percentage points."
        )
    if eligibility.family != Measure.Family.VALUE_ADDED:
        wrong["eligibility_measure"] = "Choose a value-added measure."
    if wrong:
        raise ValidationError(wrong)


def check_days(programme: Programme) -> None:
    """Refuse days of support and days to answer that nobody means."""
    wrong: dict[str, str] = {}
    for name, (least, most) in DAYS_MEANT.items():
        days = getattr(programme, name)
        if days is not None and not least <= days <= most:
            wrong[name] = f"Enter a number of days from {least} to {most}."
    least, most = programme.least_days_each, programme.most_days_each
    ceiling = programme.ceiling_days_each
    if "most_days_each" not in wrong and most < least:
        wrong["most_days_each"] = f"Enter {least} or more: the fewest days are {least}."
    if ceiling is not None and "ceiling_days_each" not in wrong and ceiling < most:
        wrong["ceiling_days_each"] = (
            f"Enter {most} or more, as that is what somebody usually gives at most; "
            "or leave it empty for no ceiling."
        )
    if wrong:
        raise ValidationError(wrong)


def check_can_apply(upload: Upload, *, is_strict: bool) -> None:
    """Refuse an upload that would change nothing, or that may not be applied here."""
    parts = upload.preview.get("parts", [])
    refused = sum(part["counts"]["refused"] for part in parts)
    if upload.state != Upload.State.READY:
        raise ValidationError("This file is not ready to be applied.")
    if not may_apply(upload):
        raise ValidationError("This file would change nothing, so it is not applied.")
    if is_strict and refused:
        raise ValidationError(
            f"{counted(refused, 'row is', 'rows are')} refused, so nothing is applied. "
            "Mend what is refused and send the file again, or apply the good rows only."
        )
    if is_kept_out(upload, Programme.the()):
        raise ValidationError(
            "This site holds the demonstration. Real files and invented schools do "
            "not mix, so this cannot be applied here."
        )


def is_kept_out(upload: Upload, programme: Programme) -> bool:
    """Return whether it is a real file where schools are invented."""
    kinds = {part["kind"] for part in upload.preview.get("parts", [])}
    return programme.is_demo and kinds != {ImportRun.Kind.MEMBERSHIPS}


def may_apply(upload: Upload) -> bool:
    """Return whether applying it would change anything."""
    return any(
        part["counts"]["added"] or part["counts"]["changed"]
        for part in upload.preview.get("parts", [])
    ) or bool(upload.preview.get("moves_figures"))
