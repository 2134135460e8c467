"""The codec of `/Date(MILLISECONDS)/`."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cloud_backup.wire import ms_date

MILLISECOND = timedelta(milliseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

offsets = st.integers(-(14 * 60 + 59), 14 * 60 + 59)
zones = offsets.map(lambda minutes: timezone(timedelta(minutes=minutes)))
aware = st.datetimes(
    min_value=datetime(1, 1, 3),  # noqa: DTZ001 - the zone is drawn beside it
    timezones=st.one_of(st.just(UTC), zones, st.timezones()),
)
digits = st.text("0123456789", min_size=1, max_size=14)
signs = st.sampled_from(["", "-"])
written_offsets = st.one_of(
    st.just(""),
    st.tuples(st.sampled_from("+-"), st.integers(0, 14), st.integers(0, 59)).map(
        lambda parts: f"{parts[0]}{parts[1]:02}{parts[2]:02}"
    ),
)
texts = st.tuples(signs, digits, written_offsets).map(
    lambda parts: f"/Date({parts[0]}{parts[1]}{parts[2]})/"
)


def to_the_millisecond(value: datetime) -> datetime:
    return value.replace(microsecond=value.microsecond // 1000 * 1000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/Date(1357151359000)/", "2013-01-02T18:29:19+00:00"),
        ("/Date(1357151359123)/", "2013-01-02T18:29:19.123000+00:00"),
        ("/Date(1357151359000-0600)/", "2013-01-02T12:29:19-06:00"),
        ("/Date(1357151359000+0530)/", "2013-01-02T23:59:19+05:30"),
        ("/Date(1357151359000+0000)/", "2013-01-02T18:29:19+00:00"),
        ("/Date(0)/", "1970-01-01T00:00:00+00:00"),
        ("/Date(-0)/", "1970-01-01T00:00:00+00:00"),
        ("/Date(0007)/", "1970-01-01T00:00:00.007000+00:00"),
        ("/Date(-1)/", "1969-12-31T23:59:59.999000+00:00"),
        ("/Date(-62135510400000)/", "0001-01-02T00:00:00+00:00"),
        ("/Date(-62135510400000-1459)/", "0001-01-01T09:01:00-14:59"),
        ("/Date(253402300799999)/", "9999-12-31T23:59:59.999000+00:00"),
        (r"\/Date(1357151359000)\/", "2013-01-02T18:29:19+00:00"),
        (r"\/Date(1357151359000-0600)\/", "2013-01-02T12:29:19-06:00"),
    ],
)
def test_decode_reads(text: str, expected: str) -> None:
    decoded = ms_date.decode(text)
    assert decoded is not None
    assert decoded.isoformat() == expected


@pytest.mark.parametrize(
    "text",
    [
        "/Date(-62135596800000)/",
        "/Date(-62135578800000)/",
        "/Date(-62135596800000+0000)/",
        "/Date(-62135575200000-0600)/",
        "/Date(-62135510400001)/",
        "/Date(-99999999999999)/",
        r"\/Date(-62135578800000)\/",
    ],
)
def test_the_minimum_date_means_none(text: str) -> None:
    assert ms_date.decode(text) is None


@pytest.mark.parametrize(
    "value",
    [
        "",
        "2013-01-02T18:29:19Z",
        "1357151359000",
        "Date(1357151359000)",
        "/Date()/",
        "/Date(-)/",
        "/Date(+1)/",
        "/Date( 1)/",
        "/Date(1_000)/",
        "/Date(1.5)/",
        "/Date(1e3)/",
        "/Date(١٢٣)/",
        "/Date(1357151359000)/\n",
        " /Date(1357151359000)/",
        "/Date(1357151359000-600)/",
        "/Date(1357151359000-0660)/",
        "/Date(1357151359000+1500)/",
        "/Date(1357151359000Z)/",
        "/date(1357151359000)/",
        "/Date(1357151359000)",
        "/Date(253402300800000)/",
        "/Date(253402300799999+0001)/",
        b"/Date(1357151359000)/",
        1357151359000,
        None,
        [],
    ],
)
def test_what_is_no_date_is_none(value: Any) -> None:
    assert ms_date.decode(value) is None


@given(aware)
@example(datetime(2013, 1, 2, 18, 29, 19, 123999, tzinfo=UTC))
@example(datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC))
@example(datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=timezone(timedelta(hours=-14))))
def test_decode_undoes_encode_to_the_millisecond(value: datetime) -> None:
    text = ms_date.encode(value)
    decoded = ms_date.decode(text)
    assert decoded is not None
    assert (decoded - EPOCH) // MILLISECOND == (value - EPOCH) // MILLISECOND
    if "+" in text or "-" in text.removeprefix("/Date(-"):
        assert decoded.utcoffset() == value.utcoffset()
        assert decoded.replace(tzinfo=None) == to_the_millisecond(value.replace(tzinfo=None))


@given(texts)
def test_encode_writes_one_form_of_each_date(text: str) -> None:
    decoded = ms_date.decode(text)
    if decoded is None:
        return
    canonical = ms_date.encode(decoded)
    again = ms_date.decode(canonical)
    assert again == decoded
    assert again is not None
    assert again.utcoffset() == decoded.utcoffset()
    assert ms_date.encode(again) == canonical


@given(st.integers(0, 2**33 * 1000))
@example(4 * 10**12 - 1)
@example(4 * 10**12)
@example(4_294_967_295_999)
def test_the_millisecond_is_exact(milliseconds: int) -> None:
    assert ms_date.decode(f"/Date({milliseconds})/") == EPOCH + milliseconds * MILLISECOND


@given(signs, digits, written_offsets)
def test_an_offset_does_not_move_the_instant(sign: str, number: str, offset: str) -> None:
    assert ms_date.decode(f"/Date({sign}{number}{offset})/") == ms_date.decode(
        f"/Date({sign}{number})/"
    )


@given(texts)
def test_escaped_slashes_mean_the_same(text: str) -> None:
    assert ms_date.decode(text.replace("/", r"\/")) == ms_date.decode(text)


@given(st.datetimes(min_value=datetime(2, 1, 1)))  # noqa: DTZ001 - naive is the point
def test_a_naive_datetime_is_refused(value: datetime) -> None:
    with pytest.raises(ValueError, match="naive"):
        ms_date.encode(value)


def test_a_date_that_would_be_taken_for_none_is_refused() -> None:
    with pytest.raises(ValueError, match="means none"):
        ms_date.encode(datetime.min.replace(tzinfo=UTC))
    assert ms_date.encode(datetime(1, 1, 2, tzinfo=UTC)) == "/Date(-62135510400000)/"


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (timedelta(0), "/Date(1357151359000)/"),
        (timedelta(hours=-6), "/Date(1357151359000-0600)/"),
        (timedelta(hours=5, minutes=30), "/Date(1357151359000+0530)/"),
        (timedelta(hours=-14, minutes=-59), "/Date(1357151359000-1459)/"),
        # The form has no room for these.
        (timedelta(hours=15), "/Date(1357151359000)/"),
        (timedelta(minutes=34, seconds=8), "/Date(1357151359000)/"),
    ],
)
def test_encode_keeps_the_offset_that_the_form_can_hold(offset: timedelta, expected: str) -> None:
    value = datetime(2013, 1, 2, 18, 29, 19, tzinfo=UTC).astimezone(timezone(offset))
    assert ms_date.encode(value) == expected


def test_the_codec_needs_the_standard_library_only() -> None:
    script = (
        "import sys; before = set(sys.modules); import cloud_backup.wire.ms_date;"
        "new = {name.partition('.')[0] for name in set(sys.modules) - before};"
        "sys.exit(', '.join(sorted(new - set(sys.stdlib_module_names) - {'cloud_backup'})) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
