"""The people of a school who give support: listed, added, corrected, ended by date."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mentoring.actions.keep_staff import (
    add_staff_member,
    correct_staff_member,
    erase_staff_member,
    record_leaving,
)
from mentoring.forms.act import act
from mentoring.forms.staff import EraseForm, LeavingForm, StaffForm
from mentoring.http import MemberRequest, needs
from mentoring.models import StaffMember
from mentoring.models.staff_member import schools_open_to
from mentoring.pages.parts import day_words
from mentoring.pages.staff import staff_page
from mentoring.pages.support_day import reads_names
from mentoring.permissions import Permission, may, require
from mentoring.views.area import SAME
from schools.models import School


@needs(Permission.SEE_NEEDS)
def staff_list(request: MemberRequest, pk: int) -> HttpResponse:
    """List who of a school gives support, and who did."""
    school = school_or_404(request, pk)
    if not reads_names(request.role):
        raise PermissionDenied("Your role is not shown the names of a school's staff.")
    context = {
        "school": school,
        "page": staff_page(school, request.today),
        "memberships": school.memberships.visible_to(request.role).earliest_first(),
        "may_change": may(request.role, Permission.CHANGE_STAFF_MEMBERS),
        "may_erase": may(request.role, Permission.CHANGE_PAIRINGS),
    }
    return render(request, "mentoring/staff_list.html", context)


@needs(Permission.SEE_NEEDS)
def staff_new(request: MemberRequest, pk: int) -> HttpResponse:
    """Add somebody of a school."""
    school = school_or_404(request, pk)
    require(request.role, Permission.CHANGE_STAFF_MEMBERS)
    form = StaffForm(request.POST or None)
    by, on = request.user, request.today
    if form.is_valid() and (
        member := act(
            form, add_staff_member, school=school, by=by, on=on, **form.cleaned_data
        )
    ):
        messages.success(request, f"{member.name} is added.")
        return redirect("staff", pk=school.pk)
    context = {
        "form": form,
        "school": school,
        "title": f"Who of {school} gives support?",
        "button": "Add",
    }
    return render(request, "mentoring/staff_form.html", context)


@needs(Permission.SEE_NEEDS)
def staff_correct(request: MemberRequest, pk: int) -> HttpResponse:
    """Put somebody's name and post right."""
    member = member_or_404(request, pk)
    form = StaffForm(request.POST or None, member=member)
    by, on = request.user, request.today
    if form.is_valid():
        done = act(
            form, correct_staff_member, member=member, by=by, on=on, **form.cleaned_data
        )
        if done:
            messages.success(request, f"{form.cleaned_data['name']} is corrected.")
        if done is False:
            messages.info(request, SAME)
        if done is not None:
            return redirect("staff", pk=member.school_id)
    context = {
        "form": form,
        "school": member.school,
        "title": f"Correct {member.name}",
        "button": "Correct",
    }
    return render(request, "mentoring/staff_form.html", context)


@needs(Permission.SEE_NEEDS)
def staff_left(request: MemberRequest, pk: int) -> HttpResponse:
    """Record the last day of somebody, or take it back."""
    member = member_or_404(request, pk)
    form = LeavingForm(request.POST or None, member=member, today=request.today)
    by, on = request.user, request.today
    if form.is_valid():
        left_on = form.cleaned_data["left_on"]
        done = act(form, record_leaving, member=member, left_on=left_on, by=by, on=on)
        if done:
            last = f"left after {day_words(left_on)}" if left_on else "is there"
            messages.success(request, f"{member.name} {last}.")
        if done is False:
            messages.info(request, SAME)
        if done is not None:
            return redirect("staff", pk=member.school_id)
    context = {"form": form, "member": member, "school": member.school}
    return render(request, "mentoring/staff_left.html", context)


@needs(Permission.CHANGE_PAIRINGS)
def staff_erase(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask once more, and take somebody's name and post away for good."""
    member = member_or_404(request, pk)
    form = EraseForm(request.POST if request.method == "POST" else None)
    by, on = request.user, request.today
    if form.is_valid() and (
        _erased := act(form, erase_staff_member, member=member, by=by, on=on)
    ):
        messages.success(request, "The name is erased. Every day and total is there.")
        return redirect("staff", pk=member.school_id)
    context = {"form": form, "member": member, "school": member.school}
    return render(request, "mentoring/staff_erase.html", context)


def school_or_404(request: MemberRequest, pk: int) -> School:
    """Return the school, where the acting role may read of its staff."""
    return get_object_or_404(schools_open_to(request.role, request.today), pk=pk)


def member_or_404(request: MemberRequest, pk: int) -> StaffMember:
    """Return somebody whom the acting role may read of; refuse who may not change it.

    Whoever was erased is not found.
    """
    known = StaffMember.objects.visible_to(request.role, request.today).named()
    member = get_object_or_404(known.select_related("school"), pk=pk)
    require(request.role, Permission.CHANGE_STAFF_MEMBERS)
    return member
