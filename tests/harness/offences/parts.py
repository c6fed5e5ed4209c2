"""What every offence is, and the days they are written with."""

from collections.abc import Callable
from datetime import date, timedelta

Offence = Callable[[], object]
DAY = date(2004, 9, 1)
DAY_BEFORE = DAY - timedelta(days=1)
NEXT_DAY = DAY + timedelta(days=1)
