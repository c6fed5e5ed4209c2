"""Memberships: the list, one's own page with its steps, and a school that joins."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from mentoring import policies
from mentoring.actions.enrol_school import enrol_school
from mentoring.actions.move_membership import take_step
from mentoring.actions.settle_pairings import touched_by
from mentoring.exports.memberships import HEADERS, membership_rows
from mentoring.filters.membership import MembershipFilter, state_counts
from mentoring.forms.act import act
from mentoring.forms.membership import EnrolForm, StepForm
from mentoring.http import MemberRequest, needs
from mentoring.models import EligibilityEntry, Membership, Pairing
from mentoring.pages.eligibility import enrol_title
from mentoring.pages.membership import (
    joined_sentence,
    membership_page,
    step_rows,
    step_title,
    steps_open_to,
)
from mentoring.pages.pairing import with_standing
from mentoring.pages.stated import stated_part
from mentoring.pages.taking_back import leaving
from mentoring.permissions import Permission, may, parties_of
from mentoring.steps.membership import BY_NAME, ENDS, IN_IT, MEANINGS, MOVES, UNDO, Step
from mentoring.tables.membership import MembershipPaginator, MembershipTable
from mentoring.views.listing import as_download, paged
from schools.models import School


@needs(Permission.SEE_MEMBERSHIPS)
def membership_list(request: MemberRequest) -> HttpResponse:
    """List the memberships that match the filters in the URL, page by page."""
    visible = Membership.objects.visible_to(request.role)
    shown = MembershipFilter(request.GET, visible.with_place(), today=request.today)
    table = MembershipTable(shown.qs)
    context = {
        **paged(request, shown, table, MembershipPaginator),
        "total": table.paginator.count,
        "counts": state_counts(visible, request),
        "may_enrol": may(request.role, Permission.CHANGE_MEMBERSHIP),
    }
    return render(request, "mentoring/membership_list.html", context)


@needs(Permission.SEE_MEMBERSHIPS)
def membership_export(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Give the list as a file: every membership that the filters of the URL keep."""
    visible = Membership.objects.visible_to(request.role)
    shown = MembershipFilter(request.GET, visible.with_place(), today=request.today)
    return as_download(
        *(request, kind, shown, MembershipTable(shown.qs)),
        page="memberships",
        of="memberships",
        headers=HEADERS,
        rows=membership_rows,
    )


@needs(Permission.SEE_RESULTS)
def membership_steps(request: MemberRequest) -> HttpResponse:
    """Show who may move a membership from which state to which."""
    states = [(state.label, words) for state, words in MEANINGS.items()]
    context = {"rows": step_rows(), "states": states}
    return render(request, "mentoring/membership_steps.html", context)


@needs(Permission.SEE_RESULTS)
def membership_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """Show where a membership stands, its history, and the steps open to the reader."""
    membership = visible_or_404(request, pk)
    page = membership_page(membership, request.role, request.today)
    may_change = may(request.role, Permission.CHANGE_MEMBERSHIP)
    made_with = membership.enrolment_set if may_change else None
    pairings = Pairing.objects.visible_to(request.role).of_membership(membership)
    may_pair = may(request.role, Permission.CHANGE_PAIRINGS)
    context = {
        "membership": membership,
        "page": page,
        "made_with": made_with,
        "stated": stated_part(
            membership, request.role, request.programme, request.today
        ),
        "pairings": with_standing(
            pairings.with_schools().order_by("-started", "-pk"), request.today
        ),
        "sees_pairings": may(request.role, Permission.SEE_PAIRINGS),
        "may_propose": may_pair and is_helped(membership),
    }
    return render(request, "mentoring/membership.html", context)


def is_helped(membership: Membership) -> bool:
    """Return whether a mentor can be proposed to it: a mentee in the programme."""
    return membership.role == Membership.Role.MENTEE and membership.standing in IN_IT


@needs(Permission.SEE_RESULTS)
def membership_step(request: MemberRequest, pk: int, name: str) -> HttpResponse:
    """Ask for what a step needs, and take it."""
    membership = visible_or_404(request, pk)
    step = BY_NAME.get(name)
    if step not in MOVES:
        raise Http404
    if not step.is_for(parties_of(request.role, membership.school_id)):
        raise PermissionDenied("Your role does not let you take this step.")
    by, on = request.user, request.today
    pairings = list(touched_by(membership, step, on).order_by("started", "pk"))
    form = StepForm(
        request.POST or None,
        step=step,
        membership=membership,
        today=on,
        pairings=len(pairings),
    )
    if form.is_valid() and (
        moved := act(
            form,
            take_step,
            membership=membership,
            step=step,
            by=by,
            on=on,
            **form.cleaned_data,
        )
    ):
        messages.success(request, joined_sentence(moved, on))
        return redirect(moved)
    context = step_context(request, membership, step, form)
    context["pairings"] = with_standing(pairings, on)
    if step in ENDS:
        context["losing"] = [
            each.mentee.school
            for each in pairings
            if each.area.is_lead and each.mentor_id == membership.pk
        ]
    return render(request, "mentoring/membership_step.html", context)


def step_context(
    request: MemberRequest, membership: Membership, step: Step, form: StepForm
) -> dict[str, Any]:
    """Return what a step's page shows; `is_open` is whether the state allows it."""
    undo = leaving(step, membership, request.today)
    is_open = step in steps_open_to(membership, request.role)
    return {
        "form": form,
        "step": step,
        "membership": membership,
        "title": step_title(membership, step),
        "text": undo.text or step.effect,
        "undo": undo,
        "is_open": is_open and (step != UNDO or bool(undo.text)),
    }


def visible_or_404(request: MemberRequest, pk: int) -> Membership:
    """Return the membership, where the acting role may see it."""
    visible = Membership.objects.visible_to(request.role)
    return get_object_or_404(visible.select_related("school"), pk=pk)


@needs(Permission.CHANGE_MEMBERSHIP)
def enrol(request: MemberRequest, pk: int) -> HttpResponse:
    """Bring a school into the programme as mentee or mentor, or invite it."""
    school = get_object_or_404(School.objects.select_related("continued_by"), pk=pk)
    by, on = request.user, request.today
    entitled = policies.is_entitled(school, on)
    form = EnrolForm(
        request.POST or None,
        is_entitled=entitled,
        today=on,
        start=request.GET.get("start", ""),
    )
    if form.is_valid() and (
        membership := act(
            form, enrol_school, school=school, by=by, on=on, **form.cleaned_data
        )
    ):
        messages.success(request, joined_sentence(membership, on))
        return redirect(school)
    places = EligibilityEntry.objects.of_school(school)
    context = {
        "form": form,
        "school": school,
        "title": enrol_title(school, is_entitled=entitled),
        "places": places.select_related("list__measure").order_by("-list"),
        "memberships": school.memberships.earliest_first(),
    }
    return render(request, "mentoring/enrol.html", context)
