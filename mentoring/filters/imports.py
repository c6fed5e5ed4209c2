"""The filters of the list of imports."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from mentoring.filters.strict import StrictFilterSet
from schools.models import ImportRun, User

STATES = (
    ("standing", "Standing"),
    ("undone", "Undone"),
    ("refused", "With refused rows"),
)


class ImportFilter(StrictFilterSet):
    """Narrows imports by kind, by what became of them, and by who ran them."""

    kind = django_filters.ChoiceFilter(
        label="What", choices=ImportRun.Kind.choices, empty_label="Everything"
    )
    state = django_filters.ChoiceFilter(
        label="What became of it",
        choices=STATES,
        method="in_state",
        empty_label="Anything",
    )
    who = django_filters.ChoiceFilter(
        label="Who", method="run_by", empty_label="Anybody"
    )

    class Meta:
        model = ImportRun
        fields = ["kind", "state", "who"]

    def __init__(self, *args: Any, names_people: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not names_people:
            del self.filters["who"]
            return
        known = User.objects.filter(
            pk__in=ImportRun.objects.exclude(by=None).values("by")
        ).order_by("name")
        people = [(str(pk), name) for pk, name in known.values_list("pk", "name")]
        self.filters["who"].extra["choices"] = [*people, ("shell", "From the shell")]

    def in_state(
        self, runs: QuerySet[ImportRun], name: str, state: str
    ) -> QuerySet[ImportRun]:
        """Keep imports that stand, that were undone, or that refused rows."""
        if state == "refused":
            return runs.filter(refused__gt=0)
        return runs.filter(undone_at__isnull=state == "standing")

    def run_by(
        self, runs: QuerySet[ImportRun], name: str, who: str
    ) -> QuerySet[ImportRun]:
        """Keep what one person ran, or what nobody did."""
        return runs.filter(by=None if who == "shell" else int(who))
