"""Schools join the programme and leave it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mentoring import policies
from mentoring.actions.end_membership import end_membership
from mentoring.actions.enrol_school import enrol_school
from mentoring.forms.act import act
from mentoring.forms.membership import EnrolForm, LeaveForm
from mentoring.http import MemberRequest, needs
from mentoring.models import EligibilityEntry, Membership
from mentoring.pages.eligibility import (
    enrol_title,
    joined_sentence,
    leave_text,
    leave_title,
    left_sentence,
)
from mentoring.permissions import Permission
from schools.models import School


@needs(Permission.CHANGE_MEMBERSHIP)
def enrol(request: MemberRequest, pk: int) -> HttpResponse:
    """Bring a school into the programme as mentee or mentor."""
    school = get_object_or_404(School.objects.select_related("continued_by"), pk=pk)
    by, on = request.user, request.today
    entitled = policies.is_entitled(school, on)
    form = EnrolForm(request.POST or None, is_entitled=entitled, today=on)
    if form.is_valid() and (
        membership := act(
            form, enrol_school, school=school, by=by, on=on, **form.cleaned_data
        )
    ):
        messages.success(request, joined_sentence(membership))
        return redirect(school)
    places = EligibilityEntry.objects.of_school(school)
    context = {
        "form": form,
        "school": school,
        "title": enrol_title(school, is_entitled=entitled),
        "places": places.select_related("list__measure").order_by("-list"),
        "memberships": school.memberships.order_by("joined"),
    }
    return render(request, "mentoring/enrol.html", context)


@needs(Permission.CHANGE_MEMBERSHIP)
def leave(request: MemberRequest, pk: int) -> HttpResponse:
    """Record a school's last day in the programme, and why it leaves."""
    found = Membership.objects.select_related("school")
    membership = get_object_or_404(found, pk=pk)
    by, on = request.user, request.today
    start = {"left": membership.left or on, "reason": membership.reason}
    form = LeaveForm(request.POST or None, initial=start)
    if form.is_valid() and (
        ended := act(
            form,
            end_membership,
            membership=membership,
            by=by,
            on=on,
            **form.cleaned_data,
        )
    ):
        messages.success(request, left_sentence(ended))
        return redirect(membership.school)
    may_end = policies.may_end(membership, on)
    context = {
        "form": form,
        "membership": membership,
        "title": leave_title(membership, may_end=may_end),
        "text": leave_text(membership),
        "may_end": may_end,
    }
    return render(request, "mentoring/leave.html", context)
