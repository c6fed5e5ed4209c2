"""Invitations: inviting, the list, one's own page, and the page of the mailed link."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django_tables2 import RequestConfig

from mentoring.actions.accept_invitation import accept_invitation
from mentoring.actions.invite_person import AddressOf, invite_person
from mentoring.actions.resend_invitation import resend_invitation
from mentoring.actions.revoke_invitation import revoke_invitation
from mentoring.filters.people import InvitationFilter, invitation_counts
from mentoring.forms.act import act
from mentoring.forms.people import (
    AcceptForm,
    AskedForm,
    InviteDelegateForm,
    InviteForm,
)
from mentoring.http import MemberRequest, needs
from mentoring.models import Event
from mentoring.pages.parts import active_filters
from mentoring.pages.people import invitation_page
from mentoring.permissions import INVITES, Permission, may_look_after
from mentoring.sign_in import confirmed, let_in, stay_in, too_often
from mentoring.tables.people import InvitationTable
from schools.models import Invitation, Role, User

PAGE = 50


def address_of(request: HttpRequest) -> AddressOf:
    """Return how a token becomes the address of the page that accepts it."""
    return lambda token: request.build_absolute_uri(
        reverse("invitation_accept", kwargs={"token": token})
    )


@needs(Permission.INVITE)
@confirmed
def invite(request: MemberRequest) -> HttpResponse:
    """Ask whom to invite to what, and invite them."""
    if over := too_often(request, "invite"):
        return over
    assert request.role is not None
    form: InviteForm | InviteDelegateForm
    extra: dict[str, Any] = {}
    if request.role.kind == Role.Kind.HEAD:
        form = InviteDelegateForm(request.POST or None, initial=request.GET.dict())
        extra = {"kind": Role.Kind.DELEGATE, "school": request.role.school}
    else:
        kinds = INVITES[request.role.kind]
        given = request.GET.dict()
        form = InviteForm(request.POST or None, kinds=kinds, initial=given)
    if form.is_valid() and (
        invitation := act(
            form,
            invite_person,
            **{**form.cleaned_data, **extra},
            address_of=address_of(request),
            by=request.user,
            on=request.today,
        )
    ):
        messages.success(request, f"{invitation} is invited.")
        return redirect(invitation)
    context = {"form": form, "school": extra.get("school")}
    return render(request, "mentoring/invite.html", context)


@needs(Permission.SEE_PEOPLE)
def invitation_list(request: MemberRequest) -> HttpResponse:
    """List the invitations that match the filters in the URL, the latest first."""
    now = timezone.now()
    visible = Invitation.objects.visible_to(request.role)
    rows = visible.select_related("school", "trust", "invited_by")
    shown = InvitationFilter(request.GET, rows, moment=now)
    table = InvitationTable(shown.qs, moment=now)
    RequestConfig(request, paginate={"per_page": PAGE}).configure(table)
    context = {
        "filter": shown,
        "table": table,
        "total": table.paginator.count,
        "active": active_filters(request, shown.form),
        "counts": invitation_counts(visible, request, now),
    }
    return render(request, "mentoring/invitation_list.html", context)


def visible_or_404(request: MemberRequest, pk: int) -> Invitation:
    """Return the invitation, where the acting role may see it."""
    visible = Invitation.objects.visible_to(request.role)
    rows = visible.select_related("school", "trust", "invited_by", "role__user")
    return get_object_or_404(rows, pk=pk)


def mine_or_403(request: MemberRequest, pk: int) -> Invitation:
    """Return the invitation, where the acting role may decide about it."""
    invitation = visible_or_404(request, pk)
    if not may_look_after(request.role, invitation.kind, invitation.school_id):
        raise PermissionDenied("Your role does not let you decide about this.")
    return invitation


@needs(Permission.SEE_PEOPLE)
def invitation_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """Show one invitation, with what was done about it and what can be."""
    invitation = visible_or_404(request, pk)
    events = Event.objects.filter(noun="schools.invitation", noun_id=pk)
    steps = list(events.select_related("who").order_by("pk"))
    may_decide = may_look_after(request.role, invitation.kind, invitation.school_id)
    context = {
        "invitation": invitation,
        "page": invitation_page(invitation, steps, timezone.now()),
        "may_decide": may_decide,
    }
    return render(request, "mentoring/invitation.html", context)


@needs(Permission.INVITE)
@confirmed
def invitation_resend(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask whether to send an invitation again, and send it with a new link."""
    if over := too_often(request, "invite"):
        return over
    invitation = mine_or_403(request, pk)
    form = AskedForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (
        sent := act(
            form,
            resend_invitation,
            invitation=invitation,
            address_of=address_of(request),
            by=request.user,
            on=request.today,
        )
    ):
        messages.success(request, f"{sent} is sent a new link.")
        return redirect(sent)
    context = {"form": form, "invitation": invitation}
    return render(request, "mentoring/invitation_resend.html", context)


@needs(Permission.INVITE)
@confirmed
def invitation_revoke(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask whether to revoke an invitation, and revoke it."""
    invitation = mine_or_403(request, pk)
    form = AskedForm(request.POST if request.method == "POST" else None)
    by, on = request.user, request.today
    if form.is_valid() and (
        revoked := act(form, revoke_invitation, invitation=invitation, by=by, on=on)
    ):
        messages.success(request, f"The invitation of {revoked} is revoked.")
        return redirect(revoked)
    context = {"form": form, "invitation": invitation}
    return render(request, "mentoring/invitation_revoke.html", context)


def form_for(
    request: MemberRequest, invitation: Invitation, known: User | None
) -> forms.Form:
    """Return the form to accept by: of a new person, it asks name and password."""
    sent = request.POST if request.method == "POST" else None
    if known is not None:
        return AskedForm(sent)
    return AcceptForm(sent, initial={"name": invitation.name})


@never_cache
@login_not_required
def invitation_accept(request: MemberRequest, token: str) -> HttpResponse:
    """Show who a link is for, and let them in; what works no longer is not there."""
    if over := too_often(request, "accept"):
        return over
    waiting = Invitation.objects.in_state(Invitation.State.WAITING, timezone.now())
    rows = waiting.select_related("school", "trust", "invited_by")
    invitation = rows.with_token(token).first()
    if invitation is None:
        return render(request, "mentoring/invitation_over.html", status=404)
    known = User.objects.filter(email__iexact=invitation.email).first()
    context: dict[str, Any] = {"invitation": invitation, "known": known}
    if known is not None and known != request.user:
        return render(request, "mentoring/invitation_sign_in.html", context)
    form = form_for(request, invitation, known)
    if form.is_valid() and (
        role := act(
            form,
            accept_invitation,
            invitation=invitation,
            by=known,
            on=request.today,
            **form.cleaned_data,
        )
    ):
        messages.success(request, f"You are here as: {role}.")
        return stay_in(request, role) if known else let_in(request, role.user)
    context["form"] = form
    return render(request, "mentoring/invitation_accept.html", context)
