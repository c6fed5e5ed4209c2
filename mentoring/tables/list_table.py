"""What every list shares: its template, and rows written in one go."""

import django_tables2 as tables
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe


class ListTable(tables.Table):
    """A list of fifty rows or so to a page; the first column names the row.

    Rows are no loop in the template: that costs more than all else on the page.
    """

    class Meta:
        template_name = "_components/table.html"
        per_page_field = ""  # no address asks for more than a page

    noun = "rows"

    def written_rows(self) -> SafeString:
        """Return the page's rows as HTML; none gives an empty text."""
        names = [column.name for column in self.columns]
        tags = [f"td {column.attrs['td'].as_html()}" for column in self.columns]
        tags[0] = f'th scope="row"{tags[0].removeprefix("td")}'
        rows = (
            "".join(
                f"<{tag}>{conditional_escape(row.get_cell(name))}</{tag[:2]}>"
                for name, tag in zip(names, tags, strict=True)
            )
            for row in self.paginated_rows
        )
        # every cell is escaped above, unless its column says it is HTML
        html = "\n".join(f"<tr>{cells}</tr>" for cells in rows)
        return mark_safe(html)  # noqa: S308 -- escaped as said above
