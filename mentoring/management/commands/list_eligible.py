"""Says who is in the bottom quarter by value added, and freezes the list."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from mentoring import policies
from mentoring.actions.freeze_eligibility import freeze_eligibility
from mentoring.bottom_quarter import BottomQuarter, bottom_quarter
from mentoring.imports.taking import programme_day, recompute_figures
from mentoring.management.imports import a_day
from mentoring.models import EligibilityList, Programme
from mentoring.pages.eligibility import score_text
from mentoring.pages.parts import day_words, release_word
from results.figures.display import MINUS, percent
from results.models import Measure
from results.models.choices import Population
from schools.models import School
from schools.naming import counted

LABEL = 44
NUMBER = 10


class Command(BaseCommand):
    """Prints the counts; --schools the schools, --save freezes them."""

    help = "Print the bottom quarter by value added in one year; --save freezes it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--measure", required=True, help="its code, such as P8")
        parser.add_argument(
            "--year", required=True, type=int, help="the summer of the exams"
        )
        parser.add_argument("--save", action="store_true", help="freeze the list")
        parser.add_argument(
            "--schools", action="store_true", help="print the eligible schools too"
        )
        parser.add_argument("--today", type=a_day, metavar="YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        measure = Measure.objects.filter(pk__iexact=options["measure"]).first()
        if measure is None:
            codes = Measure.objects.value_added().order_by("pk")
            known = ", ".join(codes.values_list("pk", flat=True))
            raise CommandError(
                f"There is no measure of that code. Choose from {known}."
            )
        found = bottom_quarter(Programme.the(), measure, options["year"])
        try:
            policies.check_can_freeze(found)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self._print_head(found)
        self._print_counts(found)
        self._print_exclusions(found)
        if options["schools"]:
            self._print_schools(found)
        if options["save"]:
            self._save(measure, options)
        else:
            self.stdout.write("\nNothing is frozen; --save freezes this list.")

    def _print_head(self, found: BottomQuarter) -> None:
        pupils = Population(found.population).label
        self.stdout.write(
            f"{found.measure}, summer {found.year}, {pupils}; "
            f"{release_word(found.release)} results"
        )
        for run in found.runs:
            self.stdout.write(
                f"From {run.file_name}: {counted(run.added, 'figure', 'figures')} "
                f"added, {run.changed:,} changed, {run.unchanged:,} unchanged, "
                f"{counted(run.refused, 'row', 'rows')} refused"
            )

    def _print_counts(self, found: BottomQuarter) -> None:
        quarter = found.quarter
        assert quarter is not None  # check_can_freeze
        self.stdout.write("")
        if found.refused:
            with_refused = found.with_value + len(found.refused)
            self._line("URNs with a score in the files", f"{with_refused:,}")
            self._line("  refused: nobody knows them", f"{len(found.refused):,}")
        self._line("URNs in the results held", f"{len(found.scores):,}")
        self._line("  with a score", f"{found.with_value:,}")
        self._line("  without one", f"{found.without_value:,}")
        self._line("Counted", f"{quarter.n_counted:,}")
        self._line("A quarter of them, rounded up", f"{quarter.k:,}")
        cut = score_text(quarter.cut, found.measure).replace(MINUS, "-")
        self._line("The cut: the score of that school", cut)
        self._line("  schools with exactly this score", f"{found.tied:,}")
        self._line(
            "Eligible: the cut or less, ties included", f"{quarter.n_eligible:,}"
        )
        self._line("  share of those counted", percent(100 * quarter.share))
        self._line("Near misses", f"{len(found.near_misses):,}")

    def _print_exclusions(self, found: BottomQuarter) -> None:
        if not found.exclusions:
            return
        width = max(LABEL, *(len(each.sentence) + 4 for each in found.exclusions))
        heading = f"Not counted: {len(found.excluded):,}"
        self.stdout.write(f"\n{heading:<{width}}{'URNs':>{NUMBER}}  with a score")
        for each in found.exclusions:
            counts = f"{each.schools:>{NUMBER},}{each.with_score:>14,}"
            self.stdout.write(f"{'  ' + each.sentence:<{width}}{counts}")

    def _print_schools(self, found: BottomQuarter) -> None:
        ids = {found.scores[urn].school_id for urn in found.eligible}
        names = dict(School.objects.filter(pk__in=ids).values_list("pk", "name"))
        self.stdout.write(f"\n{'Rank':>5}  {'URN':<6}  {'Score':>8}  School")
        for urn in found.outcome.eligible:
            score = found.scores[int(urn)]
            assert score.value is not None  # it was counted
            text = score_text(score.value, found.measure).replace(MINUS, "-")
            rank = found.outcome.ranks[urn]
            name = names[score.school_id]
            self.stdout.write(f"{rank:>5}  {urn}  {text:>8}  {name}")

    def _save(self, measure: Measure, options: dict[str, Any]) -> None:
        held = set(EligibilityList.objects.values_list("pk", flat=True))
        on = options["today"] or programme_day()
        with transaction.atomic():
            frozen = freeze_eligibility(
                measure=measure, year=options["year"], by=None, on=on
            )
            if Programme.the().is_stale:
                recompute_figures(on)
        day = day_words(frozen.frozen_on)
        said = (
            f"The same list is frozen already: list {frozen.pk}, on {day}."
            if frozen.pk in held
            else f"Frozen as list {frozen.pk} on {day}: {frozen.eligible:,} schools "
            "may join as mentees."
        )
        self.stdout.write(f"\n{said}")

    def _line(self, label: str, value: str) -> None:
        self.stdout.write(f"{label:<{LABEL}}{value:>{NUMBER}}")
