"""Durations as the service writes them."""

from __future__ import annotations

import contextlib
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud_backup.wire.duration import parse_duration


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("00:00:14", timedelta(seconds=14)),
        ("00:04:33", timedelta(minutes=4, seconds=33)),
        ("26:00:01", timedelta(days=1, hours=2, seconds=1)),
        ("100:00:00", timedelta(hours=100)),
        ("1.02:03:04.5", timedelta(days=1, hours=2, minutes=3, seconds=4.5)),
        ("00:00:00", timedelta()),
    ],
)
def test_parse(text: str, duration: timedelta) -> None:
    assert parse_duration(text) == duration


@given(st.integers(0, 9999), st.integers(0, 59), st.integers(0, 59))
def test_any_hours_minutes_and_seconds(hours: int, minutes: int, seconds: int) -> None:
    assert parse_duration(f"{hours:02}:{minutes:02}:{seconds:02}") == timedelta(
        hours=hours, minutes=minutes, seconds=seconds
    )


@given(st.text(alphabet="0123456789:.- ", max_size=12))
def test_any_text_is_a_duration_or_a_value_error(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert parse_duration(text) >= timedelta()


@pytest.mark.parametrize(
    "text", ["", "4:33", "00:60:00", "00:00:60", "-1:00:00", "PT4M", "\uff11:00:00"]
)
def test_what_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="no duration"):
        parse_duration(text)
