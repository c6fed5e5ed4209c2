"""People: who has which role where, and ending a role by date."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django_tables2 import RequestConfig

from mentoring.actions.end_role import end_role
from mentoring.filters.people import PeopleFilter, invitation_counts
from mentoring.forms.act import act
from mentoring.forms.people import EndRoleForm
from mentoring.http import MemberRequest, needs
from mentoring.pages.parts import active_filters, day_words
from mentoring.pages.people import what_ending_means
from mentoring.permissions import Permission, may_look_after
from mentoring.sign_in import confirmed
from mentoring.tables.people import PeopleTable
from schools.models import Invitation, Role

PAGE = 50


@needs(Permission.SEE_PEOPLE)
def people(request: MemberRequest) -> HttpResponse:
    """List the roles that match the filters in the URL, fifty to a page."""
    visible = Role.objects.visible_to(request.role)
    rows = visible.select_related("user", "school", "trust")
    shown = PeopleFilter(request.GET, rows, today=request.today)
    table = PeopleTable(shown.qs, today=request.today, acting=request.role)
    RequestConfig(request, paginate={"per_page": PAGE}).configure(table)
    invitations = Invitation.objects.visible_to(request.role)
    context = {
        "filter": shown,
        "table": table,
        "total": table.paginator.count,
        "people": shown.qs.order_by().values("user").distinct().count(),
        "active": active_filters(request, shown.form),
        "counts": invitation_counts(invitations, request, timezone.now()),
    }
    return render(request, "mentoring/people.html", context)


@needs(Permission.INVITE)
@confirmed
def role_end(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask for the last day of a role, saying what it means, and end it."""
    visible = Role.objects.visible_to(request.role)
    role = get_object_or_404(visible.select_related("user", "school", "trust"), pk=pk)
    if not may_look_after(request.role, role.kind, role.school_id):
        raise PermissionDenied("Your role does not let you end this one.")
    by, on = request.user, request.today
    form = EndRoleForm(request.POST or None, initial={"ended": role.ended or on})
    if form.is_valid() and (
        ended := act(form, end_role, role=role, by=by, on=on, **form.cleaned_data)
    ):
        assert ended.ended is not None
        messages.success(
            request, f"The last day of {role.user} as {role}: {day_words(ended.ended)}."
        )
        return redirect("people")
    context = {"form": form, "role": role, "text": what_ending_means(role)}
    return render(request, "mentoring/role_end.html", context)
