"""How each kind of line looks: colour, dash and marker, so never by colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from results.charts.svg import number, path

Kind = Literal["programme", "school", "england", "rest", "similar"]

INK = "#1b2430"
MUTED = "#566073"
GRID = "#e3e1da"
AXIS = "#8b93a1"
AMBER = "#8f4a06"
AMBER_SOFT = "#fdf0e2"
PAPER = "#ffffff"
SHADE = "#f1f0eb"


@dataclass(frozen=True)
class Look:
    """The look of a kind of line; `dash` is empty for an unbroken stroke."""

    colour: str
    dash: str
    width: float
    marker: Literal["circle", "square", "ring", "triangle", "diamond"]


LOOKS: dict[Kind, Look] = {
    "programme": Look("#0f5149", "", 3, "circle"),
    "school": Look("#0f5149", "", 3.5, "square"),
    "england": Look("#46587a", "1.5 5", 2.5, "ring"),
    "rest": Look("#5f6f8f", "9 4", 2, "triangle"),
    "similar": Look("#a8480b", "9 4 2 4", 2.5, "diamond"),
}


def look_of(kind: Kind, kinds: Sequence[Kind]) -> Look:
    """Return the look of `kind` in a picture of `kinds`.

    The unbroken stroke is the subject's. Beside a single school the programme is no
    longer the subject, and takes a long dash.
    """
    look = LOOKS[kind]
    if kind == "programme" and "school" in kinds:
        return Look(look.colour, "16 4", 2.5, look.marker)
    return look


def marker(look: Look, kind: Kind, x: float, y: float, size: float = 4.5) -> str:
    """Return the marker of a line at (x, y); `size` is half its height."""
    css = f"chart-marker chart-{kind}"
    if look.marker in ("circle", "ring"):
        ring = look.marker == "ring"
        paint = (
            f'fill="{PAPER}" stroke="{look.colour}" stroke-width="2"'
            if ring
            else f'fill="{look.colour}"'
        )
        extra = " chart-hollow" if ring else ""
        return (
            f'<circle class="{css}{extra}" cx="{number(x)}" cy="{number(y)}"'
            f' r="{number(size - 1 if ring else size)}" {paint}/>'
        )
    shapes = {
        "square": [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        "triangle": [(0, -1.1), (1.1, 0.9), (-1.1, 0.9)],
        "diamond": [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)],
    }
    outline = [(x + dx * size, y + dy * size) for dx, dy in shapes[look.marker]]
    return (
        f'<path class="{css}" d="{path(outline, closed=True)}" fill="{look.colour}"/>'
    )
