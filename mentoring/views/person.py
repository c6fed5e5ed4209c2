"""One person: their roles, a copy of what is held, a lost factor, and erasure."""

from datetime import date

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django_tables2 import RequestConfig

from mentoring.actions.erase_person import erase_person
from mentoring.actions.forget_factor import forget_factor
from mentoring.actions.hand_over_tasks import (
    hand_over_tasks,
    portfolio_of,
    takers,
    things_of,
)
from mentoring.forms.act import act
from mentoring.forms.people import EraseForm, ForgetFactorForm, HandOverForm
from mentoring.http import MemberRequest, needs
from mentoring.models import StaffMember
from mentoring.pages.timeline import done_by, moments
from mentoring.permissions import Permission, may
from mentoring.personal_data import held_about
from mentoring.second_factor import FACTORS
from mentoring.sign_in import confirmed
from mentoring.tables.people import PeopleTable
from schools.models import Role, User
from schools.naming import counted

PAGE = 50
SHOWN = 50
"""Of what a person did, the latest."""


@needs(Permission.SEE_PEOPLE)
def person(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a person's roles that the reader may see, and what can be done."""
    visible = Role.objects.visible_to(request.role).filter(user=pk)
    roles = visible.select_related("user", "school", "trust").order_by("started", "pk")
    found = User.objects.filter(pk=pk, roles__in=visible.values("pk")).distinct()
    on, acting = request.today, request.role
    table = PeopleTable(roles, today=on, acting=acting, orderable=False)
    RequestConfig(request, paginate={"per_page": PAGE}).configure(table)
    somebody = get_object_or_404(found)
    context = {
        "person": somebody,
        "table": table,
        "may_hand_over": may(request.role, Permission.CHANGE_PAIRINGS),
        "has": had_by(somebody, on),
        "moments": moments(list(done_by(pk, request.role)[:SHOWN]), request.role),
        "may_change": may(request.role, Permission.CHANGE_ACCOUNTS),
        "has_factor": Authenticator.objects.filter(user=pk, type__in=FACTORS).exists(),
    }
    return render(request, "mentoring/person.html", context)


def had_by(user: User, on: date) -> int:
    """Return how many things that need doing, and open pairings, a person has."""
    return things_of(user, on).count() + portfolio_of(user).count()


def person_held(request: MemberRequest, pk: int) -> HttpResponse:
    """Give what is held about oneself, or about anybody to who may, as JSON."""
    is_own = pk == request.user.pk
    if not is_own and not may(request.role, Permission.CHANGE_ACCOUNTS):
        raise Http404
    held = held_about(get_object_or_404(User, pk=pk))
    answer = JsonResponse(held, json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="held-about-{pk}.json"'
    answer["Cache-Control"] = "no-store"
    return answer


@needs(Permission.CHANGE_PAIRINGS)
def hand_over(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask who takes over what a person had to do, and hand it all over."""
    person = get_object_or_404(User, pk=pk)
    by, on = request.user, request.today
    form = HandOverForm(request.POST or None, among=takers(on).exclude(pk=pk))
    if form.is_valid() and (
        handed := act(
            form, hand_over_tasks, user=person, by=by, on=on, **form.cleaned_data
        )
    ):
        words = counted(handed, "thing is", "things are")
        messages.success(request, f"{words} now with {form.cleaned_data['to']}.")
        return redirect("people")
    context = {"form": form, "person": person, "has": had_by(person, on)}
    return render(request, "mentoring/hand_over.html", context)


@needs(Permission.CHANGE_ACCOUNTS)
@confirmed
def person_factor(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask why, and take away a second factor that was lost."""
    user = get_object_or_404(User, pk=pk)
    form = ForgetFactorForm(request.POST or None)
    by, on = request.user, request.today
    if form.is_valid() and (
        shut_out := act(
            form, forget_factor, user=user, by=by, on=on, **form.cleaned_data
        )
    ):
        messages.success(request, f"{shut_out} signs in by password, and sets up anew.")
        return redirect("person", pk=pk)
    context = {"form": form, "person": user}
    return render(request, "mentoring/person_factor.html", context)


@needs(Permission.CHANGE_ACCOUNTS)
@confirmed
def person_erase(request: MemberRequest, pk: int) -> HttpResponse:
    """Say which posts go along, ask for the address once more, and erase the person."""
    user = get_object_or_404(User, pk=pk)
    form = EraseForm(request.POST or None, address=user.email)
    by, on = request.user, request.today
    if form.is_valid() and (erased := act(form, erase_person, user=user, by=by, on=on)):
        messages.success(request, f"{erased}. Every total is as it was.")
        return redirect("people")
    posts = StaffMember.objects.of_person(user).select_related("school")
    context = {
        "form": form,
        "person": user,
        "posts": posts.order_by("school__name", "name", "post", "pk"),
    }
    return render(request, "mentoring/person_erase.html", context)
