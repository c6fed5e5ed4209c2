"""The headline estimate: how much more programme schools gained than similar ones.

Analysis of covariance among schools of the bottom quarter: gain = wave + difference
x programme + slopes x (base, value added, free school meals). Schools that start low
rise without help; the slopes take that part away. Schools of one lead mentor move
together, so errors are by mentor. Sources: Fisher 1932 for the method; MacKinnon and
White 1985 for HC2; Liang and Zeger 1986 for errors by school or mentor; Cameron and
Miller 2015 for few mentors.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Any

from results.figures.intervals import CONFIDENCE, FEW_CLUSTERS, Interval, t_quantile
from results.figures.programme import MIN_SCHOOLS
from results.figures.reasons import Reason
from results.figures.spans import NoGain

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

FEWEST = 30
"""Schools outside the programme, in each wave, below which there is no estimate."""

KNOWN = 0.9
"""Share of schools, 0 to 1, that must have a covariate for it to be used."""

COVARIATES = ("base", "value_added", "percent_fsm")


@dataclass(frozen=True, slots=True)
class Compared:
    """A school's gain in one wave; a school outside may stand in several.

    `wave` is the base year, `gain` in points a year from it, `base` the result of
    that year, `value_added` the score the list of that year was made by, and
    `percent_fsm` 0 to 100. `further` is what one of the checks allows for besides.
    `mentor` names the lead mentor of a programme school. None is not known, or none.
    """

    school: Hashable
    wave: int
    is_programme: bool
    gain: float
    base: float
    value_added: float | None = None
    percent_fsm: float | None = None
    further: float | None = None
    mentor: Hashable | None = None

    @property
    def cluster(self) -> Hashable:
        """Return who it moves together with: its lead mentor's schools, or itself."""
        if self.is_programme and self.mentor is not None:
            return "mentor", self.mentor
        return "school", self.school


@dataclass(frozen=True, slots=True)
class Adjusted:
    """What programme schools gained more than similar ones, in points a year.

    `likely` is the estimate with its range: by lead mentor where any is known, each
    school without one by itself, with Student's t of their number less one; of fewer
    than 20 the wider of that and the range by itself. By itself it is by school where
    schools serve in several waves, else HC2; so it is too where all programme schools
    share one mentor. `plain` has HC2's range beside it. `programme` and `comparison`
    are mean gains, the waves of the second weighed by their programme schools.
    `slopes` are those of the covariates used, by name, per unit of each; `dropped`
    names the covariates too few schools had. Counts are of schools, once each;
    `n_mentors` is of the lead mentors allowed for, 0 where none can be.
    """

    likely: Interval
    plain: Interval
    programme: float
    comparison: float
    slopes: dict[str, float]
    dropped: tuple[str, ...]
    n_programme: int
    n_comparison: int
    n_waves: int
    n_mentors: int = 0

    @property
    def difference(self) -> float:
        """Return how much more the programme's schools gained, all allowed for."""
        return self.likely.estimate

    @property
    def by_start(self) -> float:
        """Return how much of the plain difference lies in where schools started."""
        return self.programme - self.comparison - self.difference

    @property
    def is_told_apart(self) -> bool:
        """Return whether the likely range leaves out no difference at all."""
        return not self.likely.low <= 0 <= self.likely.high


def adjusted_difference(
    schools: Sequence[Compared],
    *,
    fewest: int = FEWEST,
    confidence: float = CONFIDENCE,
    covariates: Sequence[str] = COVARIATES,
) -> Adjusted | NoGain:
    """Return the difference that is left once the start is allowed for.

    `schools` holds the entitled schools of every wave, those that joined in it and
    those that never did. A covariate is centred within its wave; one known for fewer
    than 90% of the rows is dropped, and gaps in another are filled with the wave's
    mean and marked by a column of their own. No estimate where a wave has fewer than
    `fewest` schools outside, or the programme fewer than three.
    """
    waves = sorted({each.wave for each in schools if each.is_programme})
    rows = [each for each in schools if each.wave in waves]
    ours = [each for each in rows if each.is_programme]
    others = {
        wave: [each for each in rows if each.wave == wave and not each.is_programme]
        for wave in waves
    }
    if len(ours) < MIN_SCHOOLS:
        return NoGain(Reason.TOO_FEW_SCHOOLS)
    if min(map(len, others.values())) < fewest:
        return NoGain(Reason.COMPARISON_TOO_SMALL)
    used = [name for name in covariates if _share_known(rows, name) >= KNOWN]
    columns = _columns(rows, waves, used)
    fit = _fit(rows, columns, confidence)
    if fit is None:
        return NoGain(Reason.COMPARISON_TOO_SMALL)
    return Adjusted(
        likely=_likely(rows, fit),
        plain=fit.hc2,
        programme=fmean(each.gain for each in ours),
        comparison=fmean(
            (fmean(each.gain for each in others[wave]) for wave in waves),
            weights=[sum(each.wave == wave for each in ours) for wave in waves],
        ),
        slopes={name: fit.slopes[name] for name in used if name in fit.slopes},
        dropped=tuple(name for name in covariates if name not in used),
        n_programme=len({each.school for each in ours}),
        n_comparison=len({each.school for each in rows if not each.is_programme}),
        n_waves=len(waves),
        n_mentors=len({r.mentor for r in ours} - {None}) if fit.by_mentor else 0,
    )


@dataclass(frozen=True, slots=True)
class _Fit:
    hc2: Interval
    by_school: Interval
    by_mentor: Interval | None
    slopes: dict[str, float]


def _likely(rows: Sequence[Compared], fit: _Fit) -> Interval:
    """Return the range that stands, as `Adjusted.likely` says."""
    itself = fit.by_school if _is_repeated(rows) else fit.hc2
    if fit.by_mentor is None:
        return itself
    if _n_clusters(rows) >= FEW_CLUSTERS:
        return fit.by_mentor
    # From few mentors their error comes out too small more often than too large.
    return max(fit.by_mentor, itself, key=lambda each: each.high - each.low)


def _n_clusters(rows: Sequence[Compared]) -> int:
    """Return how many lead mentors there are, and programme schools without one."""
    return len({each.cluster for each in rows if each.is_programme})


def _is_repeated(rows: Sequence[Compared]) -> bool:
    return len({each.school for each in rows}) < len(rows)


def _share_known(rows: Sequence[Compared], name: str) -> float:
    return fmean(getattr(each, name) is not None for each in rows)


def _columns(
    rows: Sequence[Compared], waves: Sequence[int], used: Sequence[str]
) -> dict[str, "Floats"]:
    """Return the columns of the model by name: programme, waves, covariates, gaps.

    A column that adds nothing to those before it (a covariate alike in all schools)
    is left out.
    """
    import numpy as np  # noqa: PLC0415 - numpy loads only to compute

    wave = np.array([each.wave for each in rows])
    columns = {"programme": np.array([float(each.is_programme) for each in rows])}
    columns |= {f"wave {each}": (wave == each).astype(float) for each in waves}
    for name in used:
        values = np.array([getattr(each, name) for each in rows], dtype=float)
        gaps = np.isnan(values)
        for each in waves:
            inside = wave == each
            known = values[inside & ~gaps]
            values[inside] -= known.mean() if known.size else 0.0
        columns[name] = np.where(gaps, 0.0, values)
        columns[f"{name} not known"] = gaps.astype(float)
    kept: dict[str, Floats] = {}
    for name, column in columns.items():
        tried = np.column_stack([*kept.values(), column])
        if np.linalg.matrix_rank(tried) == tried.shape[1]:
            kept[name] = column
    return kept


def _fit(
    rows: Sequence[Compared], columns: dict[str, "Floats"], confidence: float
) -> _Fit | None:
    """Return least squares with every error; None without freedom to judge them by."""
    import numpy as np  # noqa: PLC0415 - numpy loads only to compute

    design, gain = np.column_stack(list(columns.values())), [r.gain for r in rows]
    size, width = design.shape
    if size <= width:
        return None
    inverse = np.linalg.inv(design.T @ design)
    beta = inverse @ design.T @ np.array(gain)
    left = np.array(gain) - design @ beta
    leverage = np.einsum("ij,jk,ik->i", design, inverse, design)
    # A school that alone decides its own fit has nothing left over to weigh.
    freed = np.where(leverage < 1 - 1e-9, 1 - leverage, 1.0)
    scores = design * (left / np.sqrt(freed))[:, None]
    hc2 = _error(inverse, scores)
    raw = design * left[:, None]
    by_school = _clustered_error(inverse, raw, [each.school for each in rows])
    difference, mentors = float(beta[0]), _n_clusters(rows)
    by_mentor = None
    if mentors > 1 and any(each.mentor is not None for each in rows):
        error = _clustered_error(inverse, raw, [each.cluster for each in rows])
        by_mentor = _around(difference, error, mentors - 1, confidence)
    n_schools = len({each.school for each in rows})
    return _Fit(
        hc2=_around(difference, hc2, size - width, confidence),
        by_school=_around(difference, by_school, n_schools - 1, confidence),
        by_mentor=by_mentor,
        slopes=dict(zip(columns, map(float, beta), strict=True)),
    )


def _clustered_error(
    inverse: "Floats", scores: "Floats", clusters: Sequence[Hashable]
) -> float:
    """Return the CR1 standard error of the first coefficient, a cluster for each row.

    G / (G - 1) x (N - 1) / (N - K) times the sandwich of G clusters, N rows and K
    columns. Source: Cameron and Miller 2015, eq. 11-12.
    """
    import numpy as np  # noqa: PLC0415 - numpy loads only to compute

    places: dict[Hashable, int] = {}
    of_cluster = [places.setdefault(each, len(places)) for each in clusters]
    size, width = scores.shape
    sums = np.zeros((len(places), width))
    np.add.at(sums, of_cluster, scores)
    groups = len(places)
    few = groups / (groups - 1) * (size - 1) / (size - width)
    return float(np.sqrt(few)) * _error(inverse, sums)


def _error(inverse: "Floats", scores: "Floats") -> float:
    """Return the sandwich standard error of the first coefficient."""
    return float((((scores @ inverse)[:, 0]) ** 2).sum() ** 0.5)


def _around(mean: float, error: float, df: int, confidence: float) -> Interval:
    arm = t_quantile(df, confidence) * error
    return Interval(mean, mean - arm, mean + arm, confidence, error, df)
