"""The filters of the list of trusts."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from mentoring.filters.strict import StrictFilterSet
from mentoring.models import Membership
from schools.models import Trust, TrustMembership
from schools.models.school import LONGEST_SEARCH

WHICH = (
    ("held", "With schools here"),
    ("programme", "With schools in the programme"),
    ("open", "Open"),
    ("closed", "Closed"),
    ("all", "All trusts"),
)


class TrustFilter(StrictFilterSet):
    """Narrows trusts by words, kind and whether they have schools here."""

    q = django_filters.CharFilter(
        label="Name, number or reference", method="matching", max_length=LONGEST_SEARCH
    )
    kind = django_filters.ChoiceFilter(
        label="Kind", choices=Trust.Kind, empty_label="All kinds"
    )
    which = django_filters.ChoiceFilter(
        label="Which", choices=WHICH, method="keep_which", empty_label=None
    )

    class Meta:
        model = Trust
        fields = ["q", "kind", "which"]

    def __init__(self, sent: Any, *args: Any, today: date, **kwargs: Any) -> None:
        asked = sent.copy()
        asked.setdefault("which", "held")
        super().__init__(asked, *args, **kwargs)
        self.today = today
        self.form.fields["q"].widget = forms.TextInput(
            attrs={"type": "search", "autocomplete": "off"}
        )

    def matching(
        self, trusts: QuerySet[Trust], name: str, words: str
    ) -> QuerySet[Trust]:
        """Keep trusts whose name holds every word, or with this number."""
        text = words.strip()
        if text.isdecimal():
            return trusts.filter(uid=int(text))
        if text[:2].upper() == "TR" and text[2:].isdecimal():
            return trusts.filter(reference__iexact=text)
        for word in text.split():
            trusts = trusts.filter(name__icontains=word)
        return trusts

    def keep_which(
        self, trusts: QuerySet[Trust], name: str, which: str
    ) -> QuerySet[Trust]:
        """Keep the trusts of the choice."""
        if which in {"programme", "held"}:
            live = TrustMembership.objects.live_on(self.today)
            if which == "programme":
                members = Membership.objects.live_on(self.today)
                live = live.filter(school__in=members.values("school"))
            return trusts.filter(pk__in=live.values("trust"))
        if which == "all":
            return trusts
        return trusts.filter(closed__isnull=which == "open")
