"""The few SVG elements the pictures are made of, as text."""

import html
import re

REGULAR = 400

# What XML 1.0 cannot hold even when escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escaped(text: str) -> str:
    """Return `text` safe inside SVG text and attributes."""
    return html.escape(_FORBIDDEN.sub("\ufffd", text), quote=True)


def number(value: float) -> str:
    """Return a coordinate in at most one decimal, without a needless zero."""
    # Adding zero turns a rounded -0.0 into 0.0.
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def text_at(
    x: float,
    y: float,
    words: str,
    *,
    css: str,
    fill: str,
    anchor: str = "start",
    weight: int = REGULAR,
    size: float | None = None,
) -> str:
    """Return a line of text; `x` is its start, middle or end by `anchor`."""
    extra = "" if anchor == "start" else f' text-anchor="{anchor}"'
    extra += "" if weight == REGULAR else f' font-weight="{weight}"'
    extra += "" if size is None else f' font-size="{number(size)}"'
    return (
        f'<text class="{css}" x="{number(x)}" y="{number(y)}" fill="{fill}"'
        f"{extra}>{escaped(words)}</text>"
    )


def rule(
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    *,
    css: str,
    stroke: str,
    width: float = 1,
    dash: str = "",
) -> str:
    """Return a straight line from one point to another."""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path class="{css}" d="M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"'
        f' fill="none" stroke="{stroke}" stroke-width="{number(width)}"{dashes}/>'
    )


def path(points: list[tuple[float, float]], *, closed: bool = False) -> str:
    """Return path data through `points` (at least one), closed to a shape if asked."""
    text = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return f"M{text}Z" if closed else f"M{text}"


def document(
    *,
    width: float,
    height: float,
    css: str,
    ids: str,
    title: str,
    description: str,
    font_size: float,
    body: str,
    role: str = "img",
) -> str:
    """Return the whole picture, named for people who cannot see it.

    `ids` must be unique on the page; the ids of title and description grow from it.
    `role` is "group" for a picture that holds links: an "img" has nothing inside.
    """
    key = escaped(ids)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{css}" role="{role}"'
        f' viewBox="0 0 {number(width)} {number(height)}"'
        f' aria-labelledby="{key}-title {key}-desc"'
        f' font-family="Inter, system-ui, sans-serif" font-size="{number(font_size)}">'
        f'<title id="{key}-title">{escaped(title)}</title>'
        f'<desc id="{key}-desc">{escaped(description)}</desc>{body}</svg>'
    )
