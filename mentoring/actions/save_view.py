"""Keeps a list's filters under a name of its owner's."""

from mentoring.actions.keep import keep
from mentoring.models import SavedView
from schools.models import User


def save_view(*, name: str, page: str, query: str, by: User) -> SavedView:
    """Return the new view; no event: it is nobody's business but the owner's.

    Raises ValidationError with a sentence where the owner has one of that name.
    """
    view = SavedView(owner=by, page=page, name=name, query=query)
    keep(view)
    return view
