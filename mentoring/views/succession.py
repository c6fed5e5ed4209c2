"""The succession inbox: what waits for a person, and the decisions."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Window
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django_tables2 import RequestConfig

from mentoring.actions.decide_succession import decide_succession, undo_decisions
from mentoring.filters.succession import SuccessionFilter
from mentoring.forms.act import act
from mentoring.forms.succession import CaseForm, UndoForm
from mentoring.http import MemberRequest, needs
from mentoring.models import Membership
from mentoring.pages.parts import active_filters
from mentoring.pages.succession import case_page, link_words
from mentoring.permissions import Permission
from mentoring.tables.succession import SuccessionTable
from schools.models import Succession

PAGE = 50
CLOSED_SHOWN = 10
"""Memberships of closed schools named above the links; the list of schools has all."""
DECIDED_ALREADY = (
    "Your decision was not kept: somebody had decided this case already. Undo theirs "
    "first if it is wrong."
)


@needs(Permission.DECIDE_SUCCESSION)
def succession_list(request: MemberRequest) -> HttpResponse:
    """List the links that wait, or were decided, fifty to a page."""
    # All that wait are sorted by day: their ends are fetched for the page alone.
    links = Succession.objects.select_related("link").prefetch_related(
        "link__predecessor", "link__successor"
    )
    shown = SuccessionFilter(request.GET, links)
    table = SuccessionTable(shown.qs.order_by("-link__date", "pk"))
    RequestConfig(request, paginate={"per_page": PAGE}).configure(table)
    closed = Membership.objects.live_on(request.today).of_closed_schools()
    counted: list[Any] = list(closed.annotate(n_all=Window(Count("pk")))[:CLOSED_SHOWN])
    context = {
        "filter": shown,
        "table": table,
        "active": active_filters(request, shown.form),
        "waiting": Succession.objects.waiting().count(),
        "closed": counted,
        "n_closed": counted[0].n_all if counted else 0,
        "n_more_closed": counted[0].n_all - len(counted) if counted else 0,
    }
    return render(request, "mentoring/succession_list.html", context)


@needs(Permission.DECIDE_SUCCESSION)
def succession_case(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a case's evidence side by side, and decide it."""
    successions = list(Succession.objects.with_ends().in_case(pk))
    if not successions:
        raise Http404
    page = case_page(successions)
    waiting = {each.pk: each for each in successions if each.state == "waiting"}
    if request.method == "POST" and not waiting:
        messages.error(request, DECIDED_ALREADY)
        return redirect("succession", pk=pk)
    choices = [(link.pk, link.sentence) for link in page.links if link.is_waiting]
    # Links that say no one thing are not to be decided alike by one click.
    ticked = page.suggestion.links if page.suggestion else []
    form = CaseForm(request.POST or None, links=choices, ticked=ticked)
    if form.is_valid() and (
        decided := act(
            form,
            decide_succession,
            successions=[waiting[link] for link in form.cleaned_data["links"]],
            decision=form.decision(),
            by=request.user,
            on=request.today,
        )
    ):
        many = f"{len(decided)} links are" if len(decided) > 1 else "The link is"
        messages.success(request, f"{many} decided. You can undo it below.")
        return redirect("succession", pk=pk)
    context = {"page": page, "form": form, "has_waiting": bool(waiting)}
    return render(request, "mentoring/succession.html", context)


@needs(Permission.DECIDE_SUCCESSION)
def succession_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask why a decision is taken back, and take it back."""
    succession = get_object_or_404(Succession.objects.with_ends(), pk=pk)
    # What people decided of the case, of which this is one.
    decided = list(Succession.objects.with_ends().decided_with(succession))
    form = UndoForm(request.POST or None, count=len(decided))
    if form.is_valid() and (
        undone := act(
            form,
            undo_decisions,
            successions=decided if form.cleaned_data.get("together") else [succession],
            reason=form.cleaned_data["reason"],
            by=request.user,
            on=request.today,
        )
    ):
        many = f"{len(undone)} decisions are" if len(undone) > 1 else "The decision is"
        messages.success(request, f"{many} taken back: the links wait again.")
        return redirect("succession", pk=succession.case)
    context = {
        "form": form,
        "succession": succession,
        "sentence": link_words(succession.link),
    }
    return render(request, "mentoring/succession_undo.html", context)
