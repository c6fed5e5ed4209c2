"""Views of a list that people keep under a name."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from mentoring.actions.save_view import save_view
from mentoring.filters.school import SchoolFilter
from mentoring.forms.act import act
from mentoring.forms.school_view import SchoolViewForm
from mentoring.http import MemberRequest, needs
from mentoring.models import SavedView
from mentoring.permissions import Permission
from schools.models import School

LONGEST = SavedView._meta.get_field("query").max_length  # noqa: SLF001 -- Django's public-by-use API


class SaveForm(forms.Form):
    """A name for the list as it is shown."""

    name = forms.CharField(
        max_length=60, error_messages={"required": "Give it a name."}
    )


@needs(Permission.SEE_RESULTS)
@require_POST
def view_save(request: MemberRequest) -> HttpResponse:
    """Keep the list as it is shown under a name, and go back to it."""
    query = known_query(request, QueryDict(request.POST.get("query", "")[:LONGEST]))
    address = f"{reverse('schools')}?{query}"
    form = SaveForm(request.POST)
    if form.is_valid():
        name, page = form.cleaned_data["name"], SavedView.Page.SCHOOLS
        if act(form, save_view, name=name, page=page, query=query, by=request.user):
            messages.success(request, f"Saved as {name}.")
            return redirect(address)
    for sentence in [each for errors in form.errors.values() for each in errors]:
        messages.error(request, f"The view was not saved. {sentence}")
    return redirect(address)


def view_delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask whether a view is to be deleted, and delete it; the list itself stays."""
    view = get_object_or_404(SavedView, pk=pk, owner=request.user)
    if request.method == "POST":
        view.delete()
        return redirect(f"{reverse('schools')}?{view.query}")
    return render(request, "mentoring/view_delete.html", {"view": view})


def known_query(request: MemberRequest, asked: QueryDict) -> str:
    """Return what a list understands of `asked`, as a query string."""
    shown = SchoolFilter(
        asked, School.objects.none(), today=request.today, role=request.role
    )
    known = [*shown.form.fields, *SchoolViewForm(asked).fields, "sort"]
    kept = QueryDict(mutable=True)
    for name in known:
        values = [value for value in asked.getlist(name) if value]
        if values and not shown.form.errors.get(name):
            kept.setlist(name, values)
    return kept.urlencode()
