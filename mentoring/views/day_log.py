"""A day of support is logged: which pairing, then the form."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mentoring.actions.log_days import Logged, log_days
from mentoring.forms.act import act
from mentoring.forms.day_log import ChooseForm, LogForm
from mentoring.http import MemberRequest, needs
from mentoring.kept_forms import keeps_typed, sender_of, take_kept
from mentoring.last_entry import LastEntry, last_entry
from mentoring.models import Pairing, SupportDay
from mentoring.pages.day_logged import (
    guideline_sentence,
    logged_sentence,
    weekend_sentence,
)
from mentoring.permissions import Permission
from mentoring.steps.pairing import HELPED


@needs(Permission.LOG_DAYS)
def day_choose(request: MemberRequest) -> HttpResponse:
    """Ask for which pairing a day is logged; go on where there is one."""
    visible = Pairing.objects.visible_to(request.role).to_log_on(request.today)
    form = ChooseForm(request.GET)
    found = form.kept(visible.with_schools())
    if not form.is_narrowed and len(found) == 1:
        return redirect("day_log", pk=found[0].pk)
    context = {
        "form": form,
        "pairings": found,
        "last": _last(request),
        "has_search": form.is_narrowed or form.is_too_many or len(found) > form.FEW,
        "most": form.MOST,
    }
    return render(request, "mentoring/day_choose.html", context)


@keeps_typed
@needs(Permission.LOG_DAYS)
def day_log(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask what was given, and log it; the same form sent again logs nothing more."""
    visible = Pairing.objects.visible_to(request.role)
    pairing = get_object_or_404(visible.with_schools(), pk=pk)
    kept = take_kept(request)
    last = None if request.method == "POST" else _last(request, pairing)
    is_same = "same" in request.GET
    form = LogForm(
        request.POST or kept,
        pairing=pairing,
        today=request.today,
        sender=sender_of(request.user),
        # Of a pairing that nothing was logged for, who gave it is remembered still.
        last=last or (None if request.method == "POST" else _last(request)),
        is_same=is_same and last is not None,
    )
    if request.method == "POST" and (logged := _logged(request, pairing, form)):
        _tell(request, logged)
        return redirect(logged.days[0])
    context = {
        "form": form,
        "pairing": pairing,
        "last": None if is_same or form.is_bound else last,
        "is_kept": kept is not None,
        "is_helped": pairing.standing in HELPED,
    }
    return render(request, "mentoring/day_log.html", context)


def _last(request: MemberRequest, pairing: Pairing | None = None) -> LastEntry | None:
    """Return what the person logged last, of `pairing` where it is named."""
    days = SupportDay.objects.visible_to(request.role)
    if pairing is not None:
        days = days.filter(pairing=pairing)
    return last_entry(request.user, days, request.today)


def _logged(request: MemberRequest, pairing: Pairing, form: LogForm) -> Logged | None:
    """Log what the form holds; None where it was refused."""
    logged = None
    if form.is_valid():
        logged = act(
            form,
            log_days,
            pairing=pairing,
            logged_for=request.role.school if request.role else None,
            by=request.user,
            on=request.today,
            **form.entry,
        )
    form.renew_token()
    return logged


def _tell(request: MemberRequest, logged: Logged) -> None:
    """Say what was logged, and where somebody is past the guideline."""
    if not logged.is_new:
        messages.info(request, "This form was sent before. Its day is logged once.")
        return
    messages.success(request, logged_sentence(logged.days, request.programme))
    if sentence := weekend_sentence(logged.days[0]):
        messages.warning(request, sentence)
    for day in logged.days:
        if sentence := guideline_sentence(day, request.programme):
            messages.warning(request, sentence)
