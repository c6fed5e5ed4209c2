"""Pairings: the list, one's own page with its steps, and a mentor that is asked."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from mentoring.actions.move_pairing import take_pairing_step
from mentoring.actions.propose_pairing import propose_pairing
from mentoring.actions.query_pairing import (
    answer_query,
    query_pairing,
    withdraw_query,
)
from mentoring.actions.refer_need import refer_need
from mentoring.exports.pairings import HEADERS, pairing_rows
from mentoring.filters.pairing import PairingFilter
from mentoring.forms.act import act
from mentoring.forms.pairing import AnswerForm, PairingForm, QueryForm
from mentoring.http import MemberRequest, needs
from mentoring.models import Membership, Pairing, PairingQuery, SupportDay
from mentoring.pages.day_lists import pairing_days
from mentoring.pages.pairing import (
    pairing_page,
    steps_open_to,
    title_of,
    with_standing,
)
from mentoring.pages.pairing_steps import step_rows, step_title, undo_title
from mentoring.pages.referral import referral_of
from mentoring.permissions import Permission, may, pairing_parties_of
from mentoring.sight import Sight
from mentoring.steps.pairing import BY_NAME, MEANINGS, MOVES, PROPOSE, REFER, UNDO, Step
from mentoring.tables.pairing import PairingPaginator, PairingTable
from mentoring.views.listing import as_download, paged
from schools.models import School


@needs(Permission.SEE_PAIRINGS)
def pairing_list(request: MemberRequest) -> HttpResponse:
    """List the pairings that match the filters in the URL, page by page."""
    visible = Pairing.objects.visible_to(request.role)
    shown = PairingFilter(request.GET, visible.with_schools(), today=request.today)
    sight = Sight.of(request.role)
    table = PairingTable(shown.qs, today=request.today, sight=sight)
    context = {
        **paged(request, shown, table, PairingPaginator),
        "total": table.paginator.count,
        "may_pair": may(request.role, Permission.CHANGE_PAIRINGS),
        "sees_offers": may(request.role, Permission.SEE_OFFERS),
    }
    return render(request, "mentoring/pairing_list.html", context)


@needs(Permission.SEE_PAIRINGS)
def pairing_export(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Give the list as a file: every pairing that the filters of the URL keep."""
    visible = Pairing.objects.visible_to(request.role)
    shown = PairingFilter(request.GET, visible.with_schools(), today=request.today)
    sight = Sight.of(request.role)
    table = PairingTable(shown.qs, today=request.today, sight=sight)
    return as_download(
        *(request, kind, shown, table),
        page="pairings",
        of="pairings",
        headers=HEADERS,
        rows=partial(pairing_rows, sight=sight),
    )


@needs(Permission.SEE_PAIRINGS)
def pairing_steps(request: MemberRequest) -> HttpResponse:
    """Show who may move a pairing from which state to which."""
    states = [(state.label, words) for state, words in MEANINGS.items()]
    context = {"rows": step_rows(), "states": states}
    return render(request, "mentoring/pairing_steps.html", context)


@needs(Permission.SEE_PAIRINGS)
def pairing_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """Show where a pairing stands, its history, and the steps open to the reader."""
    role, pairing = request.role, visible_or_404(request, pk)
    days = SupportDay.objects.visible_to(role).filter(pairing=pairing)
    page = pairing_page(pairing, role, Sight.of(role, days), request.today)
    own = asking_school(request)
    asks = any(each.is_open and each.school == own for each, _ in page.queries)
    context = {
        "pairing": pairing,
        "page": page,
        "days": pairing_days(pairing, role, days, request.today),
        "may_query": own is not None and not asks,
        "may_answer": may(role, Permission.CHANGE_PAIRINGS),
        "own_school": own,
    }
    return render(request, "mentoring/pairing.html", context)


@needs(Permission.SEE_PAIRINGS)
def pairing_step(request: MemberRequest, pk: int, name: str) -> HttpResponse:
    """Ask for what a step needs, and take it."""
    pairing = visible_or_404(request, pk)
    step = BY_NAME.get(name)
    if step not in MOVES:
        raise Http404
    if not step.is_for(pairing_parties_of(request.role, pairing.mentor.school_id)):
        raise PermissionDenied("Your role does not let you take this step.")
    initial: dict[str, Any] = filled_in(request)
    referral = None
    if step == REFER:
        referral = referral_of(pairing, initial.get("area", ""), request.today)
        initial["area"] = referral.area
    form = PairingForm(
        request.POST or None,
        step=step,
        today=request.today,
        schools=[pairing.mentee.school_id, pairing.mentor.school_id],
        pairing=pairing,
        initial=initial,
    )
    if form.is_valid() and (moved := taken(request, pairing, step, form)):
        messages.success(request, f"{title_of(moved, request.today)}.")
        # What was handed on is another mentor's: its own page need not be theirs.
        return redirect(pairing)
    context = {
        "form": form,
        "is_moved": form.take_up(pairing),
        "step": step,
        "pairing": pairing,
        "title": undo_title(pairing) if step == UNDO else step_title(pairing, step),
        "is_open": step in steps_open_to(pairing, request.role, request.today),
        "referral": referral,
    }
    return render(request, "mentoring/pairing_step.html", context)


def filled_in(request: MemberRequest) -> dict[str, str]:
    """Return what an address may choose beforehand, as suggestions do."""
    return {
        name: request.GET[name] for name in ("mentor", "area") if name in request.GET
    }


def taken(
    request: MemberRequest, pairing: Pairing, step: Step, form: PairingForm
) -> Pairing | None:
    """Take `step` with what the form holds; None where it was refused."""
    by, on, given = request.user, request.today, form.cleaned_data
    if step == REFER:
        return act(form, refer_need, pairing=pairing, by=by, on=on, **given)
    return act(
        form, take_pairing_step, pairing=pairing, step=step, by=by, on=on, **given
    )


def visible_or_404(request: MemberRequest, pk: int) -> Pairing:
    """Return the pairing, where the acting role may see it."""
    visible = Pairing.objects.visible_to(request.role)
    return get_object_or_404(visible.with_schools(), pk=pk)


@needs(Permission.SEE_PAIRINGS)
def pairing_query(request: MemberRequest, pk: int) -> HttpResponse:
    """Let the head of either school say what is wrong about a pairing."""
    pairing = visible_or_404(request, pk)
    school = asking_school(request)
    if school is None:
        raise PermissionDenied("Queries are for the heads of the two schools.")
    form = QueryForm(request.POST or None)
    on = request.today
    if form.is_valid() and (
        _sent := act(
            form,
            query_pairing,
            pairing=pairing,
            school=school,
            by=request.user,
            on=on,
            **form.cleaned_data,
        )
    ):
        messages.success(request, "Programme staff will see your query and answer it.")
        return redirect(pairing)
    context = {"form": form, "pairing": pairing, "title": "What is wrong?"}
    return render(request, "mentoring/pairing_query.html", context)


def asking_school(request: MemberRequest) -> School | None:
    """Return the school for which the acting role may query its pairings."""
    if request.role and may(request.role, Permission.ANSWER_PAIRINGS):
        return request.role.school
    return None


@require_POST
@needs(Permission.SEE_PAIRINGS)
def pairing_query_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Let the school that asked take its query back."""
    school = asking_school(request)
    if school is None:
        raise PermissionDenied("Queries are for the heads of the two schools.")
    queries = PairingQuery.objects.select_related("pairing__mentee", "pairing__mentor")
    visible = Pairing.objects.visible_to(request.role)
    query = get_object_or_404(queries, pk=pk, school=school, pairing__in=visible)
    try:
        withdraw_query(query=query, by=request.user, on=request.today)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, "Taken back: programme staff are asked no more.")
    return redirect(query.pairing)


@needs(Permission.CHANGE_PAIRINGS)
def pairing_query_answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Let programme staff answer a query; one that is closed keeps what they typed."""
    query = get_object_or_404(PairingQuery.objects.select_related("school"), pk=pk)
    pairing = visible_or_404(request, query.pairing_id)
    query.pairing = pairing
    form = AnswerForm(request.POST or None)
    if not query.is_open and not form.is_bound:
        messages.info(request, "This query was answered, or taken back.")
        return redirect(pairing)
    if form.is_valid() and (
        _answered := act(
            form,
            answer_query,
            query=query,
            by=request.user,
            on=request.today,
            **form.cleaned_data,
        )
    ):
        messages.success(request, f"{query.school} can read your answer.")
        return redirect(pairing)
    context = {
        "form": form,
        "pairing": pairing,
        "query": query,
        "title": f"Answer {query.school}",
    }
    return render(request, "mentoring/pairing_query.html", context)


@needs(Permission.CHANGE_PAIRINGS)
def pairing_propose(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask a mentor to help a mentee, whose membership `pk` is."""
    mentees = Membership.objects.visible_to(request.role).mentees()
    mentee = get_object_or_404(mentees.select_related("school"), pk=pk)
    form = PairingForm(
        request.POST or None,
        step=PROPOSE,
        today=request.today,
        schools=[mentee.school_id],
        initial=filled_in(request),
    )
    if form.is_valid() and (
        pairing := act(
            form,
            propose_pairing,
            mentee=mentee,
            officer=request.user,
            by=request.user,
            on=request.today,
            **form.cleaned_data,
        )
    ):
        messages.success(request, f"{title_of(pairing, request.today)}.")
        return redirect(pairing)
    context: dict[str, Any] = {
        "form": form,
        "mentee": mentee,
        "title": f"Who should help {mentee.school}?",
        "held": with_standing(
            mentee.helped_by.open().with_schools().order_by("started", "pk"),
            request.today,
        ),
    }
    return render(request, "mentoring/pairing_propose.html", context)
