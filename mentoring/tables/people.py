"""The lists of people with their roles, and of invitations."""

from datetime import date, datetime
from typing import Any

import django_tables2 as tables
from django.template.defaultfilters import date as as_date
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mentoring.pages.people import STATE_TAGS, role_state
from mentoring.permissions import may_look_after
from mentoring.tables.list_table import ListTable
from mentoring.tables.school import WIDE
from schools.models import Invitation, Role

NOBODYS = format_html('<span class="reason">{}</span>', "The programme")
NO_END = format_html('<span class="reason">{}</span>', "No end")


def where(record: Role | Invitation) -> SafeString:
    """Return the school or trust as the way to its page."""
    place = record.place
    if place is None:
        return NOBODYS
    return format_html('<a href="{}">{}</a>', place.get_absolute_url(), place)


def as_what(record: Role | Invitation) -> SafeString | str:
    """Return the role, with what a delegate may do."""
    kind = record.get_kind_display()
    if not record.scope:
        return kind
    return format_html("{} <small>{}</small>", kind, record.get_scope_display())


class PeopleTable(ListTable):
    """Each role of each person, where it is, from when until when."""

    person = tables.Column(
        verbose_name="Person", accessor="user__name", order_by=("user__name", "pk")
    )
    kind = tables.Column(verbose_name="Role", order_by=("kind", "user__name", "pk"))
    place = tables.Column(verbose_name="Where", empty_values=(), orderable=False)
    started = tables.Column(verbose_name="From", order_by=("started", "pk"), attrs=WIDE)
    ended = tables.Column(
        verbose_name="Last day", empty_values=(), order_by=("ended", "pk"), attrs=WIDE
    )
    state = tables.Column(verbose_name="State", empty_values=(), orderable=False)
    step = tables.Column(verbose_name="Next", empty_values=(), orderable=False)

    class Meta(ListTable.Meta):
        order_by = "person"

    noun = "roles"

    def __init__(
        self, *args: Any, today: date, acting: Role | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.acting = acting
        self.caption = "People, with their roles and the days these are in force"
        self.empty_text = "Nobody matches. Take a filter away, or search for less."

    def render_person(self, record: Role) -> SafeString:
        """Return the name with the e-mail address."""
        return format_html(
            '<a href="{}">{}</a><small>{}</small>',
            reverse("person", args=[record.user_id]),
            record.user.name,
            record.user.email,
        )

    def render_kind(self, record: Role) -> SafeString | str:
        """Return the role, with what a delegate may do."""
        return as_what(record)

    def render_place(self, record: Role) -> SafeString:
        """Return where the role is."""
        return where(record)

    def render_started(self, value: date) -> str:
        """Return the first day."""
        return as_date(value, "j M Y")

    def render_ended(self, value: date | None) -> str:
        """Return the last day, or that there is none."""
        return as_date(value, "j M Y") if value else NO_END

    def render_state(self, record: Role) -> SafeString:
        """Return whether it is in force, with its sign."""
        css, words = role_state(record, self.today)
        return format_html('<span class="tag tag-{}">{}</span>', css, words)

    def render_step(self, record: Role) -> SafeString | str:
        """Return the way to end it, for who may, while it is in force or ahead."""
        is_over = record.ended is not None and record.ended < self.today
        if is_over or not may_look_after(self.acting, record.kind, record.school_id):
            return ""
        return format_html(
            '<a href="{}">End<span class="unseen"> the role of {}</span></a>',
            reverse("role_end", args=[record.pk]),
            record.user.name,
        )


class InvitationTable(ListTable):
    """Invitations with who asked whom to be what, and what became of it."""

    name = tables.Column(verbose_name="Person", order_by=("name", "pk"))
    kind = tables.Column(verbose_name="Role", order_by=("kind", "name", "pk"))
    place = tables.Column(verbose_name="Where", empty_values=(), orderable=False)
    made_at = tables.Column(verbose_name="Invited", order_by=("made_at", "pk"))
    state = tables.Column(verbose_name="State", empty_values=(), orderable=False)
    expires_at = tables.Column(
        verbose_name="Link works until", order_by=("expires_at", "pk"), attrs=WIDE
    )

    class Meta(ListTable.Meta):
        order_by = "-made_at"

    noun = "invitations"

    def __init__(self, *args: Any, moment: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moment = moment
        self.caption = "Invitations, with what became of them"
        self.empty_text = (
            "No invitation matches. Take a filter away, or invite someone."
        )

    def render_name(self, record: Invitation) -> SafeString:
        """Return the name as the way to the invitation."""
        return format_html(
            '<a href="{}">{}</a><small>{}</small>',
            record.get_absolute_url(),
            record.name,
            record.email,
        )

    def render_kind(self, record: Invitation) -> SafeString | str:
        """Return the role, with what a delegate may do."""
        return as_what(record)

    def render_place(self, record: Invitation) -> SafeString:
        """Return where the role is."""
        return where(record)

    def render_made_at(self, record: Invitation) -> SafeString:
        """Return the day, and who invited."""
        day = as_date(timezone.localdate(record.made_at), "j M Y")
        return format_html(
            "{}<small>by {}</small>", day, record.invited_by or "a command"
        )

    def render_state(self, record: Invitation) -> SafeString:
        """Return what has become of it, with its sign."""
        state = record.state_at(self.moment)
        return format_html(
            '<span class="tag tag-{}">{}</span>', STATE_TAGS[state], state.label
        )

    def render_expires_at(self, record: Invitation) -> str:
        """Return until when the link works, where it is still awaited."""
        if record.state_at(self.moment) != Invitation.State.WAITING:
            return ""
        return as_date(timezone.localtime(record.expires_at), "j M Y, H:i")
