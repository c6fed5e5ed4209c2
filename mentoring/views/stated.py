"""What a mentee needs and what a mentor offers: read, and stated in one form."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mentoring.actions.state_needs import state_needs
from mentoring.actions.state_offers import state_offers
from mentoring.forms.act import act
from mentoring.forms.stated import NeedsForm, OffersForm, StatedForm
from mentoring.http import MemberRequest, needs
from mentoring.models import Area, Membership
from mentoring.models.staff_member import schools_open_to
from mentoring.pages.stated import (
    guideline_words,
    offer_rows,
    stated_part,
    stated_title,
)
from mentoring.permissions import Permission, may, require
from mentoring.stated import MOVED, is_open, needs_of, offers_of
from mentoring.views.area import SAME


@needs(Permission.SEE_NEEDS)
def mentee_needs(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what a mentee needs, and let its head or programme staff change it."""
    membership = stated_or_404(request, pk, Membership.Role.MENTEE)
    held, areas = needs_of(membership), areas_in_use()
    form = NeedsForm(request.POST or None, areas=areas, held=held)
    by, on = request.user, request.today
    if form.is_valid():
        done = act(
            form,
            state_needs,
            membership=membership,
            priorities=form.priorities,
            seen=form.cleaned_data["seen"],
            by=by,
            on=on,
        )
        if done is not None:
            return answered(request, membership, is_changed=done)
        see_again(form, needs_of(membership))
    return page(request, membership, form)


@needs(Permission.SEE_NEEDS)
def mentor_offers(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what a mentor offers, and let its head or programme staff change it."""
    membership = stated_or_404(request, pk, Membership.Role.MENTOR)
    by, on = request.user, request.today
    people = membership.school.staff_members.named().there_on(on)
    form = OffersForm(
        request.POST or None,
        areas=areas_in_use(),
        held=offers_of(membership, on),
        people=list(people.order_by("name", "pk")),
    )
    if form.is_valid():
        done = act(
            form,
            state_offers,
            membership=membership,
            offered=form.offered,
            seen=form.cleaned_data["seen"],
            by=by,
            on=on,
        )
        if done is not None:
            return answered(request, membership, is_changed=done)
        see_again(form, offers_of(membership, on))
    return page(request, membership, form)


def stated_or_404(request: MemberRequest, pk: int, role: str) -> Membership:
    """Return a membership in `role` whose needs or offers the reader may know.

    Who may read and not change is refused what is sent.
    """
    known = schools_open_to(request.role, request.today)
    rows = Membership.objects.filter(role=role, school__in=known)
    membership = get_object_or_404(rows.select_related("school"), pk=pk)
    if request.method == "POST":
        require(request.role, Permission.CHANGE_NEEDS)
    return membership


def areas_in_use() -> list[Area]:
    """Return the areas that may be needed or offered, as they are listed."""
    return list(Area.objects.in_use().special().as_listed())


def see_again(form: StatedForm, held: dict[str, Any]) -> None:
    """Let whoever was told that it moved save over what they have now been told of."""
    if form.has_error(NON_FIELD_ERRORS, MOVED):
        form.see(held)


def answered(
    request: MemberRequest, membership: Membership, *, is_changed: bool
) -> HttpResponse:
    """Say what saving came to, and go to the membership."""
    if is_changed:
        messages.success(request, f"{stated_title(membership)} is saved.")
    else:
        messages.info(request, SAME)
    membership.refresh_from_db()
    offers = offer_rows(membership, request.today)
    if warning := guideline_words(membership, request.programme, offers):
        messages.warning(request, warning)
    return redirect(membership)


def page(
    request: MemberRequest, membership: Membership, form: StatedForm
) -> HttpResponse:
    """Show the form to who may change it, else what is stated."""
    may_change = may(request.role, Permission.CHANGE_NEEDS)
    context = {
        "membership": membership,
        "form": form,
        "title": stated_title(membership),
        "stated": stated_part(
            membership, request.role, request.programme, request.today
        ),
        "is_form": may_change and is_open(membership, request.today),
    }
    return render(request, f"mentoring/{membership.role}_stated.html", context)
