"""Areas of help, kept by programme staff."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from mentoring.actions.keep_areas import (
    add_area,
    move_area,
    rename_area,
    retire_area,
    take_area_back,
)
from mentoring.forms.act import act
from mentoring.forms.area import AreaForm
from mentoring.http import MemberRequest, needs
from mentoring.models import Area
from mentoring.pages.areas_of_help import retiring_words, with_counts
from mentoring.permissions import Permission

SAME = "Nothing was different, so nothing was changed."


@needs(Permission.CHANGE_AREAS)
def area_list(request: MemberRequest) -> HttpResponse:
    """List the areas, with what hangs on each and what can be done with it."""
    areas = with_counts()
    in_use = [each for each in areas if each.retired_on is None]
    context = {
        "in_use": in_use,
        "retired": [each for each in areas if each.retired_on is not None],
        "first": next((each.pk for each in in_use if not each.is_lead), None),
        "last": in_use[-1].pk if in_use else None,
    }
    return render(request, "mentoring/area_list.html", context)


@needs(Permission.CHANGE_AREAS)
def area_new(request: MemberRequest) -> HttpResponse:
    """Add an area."""
    form = AreaForm(request.POST or None)
    by, on = request.user, request.today
    if form.is_valid() and (
        area := act(form, add_area, by=by, on=on, **form.cleaned_data)
    ):
        messages.success(request, f"{area} is an area from now on.")
        return back_to(area)
    context = {"form": form, "title": "Add an area of help", "button": "Add"}
    return render(request, "mentoring/area_form.html", context)


@needs(Permission.CHANGE_AREAS)
def area_rename(request: MemberRequest, pk: int) -> HttpResponse:
    """Give an area, or the lead, another name."""
    area = get_object_or_404(Area, pk=pk)
    form = AreaForm(request.POST or None, initial={"name": area.name})
    by, on = request.user, request.today
    if form.is_valid():
        done = act(form, rename_area, area=area, by=by, on=on, **form.cleaned_data)
        if done:
            messages.success(request, f"{area} is renamed.")
        if done is False:
            messages.info(request, SAME)
        if done is not None:
            return back_to(area)
    context = {"form": form, "title": f"Rename {area}", "button": "Rename"}
    return render(request, "mentoring/area_form.html", context)


@require_POST
@needs(Permission.CHANGE_AREAS)
def area_move(request: MemberRequest, pk: int) -> HttpResponse:
    """Let an area change places with its neighbour."""
    area = get_object_or_404(Area, pk=pk)
    is_up = request.POST.get("way") != "down"
    if move_area(area=area, is_up=is_up, by=request.user, on=request.today):
        way = "up" if is_up else "down"
        messages.success(request, f"{area} is moved {way}.")
    return back_to(area)


@needs(Permission.CHANGE_AREAS)
def area_retire(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask whether nothing new should name an area, and retire it."""
    area = next((each for each in with_counts() if each.pk == pk), None)
    if area is None:
        raise Http404
    if request.method == "POST":
        try:
            done = retire_area(area=area, by=request.user, on=request.today)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return back_to(area)
        if done:
            messages.success(request, f"{area} is retired.")
        return back_to(area)
    context = {"area": area, "text": retiring_words(area)}
    return render(request, "mentoring/area_retire.html", context)


@require_POST
@needs(Permission.CHANGE_AREAS)
def area_take_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Bring a retired area into use again."""
    area = get_object_or_404(Area, pk=pk)
    if take_area_back(area=area, by=request.user, on=request.today):
        messages.success(request, f"{area} is in use again.")
    return back_to(area)


def back_to(area: Area) -> HttpResponse:
    """Go to the area in the list."""
    return redirect(f"{reverse('areas')}#area-{area.pk}")
