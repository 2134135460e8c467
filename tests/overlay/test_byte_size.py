"""Sizes as the service writes them."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud_backup import ByteSize


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("0 bytes", 0),
        ("318 bytes", 318),
        ("60 KB", 61_440),
        ("35.3 MB", 37_014_733),
        ("178.1 MB", 186_751_386),
        ("3.7 GB", 3_972_844_749),
        ("18 MB", 18_874_368),
        ("1 TB", 1 << 40),
        ("2 EB", 2 << 60),
        ("12", 12),
        ("1 byte", 1),
        (" 5kb ", 5120),
    ],
)
def test_parse(text: str, size: int) -> None:
    parsed = ByteSize.parse(text)

    assert parsed == size
    assert f"{parsed}" == str(parsed) == text.strip()


@pytest.mark.parametrize(
    "text", ["", "GB", "3,7 GB", "-1 KB", "3.7.1 GB", "5 apples", "1e3 KB", "٣ KB"]
)
def test_what_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="invalid size"):
        ByteSize.parse(text)


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 bytes"), (1023, "1023 bytes"), (1024, "1 KB"), (3_972_844_749, "3.7 GB")],
)
def test_a_size_made_of_a_number_prints_like_the_services(size: int, text: str) -> None:
    assert str(ByteSize(size)) == text


@given(st.integers(min_value=0, max_value=1 << 69))
def test_what_it_prints_is_within_a_rounding_of_what_it_is(size: int) -> None:
    text = str(ByteSize(size))

    _, unit = text.split(" ")
    rounding = ByteSize.parse(f"0.05 {unit}") + 1
    assert abs(ByteSize.parse(text) - size) <= rounding


@given(
    st.decimals(min_value=0, max_value=9999, places=1),
    st.sampled_from(["bytes", "KB", "MB", "GB", "TB"]),
)
def test_a_bigger_number_is_a_bigger_size(number: object, unit: str) -> None:
    size = ByteSize.parse(f"{number} {unit}")

    assert size >= 0
    assert str(size) == f"{number} {unit}"
    assert size <= ByteSize.parse(f"{number}9 {unit}")


def test_it_is_a_number() -> None:
    size = ByteSize.parse("60 KB")

    assert (size + 1, f"{size:,}", hash(size)) == (61_441, "61,440", hash(61_440))
    for again in (copy.copy(size), copy.deepcopy(size), pickle.loads(pickle.dumps(size))):
        assert (again, str(again), type(again)) == (61_440, "60 KB", ByteSize)
