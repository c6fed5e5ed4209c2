"""Switching between the roles one person has."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from mentoring.http import MemberRequest
from mentoring.middleware import ROLE_KEY
from schools.models import Role


@require_POST
def role_switch(request: MemberRequest, pk: int) -> HttpResponse:
    """Act in another of one's own roles from now on; go to its first page."""
    mine = Role.objects.filter(user=request.user).live_on(request.today)
    request.session[ROLE_KEY] = get_object_or_404(mine, pk=pk).pk
    return redirect("today")
