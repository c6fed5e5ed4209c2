"""Who is entitled to help: a look at the bottom quarter, and the frozen lists."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django_tables2 import RequestConfig

from mentoring.actions.freeze_eligibility import freeze_eligibility
from mentoring.bottom_quarter import bottom_quarter
from mentoring.exports.eligibility import HEADERS, entry_rows
from mentoring.exports.files import KINDS, as_file
from mentoring.filters.eligibility import EntryFilter
from mentoring.forms.act import act
from mentoring.forms.eligibility import (
    QuarterForm,
    TrialForm,
    held_years,
    usual_choice,
    worked_out_years,
)
from mentoring.http import MemberRequest, needs
from mentoring.models import EligibilityEntry, EligibilityList, QuarterSummary
from mentoring.pages.comparison import compare
from mentoring.pages.distribution import distribution
from mentoring.pages.eligibility import list_page, preview_page
from mentoring.pages.parts import active_filters
from mentoring.pages.trial import try_cut
from mentoring.permissions import Permission, may
from mentoring.places import named
from mentoring.summary.quarters import list_key, preview_key, preview_summary
from mentoring.tables.eligibility import EntryTable
from results.models import Measure

PAGE = 50


@needs(Permission.SEE_ELIGIBILITY)
def eligibility_index(request: MemberRequest) -> HttpResponse:
    """Show the bottom quarter of a chosen measure and year, and the frozen lists."""
    held = worked_out_years()
    usual = usual_choice(held, request.programme.eligibility_measure)
    is_chosen = "measure" in request.GET or "year" in request.GET
    form = QuarterForm(request.GET if is_chosen else usual, held=held)
    lists = EligibilityList.objects.visible_to(request.role).select_related("measure")
    chosen = form.cleaned_data if held and form.is_valid() else {}
    context = {
        "form": form,
        "chosen": chosen,
        "held": held,
        "lists": lists.latest_first(),
        "frozen_already": lists.filter(**chosen).latest_first().first()
        if chosen
        else None,
        "may_freeze": may(request.role, Permission.CHANGE_ELIGIBILITY),
        **(_preview(request, **chosen) if chosen else {}),
    }
    return render(request, "mentoring/eligibility_index.html", context)


def _preview(request: MemberRequest, measure: Measure, year: int) -> dict[str, Any]:
    """Return a preview's page, its picture, and what another threshold would do."""
    key = preview_key(measure.pk, year)
    summary = QuarterSummary.objects.filter(pk=key).first()
    if summary is None:
        return {"is_without_results": True}
    page = preview_page(summary.facts, measure, year, request.today)
    form = TrialForm(request.GET, measure=measure)
    trial = None
    if form.is_asked and form.is_valid():
        trial = try_cut(summary.facts, measure, **form.cleaned_data)
    tried = trial.cut if trial else None
    keys = {"measure": measure.pk, "year": year}
    return {
        "page": page,
        "chart": distribution(summary.facts, measure, year, page.source, tried=tried),
        "trial_form": form if form.is_asked else TrialForm(measure=measure),
        "trial": trial,
        "between": named(trial.between) if trial else [],
        "chosen_keys": keys,
        "why_to": f"{reverse('eligibility_why')}?{urlencode(keys)}&q=",
    }


@needs(Permission.CHANGE_ELIGIBILITY)
def freeze(request: MemberRequest) -> HttpResponse:
    """Show what would be frozen; freeze it when it is confirmed."""
    is_sent = request.method == "POST"
    sent = request.POST if is_sent else request.GET
    ready = {} if request.programme.is_stale else worked_out_years()
    form = QuarterForm(sent, held=ready or held_years(), is_hidden=True)
    if not form.is_valid():
        messages.error(request, "Choose a measure and a year that has results.")
        return redirect("eligibility")
    chosen, by, on = form.cleaned_data, request.user, request.today
    if is_sent and (frozen := act(form, freeze_eligibility, **chosen, by=by, on=on)):
        messages.success(
            request, "The list is frozen. Its schools may join as mentees."
        )
        return redirect(frozen)
    return render(
        request,
        "mentoring/eligibility_freeze.html",
        {"form": form, "chosen": chosen, **_before_freezing(request, **chosen)},
    )


def _before_freezing(
    request: MemberRequest, measure: Measure, year: int
) -> dict[str, Any]:
    """Return what would be frozen, its picture, and what the last list had instead.

    From the summary while it is of all that is held, for what is confirmed is what is
    frozen; else it is worked out on the spot.
    """
    lists = EligibilityList.objects.filter(measure=measure, year=year)
    earlier = list(lists.latest_first())
    latest = earlier[0].pk if earlier else None
    kept = QuarterSummary.objects.filter(pk=preview_key(measure.pk, year)).first()
    since = (kept.facts.get("since") or {}) if kept else {}
    if kept is None or request.programme.is_stale or since.get("list") != latest:
        kept = preview_summary(bottom_quarter(request.programme, measure, year))
    page = preview_page(kept.facts, measure, year, request.today)
    since = kept.facts["since"]
    return {
        "page": page,
        "chart": distribution(kept.facts, measure, year, page.source),
        "earlier": earlier,
        "comparison": compare(since, earlier[0]) if since else None,
    }


def eligibility_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a frozen list with its schools, fifty to a page, from the lowest score."""
    seen = EligibilityList.objects.visible_to(request.role).select_related("measure")
    frozen = get_object_or_404(seen, pk=pk)
    entries = EligibilityEntry.objects.filter(list=frozen)
    summary = QuarterSummary.objects.filter(pk=list_key(pk)).first()
    shown = EntryFilter(request.GET, entries.select_related("school").by_rank())
    table = EntryTable(shown.qs, measure=frozen.measure)
    RequestConfig(request, paginate={"per_page": PAGE}).configure(table)
    facts = summary.facts if summary else None
    page = list_page(frozen, facts) if facts else None
    context = {
        "list": frozen,
        "page": page,
        "chart": distribution(facts, frozen.measure, frozen.year, page.source)
        if facts and page
        else None,
        "filter": shown,
        "table": table,
        "active": active_filters(request, shown.form),
        "may_enrol": may(request.role, Permission.CHANGE_MEMBERSHIP),
    }
    return render(request, "mentoring/eligibility_list.html", context)


def eligibility_export(request: MemberRequest, pk: int, kind: str) -> HttpResponseBase:
    """Give a whole frozen list as a file, from the lowest score."""
    frozen = get_object_or_404(
        EligibilityList.objects.visible_to(request.role).select_related("measure"),
        pk=pk,
    )
    if kind not in KINDS:
        raise Http404
    entries = EligibilityEntry.objects.filter(list=frozen).by_rank()
    name = f"eligibility-{frozen.measure_id}-{frozen.year}-{frozen.frozen_on}"
    return as_file(
        kind, name, HEADERS, entry_rows(frozen, entries), sheet="Frozen list"
    )
