"""Dates of school terms, kept by programme staff."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mentoring.actions.keep_terms import add_term, change_term, remove_term
from mentoring.forms.act import act
from mentoring.forms.empty import EmptyForm
from mentoring.forms.term import TermForm
from mentoring.http import MemberRequest, needs
from mentoring.models import Term
from mentoring.permissions import Permission
from mentoring.views.area import SAME


@needs(Permission.CHANGE_AREAS)
def term_list(request: MemberRequest) -> HttpResponse:
    """List the terms, the latest first, and say how far they reach."""
    terms = list(Term.objects.order_by("-started"))
    last = terms[0].ended if terms else None
    context = {
        "terms": terms,
        "current": next((each for each in terms if each.holds(request.today)), None),
        "is_short": last is not None and last < request.today,
        "last": last,
    }
    return render(request, "mentoring/term_list.html", context)


@needs(Permission.CHANGE_AREAS)
def term_new(request: MemberRequest) -> HttpResponse:
    """Add a term."""
    form = TermForm(request.POST or None)
    by, on = request.user, request.today
    if form.is_valid() and (
        term := act(form, add_term, by=by, on=on, **form.cleaned_data)
    ):
        messages.success(request, f"{term} is added.")
        return redirect("terms")
    context = {"form": form, "title": "Add a term", "button": "Add"}
    return render(request, "mentoring/term_form.html", context)


@needs(Permission.CHANGE_AREAS)
def term_change(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a term's name or days right."""
    term = get_object_or_404(Term, pk=pk)
    form = TermForm(request.POST or None, term=term)
    by, on = request.user, request.today
    if form.is_valid():
        done = act(form, change_term, term=term, by=by, on=on, **form.cleaned_data)
        if done:
            messages.success(request, f"{form.cleaned_data['name']} is changed.")
        if done is False:
            messages.info(request, SAME)
        if done is not None:
            return redirect("terms")
    context = {
        "form": form,
        "title": f"Change {term}",
        "button": "Change",
        "held": term,
    }
    return render(request, "mentoring/term_form.html", context)


@needs(Permission.CHANGE_AREAS)
def term_remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask whether a term should go, and remove it."""
    term = get_object_or_404(Term, pk=pk)
    form = EmptyForm(request.POST if request.method == "POST" else None)
    by, on = request.user, request.today
    if form.is_valid() and act(form, remove_term, term=term, by=by, on=on):
        messages.success(request, f"{term} is removed.")
        return redirect("terms")
    return render(request, "mentoring/term_remove.html", {"form": form, "term": term})
