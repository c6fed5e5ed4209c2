"""A person accepts what the rule would not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from schools.actions.accept_succession import accept_succession
from schools.models import Succession
from tests.schools.actions.test_decide_successions import A, B, school_of, take_in

NOW = datetime(2018, 9, 2, tzinfo=UTC)


@pytest.fixture
def waiting(tmp_path: Path, db: None) -> Succession:
    take_in(tmp_path, f"{A}>{B} Successor_-_merged 01-09-2010")
    return Succession.objects.get()


def test_accepting_moves_the_predecessor(waiting: Succession) -> None:
    emptied, survivor = school_of(A), school_of(B)
    accept_succession(succession=waiting, in_programme=set(), at=NOW)
    assert school_of(A) == survivor
    assert (waiting.state, waiting.doubt) == ("accepted", "")
    assert (waiting.emptied, waiting.survivor) == (emptied, survivor)
    assert waiting.moved_urns == [A]
    assert waiting.decided_at == NOW


def test_it_is_accepted_once(waiting: Succession) -> None:
    accept_succession(succession=waiting, in_programme=set(), at=NOW)
    with pytest.raises(ValidationError, match="already decided: one school continues"):
        accept_succession(succession=waiting, in_programme=set(), at=NOW)


def test_two_schools_in_the_programme_stay_two(waiting: Succession) -> None:
    both = {school_of(A).pk, school_of(B).pk}
    with pytest.raises(ValidationError, match="Both schools are in the programme"):
        accept_succession(succession=waiting, in_programme=both, at=NOW)
    assert school_of(A) != school_of(B)
