"""The list of trusts, and the schools of one."""

from typing import Any

import django_tables2 as tables
from django.db.models import QuerySet
from django.db.models.functions import Upper
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mentoring.tables.list_table import ListTable
from mentoring.tables.school import NUMBER, WIDE
from schools.models import Trust


class TrustTable(ListTable):
    """Trusts with how many schools they have here and in the programme."""

    name = tables.Column(verbose_name="Trust")
    kind = tables.Column(verbose_name="Kind", orderable=False, attrs=WIDE)
    n_schools = tables.Column(verbose_name="Schools", attrs=NUMBER)
    n_programme = tables.Column(verbose_name="In the programme", attrs=NUMBER)

    class Meta(ListTable.Meta):
        order_by = "name"

    noun = "trusts"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.caption = "Trusts, with the schools they have today"
        self.empty_text = "No trust matches. Take a filter away, or search for less."

    def order_name(
        self,
        trusts: QuerySet[Trust],
        is_descending: bool,  # noqa: FBT001 -- as the library calls it
    ) -> tuple[QuerySet[Trust], bool]:
        """Order as people read the names: the publisher's capitals sort no earlier."""
        name = Upper("name")
        by = name.desc() if is_descending else name.asc()
        return trusts.order_by(by, "pk"), True

    def render_name(self, record: Trust) -> SafeString:
        """Return the name as the way to the trust."""
        closed = (
            format_html(' <small class="reason">Closed</small>')
            if record.closed
            else ""
        )
        url = record.get_absolute_url()
        return format_html('<a href="{}">{}</a>{}', url, record.shown_name, closed)
