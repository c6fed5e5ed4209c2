"""Words on a picture: how much room they take, and how to keep them apart."""

import textwrap
from collections.abc import Sequence

#: Average width of a semi-bold Inter letter, as a share of the font size. On the
#: generous side: a label drawn narrower than thought does no harm.
LETTER = 0.58


def text_width(text: str, size: float) -> float:
    """Return about how wide `text` is at font `size`, both in SVG units."""
    return len(text) * size * LETTER


def wrapped(text: str, room: float, size: float) -> list[str]:
    """Return `text` in lines that fit `room`; at least one line, perhaps empty."""
    letters = max(int(room / (size * LETTER) + 0.01), 4)
    return textwrap.wrap(text, letters) or [""]


def spread(
    wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float
) -> list[float]:
    """Return centres as near to `wanted` as keeps labels apart, in the same order.

    A label of height h at centre c takes c - h/2 to c + h/2. Labels are kept between
    `top` and `bottom` when they fit at all; otherwise they run over the bottom.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    centres = [0.0] * len(wanted)
    edge = top
    for index in order:
        centres[index] = max(wanted[index], edge + heights[index] / 2)
        edge = centres[index] + heights[index] / 2
    edge = max(bottom, top + sum(heights))
    for index in reversed(order):
        centres[index] = min(centres[index], edge - heights[index] / 2)
        edge = centres[index] - heights[index] / 2
    return centres


def rows(spans: Sequence[tuple[float, float]]) -> list[int]:
    """Return the first row, from 0, in which each span (start, end) meets no other."""
    taken: list[list[tuple[float, float]]] = []
    chosen = []
    for start, end in spans:
        for row, others in enumerate(taken):
            if all(end <= left or right <= start for left, right in others):
                others.append((start, end))
                chosen.append(row)
                break
        else:
            taken.append([(start, end)])
            chosen.append(len(taken) - 1)
    return chosen
