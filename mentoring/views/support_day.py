"""Support days: the list, one's own page with its steps, and what is to confirm."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from mentoring.actions.confirm_days import confirm_days
from mentoring.actions.move_day import (
    halve_day,
    keep_day,
    query_day,
    restore_day,
    take_back_day,
    void_day,
    withdraw_day_query,
)
from mentoring.day_totals import totals_of, totals_of_all
from mentoring.exports.support_days import HEADERS, day_rows
from mentoring.filters.support_day import SupportDayFilter
from mentoring.forms.act import act
from mentoring.forms.day_log import TAKING_BACK
from mentoring.forms.support_day import DayStepForm, MonthForm
from mentoring.http import MemberRequest, needs
from mentoring.models import SupportDay
from mentoring.models.support_day import sees_every_day
from mentoring.pages.day_lists import months_to_confirm
from mentoring.pages.pairing import days_words
from mentoring.pages.support_day import (
    RECORDED,
    day_page,
    parties_to,
    reads_names,
    step_title,
    steps_open_to,
)
from mentoring.permissions import Permission, may
from mentoring.steps.support_day import (
    BY_NAME,
    CONFIRM,
    HALVE,
    KEEP,
    QUERY,
    RESTORE,
    SILENCE,
    TAKE_BACK,
    VOID,
    WITHDRAW,
    Step,
)
from mentoring.tables.support_day import SupportDayPaginator, SupportDayTable
from mentoring.views.listing import as_download, paged
from schools.naming import counted


@needs(Permission.SEE_DAYS)
def day_list(request: MemberRequest) -> HttpResponse:
    """List the days that match the filters in the URL, page by page, added up."""
    shown = filtered(request)
    is_all = not shown.is_narrowed and sees_every_day(request.role)
    totals = totals_of_all() if is_all else totals_of(shown.qs, **shown.narrowed_to)
    table = table_of(request, shown, entries=totals.entries)
    context = {
        **paged(request, shown, table, SupportDayPaginator),
        "totals": totals,
        "given": days_words(totals.given),
        "back": days_words(totals.back),
        "when": shown.when,
        "may_log": may(request.role, Permission.LOG_DAYS),
        "may_confirm": may(request.role, Permission.CONFIRM_DAYS),
    }
    return render(request, "mentoring/day_list.html", context)


@needs(Permission.SEE_DAYS)
def day_export(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Give the list as a file: every day that the filters of the URL keep."""
    shown = filtered(request)
    return as_download(
        *(request, kind, shown, table_of(request, shown, entries=0)),
        page="days",
        of="support days",
        headers=HEADERS,
        rows=partial(day_rows, with_names=reads_names(request.role)),
    )


def filtered(request: MemberRequest) -> SupportDayFilter:
    """Return the days that the role may see, as the URL narrows them."""
    visible = SupportDay.objects.visible_to(request.role)
    return SupportDayFilter(
        request.GET,
        visible.with_all(),
        role=request.role,
        today=request.today,
        with_names=reads_names(request.role),
    )


def table_of(
    request: MemberRequest, shown: SupportDayFilter, *, entries: int
) -> SupportDayTable:
    """Return the table of what is shown."""
    with_names = reads_names(request.role)
    return SupportDayTable(shown.qs, entries=entries, with_names=with_names)


@needs(Permission.SEE_DAYS)
def day_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """Show where a day stands, its history, and the steps open to the reader."""
    day = visible_or_404(request, pk)
    context = {
        "day": day,
        "page": day_page(day, request.role, request.programme),
        "may_log": may(request.role, Permission.LOG_DAYS),
    }
    return render(request, "mentoring/day.html", context)


@needs(Permission.SEE_DAYS)
def day_step(request: MemberRequest, pk: int, name: str) -> HttpResponse:
    """Ask for what a step needs, and take it."""
    day = visible_or_404(request, pk)
    step = BY_NAME.get(name)
    if step is None or step == SILENCE:
        raise Http404
    if not step.is_for(parties_to(day, request.role)):
        raise PermissionDenied("Your role does not let you take this step.")
    form = DayStepForm(request.POST or None, step=step)
    if form.is_valid() and taken(request, day, step, form):
        messages.success(request, f"{RECORDED[step.done]}. {step.effect}")
        is_listed = request.POST.get("back") == "to-confirm"
        return redirect("days_to_confirm") if is_listed else redirect(day)
    context = {
        "form": form,
        "step": step,
        "day": day,
        "title": step_title(day, step),
        "is_open": step in steps_open_to(day, request.role, request.today),
    }
    return render(request, "mentoring/day_step.html", context)


WRITES: dict[Step, Callable[..., SupportDay]] = {
    QUERY: query_day,
    KEEP: keep_day,
    HALVE: halve_day,
    TAKE_BACK: take_back_day,
    VOID: void_day,
    RESTORE: restore_day,
    WITHDRAW: withdraw_day_query,
}
"""What takes each step of one day."""


def taken(
    request: MemberRequest, day: SupportDay, step: Step, form: DayStepForm
) -> Any:
    """Take `step` with what the form holds; None where it was refused."""
    by, on, given = request.user, request.today, form.cleaned_data
    if step in {CONFIRM, QUERY}:
        assert request.role is not None
        assert request.role.school is not None
        given["school"] = request.role.school
    if step == CONFIRM:
        one = SupportDay.objects.filter(pk=day.pk)
        return act(form, confirm_days, days=one, by=by, on=on, **given)
    return act(form, WRITES[step], day=day, by=by, on=on, **given)


def visible_or_404(request: MemberRequest, pk: int) -> SupportDay:
    """Return the day, where the acting role may see it."""
    visible = SupportDay.objects.visible_to(request.role).with_all()
    people = ("logged_by", "logged_for", "queried_for", "confirmed_by", "voided_by")
    return get_object_or_404(visible.select_related(*people), pk=pk)


@needs(Permission.CONFIRM_DAYS)
def days_to_confirm(request: MemberRequest) -> HttpResponse:
    """Show the days that wait for the school, by month, and confirm a month's."""
    assert request.role is not None
    assert request.role.school is not None
    school = request.role.school
    form = MonthForm(request.POST or None)
    if form.is_valid():
        days = form.kept(SupportDay.objects.all())
        by, on = request.user, request.today
        said = form.cleaned_data["taken_back"]
        number = act(
            *(form, confirm_days),
            days=days,
            school=school,
            taken_back=said,
            by=by,
            on=on,
        )
        if number:
            said = counted(number, "day is", "days are")
            messages.success(request, f"{said} confirmed.")
            return redirect("days_to_confirm")
    waiting = SupportDay.objects.waiting_for(school)
    context = {
        "form": form,
        "months": months_to_confirm(waiting),
        "taking_back": TAKING_BACK,
        "number": waiting.count(),
        "days_to_confirm": request.programme.days_to_confirm,
    }
    return render(request, "mentoring/days_to_confirm.html", context)
