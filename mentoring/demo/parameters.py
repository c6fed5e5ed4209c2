"""What the demonstration world is made from, and where each number comes from.

"Fitted" means fitted to the published school tables of England for 2014 and 2016 to
2018; "chosen" means a choice of this demonstration, which no publication bears out.
"""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

DEMO_TODAY = date(2006, 11, 20)
"""The day it is in the demonstration: the week the scheme was reported on."""

YEARS = (2001, 2002, 2003, 2004, 2005, 2006)
VALUE_ADDED_YEARS = (2002, 2003, 2004, 2005)
"""Years in which this value added was published in England."""

CENTRE = 2003
"""The year for which the spread of schools is stated."""

ENGLAND_5AC = (50.0, 51.6, 52.9, 54.3, 55.7, 57.1)
"""England by year, per cent: 2001 to 2003 and 2005 as published (final, and for 2005
provisional), 2004 and 2006 chosen so that every window shows 1.4 points a year."""

ENGLAND_GCSE_ONLY = (49.4, 50.2, 50.0, 50.8, 51.7, 52.5)
"""England without equivalents: 2001 to 2003 as published (Hansard, 19 Feb 2007), then
three fifths of the rise of `ENGLAND_5AC`, the published share for 2003 to 2005."""

# Cohorts. Fitted: mean 180, standard deviation 62, median 176 in 2014.
COHORT_MEDIAN = 178
COHORT_LOG_SD = 0.36
COHORT_RANGE = (31, 420)
COHORT_YEARLY_LOG_SD = 0.06
COHORT_MINIMUM = 25

# The logit of a school's share of pupils. Fitted: standard deviation between schools
# 18.7 points, of a yearly change 7.9, correlation from year to year 0.911.
INTAKE_SPREAD = 0.74
QUALITY_SPREAD = 0.34
FORTUNE_SD = 0.20
FORTUNE_MEMORY = 0.5
YEARLY_SD = 0.13
COMPRESSION = 0.965
"""Shrinking of the spread in a year: schools below 15% fell from 8.2% of all in 2003
to 4.5% in 2005 (Hansard, 1 Apr 2008, 196691), about 6% a year in the logit; chosen
smaller, because part of that is the programme."""

# Value added, 1,000 the average. Fitted: standard deviation 26.6, correlation 0.80 to
# 0.83 over one year and 0.745 over two, 0.68 with the share of pupils.
VALUE_ADDED_SCALE = 60.0
VALUE_ADDED_INTAKE = 0.15
VALUE_ADDED_NOISE_SD = 0.13

# Free school meals: 1 / (1 + exp(2.0 + 0.95 intake - 0.45 noise)). Chosen.
FSM_LEVEL, FSM_INTAKE, FSM_NOISE = 2.0, 0.95, 0.45

EQUIVALENTS_RISE = 0.35
"""Rise in the logit of a school that turns to equivalent qualifications. Chosen."""

# Who is asked to join: those with low results among the entitled. Chosen.
PICK_CENTRE, PICK_SCALE = 45.0, 8.0

EFFECT_BY_YEAR = (1.0, 1.0, 0.5)
"""The programme's effect in a school's first, second and third exams, in units of the
effect a year. Chosen: it builds up and then flattens."""

RESPONSE_SD = 0.5
RESPONSE_RANGE = (-0.5, 2.5)
"""How unlike schools respond to the programme, 1 being the mean. Chosen."""

WAVES = (2003, 2004)
"""Schools join in the autumn of these years, whose exams are their base."""

FIRST_WAVE_SHARE = 0.6
MENTOR_MINIMUM_5AC = 55.0
"""Mentors are schools of the top quarter by value added with at least this. Chosen."""


@dataclass(frozen=True, slots=True)
class Equivalents:
    """Shares of schools, 0 to 1, that turn to equivalents within two years. Chosen."""

    programme: float = 0.30
    rest_of_quarter: float = 0.22
    others: float = 0.08


@dataclass(frozen=True, slots=True)
class Irregular:
    """How many schools are not plain cases: at the mentees, and elsewhere."""

    closed: tuple[int, int] = (2, 1)
    academised: tuple[int, int] = (4, 2)
    small: tuple[int, int] = (3, 2)
    suppressed: tuple[int, int] = (2, 2)
    base_not_published: int = 1
    no_entries: int = 4
    low_coverage: int = 6
    leavers: int = 8
    merged: int = 12
    """Schools that merged in pairs, none of them a mentee or a mentor."""

    undecided: int = 4
    """How many of those nobody has decided on yet."""

    def times(self, scale: int) -> "Irregular":
        """Return as many of each for a world `scale` times the size."""
        counts: dict[str, Any] = {
            each.name: getattr(self, each.name) for each in fields(self)
        }
        for name, count in counts.items():
            is_pair = isinstance(count, tuple)
            counts[name] = (
                tuple(scale * one for one in count) if is_pair else scale * count
            )
        return replace(self, **counts)


@dataclass(frozen=True, slots=True)
class WorldSettings:
    """What makes one world: the same settings give the same world.

    There must be mentees enough for every irregular school that is asked for.

    `displayed_gain` is what the dashboard shall show, in percentage points a year, or
    `true_effect` how much of it the programme shall make; the effect is solved for
    either. Where both are None, `effect` is used as it stands.
    """

    name: str = "headline"
    seed: int = 11
    schools: int = 3095
    mentees: int = 350
    mentors: int = 60
    displayed_gain: float | None = 7.0
    true_effect: float | None = None
    effect: float = 0.0
    equivalents: Equivalents = Equivalents()
    irregular: Irregular = Irregular()

    def times(self, scale: int) -> "WorldSettings":
        """Return the settings of a world `scale` times the size, a whole number."""
        return replace(
            self,
            schools=scale * self.schools,
            mentees=scale * self.mentees,
            mentors=scale * self.mentors,
            irregular=self.irregular.times(scale),
        )


EQUAL = Equivalents(programme=0.22)
"""Programme and comparison alike, so that a claim of an effect is the software's."""

HEADLINE = WorldSettings()
NOTHING = WorldSettings(name="nothing", displayed_gain=None, equivalents=EQUAL)
SMALL = WorldSettings(
    name="small", displayed_gain=None, true_effect=1.0, equivalents=EQUAL
)
WORLDS = {each.name: each for each in (HEADLINE, NOTHING, SMALL)}
"""What can be asked for: 7.0 shown and about 4 of it made, nothing made, 1.0 made."""
