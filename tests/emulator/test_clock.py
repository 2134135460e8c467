"""The emulator's clock: real, scaled or standing, and never backwards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud_backup_emulator import Clock


class Wall:
    """The machine's clock, as a test has it."""

    def __init__(self) -> None:
        self.seconds = 1_360_800_000.0

    def __call__(self) -> float:
        return self.seconds


@given(
    rate=st.sampled_from([0, 0.5, 1, 60]),
    steps=st.lists(st.tuples(st.booleans(), st.integers(-100, 1000)), max_size=20),
)
def test_it_never_goes_backwards(rate: float, steps: list[tuple[bool, int]]) -> None:
    wall = Wall()
    clock = Clock(rate, wall=wall)
    before = clock.now()
    for by_hand, seconds in steps:
        if by_hand:
            clock.advance(abs(seconds))
            assert clock.now() == before + abs(seconds) * 1000
        else:
            wall.seconds += seconds
        assert clock.now() >= before
        before = clock.now()


def test_it_runs_as_fast_as_told() -> None:
    wall = Wall()
    clock = Clock(60, wall=wall)
    start = clock.now()
    wall.seconds += 2
    assert clock.now() - start == 120_000

    again = Clock(60, wall=wall, anchor=clock.anchor)
    wall.seconds += 1
    assert again.now() == clock.now() == start + 180_000


@pytest.mark.parametrize("rate", [-1, float("inf"), float("nan")])
def test_other_rates_are_refused(rate: float) -> None:
    with pytest.raises(ValueError, match="rate"):
        Clock(rate)


@pytest.mark.parametrize("seconds", [-1, float("inf"), float("nan")])
def test_it_is_only_advanced(seconds: float) -> None:
    with pytest.raises(ValueError, match="advance the clock"):
        Clock().advance(seconds)
