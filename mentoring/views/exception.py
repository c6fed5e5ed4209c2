"""Exceptions: schools let in that no list has, with who, why and until when."""

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django_tables2 import RequestConfig

from mentoring.actions.change_exception import change_exception
from mentoring.actions.end_exception import end_exception
from mentoring.actions.grant_exception import grant_exception
from mentoring.filters.exception import ExceptionFilter
from mentoring.forms.act import act
from mentoring.forms.exception import ChangeForm, EndForm, GrantForm
from mentoring.http import MemberRequest, needs
from mentoring.models import EligibilityException, EligibilityList, Event, Membership
from mentoring.models.eligibility import EligibilityExceptionQuerySet
from mentoring.pages.exception import (
    exception_title,
    history,
    state_words,
    until_words,
)
from mentoring.pages.parts import active_filters
from mentoring.permissions import Permission, may
from mentoring.places import FOUND, find_schools, on_lists
from mentoring.tables.exception import ExceptionTable
from schools.models import School
from schools.models.school import LONGEST_SEARCH

PAGE = 50


def seen_by(request: MemberRequest) -> EligibilityExceptionQuerySet:
    """Return the exceptions the person may see, with when their school joined."""
    mentees = Membership.objects.mentees().filter(
        school=OuterRef("school"), joined__gte=OuterRef("granted_on")
    )
    first = mentees.order_by("joined").values("joined")[:1]
    return (
        EligibilityException.objects.visible_to(request.role)
        .select_related("school", "granted_by", "ended_by")
        .annotate(joined_on=Subquery(first))
    )


@needs(Permission.SEE_ELIGIBILITY)
def exception_list(request: MemberRequest) -> HttpResponse:
    """List the exceptions, fifty to a page, the latest first."""
    on, seen = request.today, seen_by(request)
    shown = ExceptionFilter(request.GET, seen, today=on)
    with_people = may(request.role, Permission.CHANGE_ELIGIBILITY)
    rows = shown.qs.order_by("-granted_on", "-pk")
    table = ExceptionTable(rows, today=on, with_people=with_people)
    RequestConfig(request, paginate={"per_page": PAGE}).configure(table)
    context = {
        "filter": shown,
        "table": table,
        "active": active_filters(request, shown.form),
        "live": EligibilityException.objects.live_on(on).count(),
        "may_change": with_people,
    }
    return render(request, "mentoring/exception_list.html", context)


@needs(Permission.CHANGE_ELIGIBILITY)
def exception_new(request: MemberRequest) -> HttpResponse:
    """Find the school to let in."""
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    found = find_schools(words) if words else []
    if len(found) == 1:
        return redirect("exception_grant", pk=found[0].pk)
    context = {"words": words, "found": found[:FOUND], "is_more": len(found) > FOUND}
    return render(request, "mentoring/exception_new.html", context)


@needs(Permission.CHANGE_ELIGIBILITY)
def grant(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a school in, with a reason."""
    school = get_object_or_404(School.objects.select_related("continued_by"), pk=pk)
    by, on = request.user, request.today
    form = GrantForm(request.POST or None)
    if form.is_valid() and (
        granted := act(
            form, grant_exception, school=school, by=by, on=on, **form.cleaned_data
        )
    ):
        messages.success(request, f"{school} may join as a mentee by this exception.")
        return redirect(granted)
    lists = EligibilityList.objects.select_related("measure").latest_first()
    context = {"form": form, "school": school, "answers": on_lists(school, list(lists))}
    return render(request, "mentoring/exception_grant.html", context)


def exception_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """Show one exception with its history."""
    exception = get_object_or_404(seen_by(request), pk=pk)
    may_change = may(request.role, Permission.CHANGE_ELIGIBILITY)
    events = Event.objects.filter(
        noun="mentoring.eligibilityexception", noun_id=exception.pk
    ).select_related("who")
    is_live = exception.is_live_on(request.today)
    context = {
        "exception": exception,
        "title": exception_title(exception, request.today),
        "state": state_words(exception, request.today),
        "until": until_words(exception),
        "steps": history(
            exception, list(events.order_by("pk")), with_people=may_change
        ),
        "may_change": may_change and is_live,
        "may_enrol": is_live and may(request.role, Permission.CHANGE_MEMBERSHIP),
    }
    return render(request, "mentoring/exception.html", context)


@needs(Permission.CHANGE_ELIGIBILITY)
def exception_change(request: MemberRequest, pk: int) -> HttpResponse:
    """Move the last day of an exception, with a reason."""
    exception = get_object_or_404(seen_by(request), pk=pk)
    by, on = request.user, request.today
    form = ChangeForm(request.POST or None, until=exception.until)
    if form.is_valid() and (
        changed := act(
            form,
            change_exception,
            exception=exception,
            by=by,
            on=on,
            **form.cleaned_data,
        )
    ):
        messages.success(request, f"Until: {until_words(changed).lower()}.")
        return redirect(changed)
    context = {"form": form, "exception": exception, "until": until_words(exception)}
    return render(request, "mentoring/exception_change.html", context)


@needs(Permission.CHANGE_ELIGIBILITY)
def exception_end(request: MemberRequest, pk: int) -> HttpResponse:
    """End an exception early, with a reason."""
    exception = get_object_or_404(seen_by(request), pk=pk)
    by, on = request.user, request.today
    form = EndForm(request.POST or None)
    if form.is_valid() and (
        ended := act(
            form, end_exception, exception=exception, by=by, on=on, **form.cleaned_data
        )
    ):
        messages.success(request, "The exception is ended. Nothing is deleted.")
        return redirect(ended)
    context = {"form": form, "exception": exception, "until": until_words(exception)}
    return render(request, "mentoring/exception_end.html", context)
