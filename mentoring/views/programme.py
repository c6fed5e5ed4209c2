"""The programme's settings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from mentoring.actions.change_programme import change_programme
from mentoring.forms.act import act
from mentoring.forms.programme import ProgrammeForm
from mentoring.http import MemberRequest, needs
from mentoring.models import Programme
from mentoring.pages.eligibility import programme_title
from mentoring.permissions import Permission


@needs(Permission.CHANGE_PROGRAMME)
def programme_settings(request: MemberRequest) -> HttpResponse:
    """Show and change what is measured, against whom, and what may be shown."""
    # A row of its own: a form writes what was typed into it, even when it is refused.
    programme = Programme.objects.select_related(
        "headline_measure", "eligibility_measure"
    ).get(pk=request.programme.pk)
    title = programme_title(programme)
    form = ProgrammeForm(request.POST or None, instance=programme)
    by, on = request.user, request.today
    if form.is_valid() and (
        done := act(form, change_programme, settings=form.cleaned_data, by=by, on=on)
    ):
        if done.moves_figures:
            messages.success(request, "The settings are changed, and every figure too.")
        elif done.changed:
            messages.success(request, "The settings are changed.")
        else:
            messages.info(request, "Nothing was different, so nothing was changed.")
        return redirect("programme")
    context = {"form": form, "title": title}
    return render(request, "mentoring/programme.html", context)
