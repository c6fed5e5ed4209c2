import pytest

from results.figures.reasons import Reason


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_plain_sentence(reason: Reason) -> None:
    assert reason.sentence.endswith(".")
    assert "_" not in reason.sentence


def test_no_two_reasons_say_the_same() -> None:
    assert len({reason.sentence for reason in Reason}) == len(Reason)
