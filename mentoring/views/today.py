"""Everyone's first page: what needs them today, by what they do."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from mentoring.actions.note_todo import (
    leave_todo,
    snooze_todo,
    take_todo,
    unsnooze_todo,
)
from mentoring.forms.act import act
from mentoring.forms.today import COUNTED, THINGS, NoteForm
from mentoring.http import MemberRequest, needs
from mentoring.models import (
    ImpactSummary,
    Membership,
    Pairing,
    SchoolSummary,
    SupportDay,
    TodoNote,
)
from mentoring.pages import finding
from mentoring.pages.pairing import with_standing
from mentoring.pages.school import Facts, chance_line, chance_sentence
from mentoring.pages.school import finding as school_finding
from mentoring.pages.support_day import answered_lately
from mentoring.pages.today import Look, notes_held, staff_page
from mentoring.permissions import Permission, may
from mentoring.steps.membership import IN_IT
from mentoring.steps.pairing import State
from schools.models import Role, School, TrustMembership

WEEK = timedelta(days=7)
ACTS: dict[str, Callable[..., TodoNote]] = {
    "take": take_todo,
    "leave": leave_todo,
    "snooze": snooze_todo,
    "unsnooze": unsnooze_todo,
}
SAID = {
    "take": "It is yours.",
    "leave": "Nobody has it now.",
    "snooze": "Put aside for a week.",
    "unsnooze": "It is shown again.",
}
MOST_SCHOOLS = 60


@needs(Permission.SEE_RESULTS)
def today(request: MemberRequest) -> HttpResponse:
    """Show what needs the person today; who has no such page goes to Impact."""
    role = request.role
    if may(role, Permission.CHANGE_PAIRINGS):
        return staff_today(request)
    if role is not None and role.school is not None:
        return school_today(request, role.school)
    if role is not None and role.kind in Role.AT_A_TRUST:
        return trust_today(request)
    return redirect("impact")


def staff_today(request: MemberRequest) -> HttpResponse:
    """Show what needs programme staff, most urgent first."""
    is_aside = request.GET.get("show") == "aside"
    page = staff_page(Look(notes_held(), request.today, request.user.pk, is_aside))
    context = {
        "groups": page.groups,
        "is_aside": is_aside,
        "n_aside": page.n_aside,
        "total": page.total,
    }
    return render(request, "mentoring/today_staff.html", context)


def school_today(request: MemberRequest, school: School) -> HttpResponse:
    """Show a head what waits for the school, its pairings and its gain in a line."""
    visible = Pairing.objects.visible_to(request.role).with_schools()
    pairings = list(visible.current_on(request.today).order_by("started", "pk"))
    summary = SchoolSummary.objects.filter(school=school).first()
    waiting = SupportDay.objects.waiting_for(school)
    asked = [
        each
        for each in pairings
        if each.standing == State.PROPOSED and each.mentor.school_id == school.pk
    ]
    others = [each for each in pairings if each not in asked]
    context = {
        "school": school,
        "asked": asked,
        "pairings": with_standing(others, request.today),
        "invitations": Membership.objects.invitations_to(request.role),
        "answers": answered_lately(school, request.today),
        "members": school.memberships.filter(state__in=IN_IT).earliest_first(),
        "may_state": may(request.role, Permission.CHANGE_NEEDS),
        "to_confirm": waiting.count(),
        "gain": gain_of(summary),
        "chance": chance_of(summary),
        "may_log": may(request.role, Permission.LOG_DAYS),
        "may_answer": may(request.role, Permission.ANSWER_PAIRINGS),
    }
    return render(request, "mentoring/today_school.html", context)


def gain_of(summary: SchoolSummary | None) -> str:
    """Return a school's gain in one line; empty where nothing is held of it."""
    if summary is None or not summary.gain:
        return ""
    return school_finding(summary.gain)


def chance_of(
    summary: SchoolSummary | None, said: Callable[[Facts], str] = chance_sentence
) -> str:
    """Return what the gain could be by chance; empty where it is not known."""
    if summary is None or "low" not in summary.gain:
        return ""
    return said(summary.gain)


def trust_today(request: MemberRequest) -> HttpResponse:
    """Show a director the schools of the trust, then the programme."""
    assert request.role is not None
    live = TrustMembership.objects.live_on(request.today)
    own = live.filter(trust=request.role.trust_id).values("school")
    rows = SchoolSummary.objects.filter(school__in=own).select_related("school")
    impact = ImpactSummary.objects.filter(pk=ImpactSummary.ONLY_ID).first()
    schools = rows.defer("line", "school__search").order_by("school__name", "pk")
    context: dict[str, Any] = {
        "trust": request.role.trust,
        "schools": [
            (each.school, gain_of(each), chance_of(each, chance_line))
            for each in schools[:MOST_SCHOOLS]
        ],
        "finding": finding.title(impact.impact) if impact else "",
    }
    return render(request, "mentoring/today_trust.html", context)


@require_POST
@needs(Permission.CHANGE_PAIRINGS)
def today_note(request: MemberRequest, kind: str, pk: int, name: str) -> HttpResponse:
    """Take one thing, leave it, put it aside for a week, or take it up again."""
    form = NoteForm({"kind": kind, "name": name})
    if not form.is_valid() or (kind in COUNTED and pk != TodoNote.ALL):
        raise Http404
    if kind in THINGS:
        get_object_or_404(THINGS[kind], pk=pk)
    by, on = request.user, request.today
    given = {"until": on + WEEK} if name == "snooze" else {}
    noted = act(form, ACTS[name], kind=kind, noun_id=pk, by=by, on=on, **given)
    if noted is None:
        messages.warning(request, " ".join(map(str, form.non_field_errors())))
    else:
        messages.success(request, SAID[name])
    return redirect("today")
