"""Schedules: what is sent of them, and what is made of the service's answer, which is in UTC."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from datetime import UTC, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from cloud_backup import (
    Frequency,
    Schedule,
    UnexpectedAnswer,
    Weekday,
    ZoneDataMissing,
)
from cloud_backup.schedules import windows_zones
from cloud_backup.schedules.windows_zones import zone_info
from cloud_backup.wire.ms_date import encode
from cloud_backup_api import models
from cloud_backup_emulator.schedules import WINDOWS_ZONES
from cloud_backup_emulator.schedules import Schedule as Emulated

if TYPE_CHECKING:
    from collections.abc import Callable

EASTERN = "Eastern Standard Time"
HALF_PAST_SEVEN = Schedule.daily(at=time(19, 30), zone="America/New_York")
NOTHING = {
    "StartTimeHour": None,
    "StartTimeMinute": None,
    "StartTimeAmPm": None,
    "DayOfWeekId": None,
    "HourInterval": None,
}
ANSWER = {
    "Frequency": "Weekly",
    "StartTimeHour": 11,
    "StartTimeMinute": 30,
    "StartTimeAmPm": "PM",
    "DayOfWeekId": 5,
    "HourInterval": None,
    "TimeZoneId": EASTERN,
    "NextScheduledRunTime": "/Date(1406935800000)/",
}
"""7:30 PM of a Friday in August, as published."""


def read(answer: dict[str, Any], now: datetime | None = None) -> Schedule:
    return Schedule.from_answer(models.BackupConfiguration(answer), now=now)


def test_daily() -> None:
    assert HALF_PAST_SEVEN.to_wire() == {
        "Frequency": "Daily",
        "StartTimeHour": 7,
        "StartTimeMinute": 30,
        "StartTimeAmPm": "PM",
        "DayOfWeekId": None,
        "HourInterval": None,
        "TimeZoneId": EASTERN,
    }


def test_weekly() -> None:
    schedule = Schedule.weekly(day="Saturday", at=time(0, 5), zone=ZoneInfo("Europe/Berlin"))

    assert schedule == Schedule.weekly(
        day=Weekday.SATURDAY, at=time(0, 5), zone="W. Europe Standard Time"
    )
    assert schedule.zone == ZoneInfo("Europe/Berlin")
    assert schedule.to_wire() == {
        "Frequency": "Weekly",
        "StartTimeHour": 12,
        "StartTimeMinute": 5,
        "StartTimeAmPm": "AM",
        "DayOfWeekId": 6,
        "HourInterval": None,
        "TimeZoneId": "W. Europe Standard Time",
    }


def test_hourly_and_manually_have_no_start_time() -> None:
    hourly = Schedule.hourly(every=4, zone="Asia/Tokyo")

    assert hourly.to_wire() == NOTHING | {
        "Frequency": "Hourly",
        "HourInterval": 4,
        "TimeZoneId": "Tokyo Standard Time",
    }
    assert Schedule.manually().to_wire() == NOTHING | {"Frequency": "Manually", "TimeZoneId": "UTC"}


@pytest.mark.parametrize(
    ("at", "hour", "half"),
    [(time(0), 12, "AM"), (time(11), 11, "AM"), (time(12), 12, "PM"), (time(23), 11, "PM")],
)
def test_the_clock_has_twelve_hours(at: time, hour: int, half: str) -> None:
    wire = Schedule.daily(at=at, zone="UTC").to_wire()

    assert (wire["StartTimeHour"], wire["StartTimeAmPm"]) == (hour, half)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Schedule.hourly(every=0, zone="UTC"), "every must be 1 to 23 hours, not 0"),
        (lambda: Schedule.hourly(every=24, zone="UTC"), "every must be 1 to 23"),
        (lambda: Schedule.hourly(every=True, zone="UTC"), "every must be 1 to 23"),
        (lambda: Schedule.daily(at=time(1, 0, 5), zone="UTC"), "whole minute"),
        (lambda: Schedule.daily(at=time(1, tzinfo=UTC), zone="UTC"), "at must have no tzinfo"),
        (lambda: Schedule.daily(at=time(1), zone="Nowhere/Land"), "zone 'Nowhere/Land'"),
        (lambda: Schedule.daily(at=time(1), zone=""), "zone has no name"),
        (lambda: Schedule.weekly(day="caturday", at=time(1), zone="UTC"), "day must be a Weekday"),
        (
            lambda: Schedule.weekly(day=5, at=time(1), zone="UTC"),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
            "numbered differently",
        ),
        (lambda: Schedule(frequency=Frequency.DAILY, time_zone_id="UTC"), "Daily needs at"),
        (
            lambda: Schedule(frequency=Frequency.HOURLY, time_zone_id="UTC", every=4, at=time(1)),
            "Hourly takes no at",
        ),
        (
            lambda: Schedule(frequency=Frequency.MANUALLY, time_zone_id="America/New_York"),
            "time_zone_id must be Windows' name",
        ),
        (lambda: Schedule(frequency="Often", time_zone_id="UTC"), "'Often' is not a valid"),
    ],
)
def test_what_cannot_be_a_schedule(make: Callable[[], Schedule], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        make()


def test_it_is_copied_and_pickled() -> None:
    assert copy.copy(HALF_PAST_SEVEN) == copy.deepcopy(HALF_PAST_SEVEN) == HALF_PAST_SEVEN
    assert pickle.loads(pickle.dumps(HALF_PAST_SEVEN)) == HALF_PAST_SEVEN
    assert len({HALF_PAST_SEVEN, copy.copy(HALF_PAST_SEVEN)}) == 1


def test_the_published_answer_is_in_utc() -> None:
    assert read(ANSWER) == Schedule.weekly(day="friday", at=time(19, 30), zone="America/New_York")


def test_the_offset_is_that_of_the_next_run() -> None:
    winter = {"NextScheduledRunTime": encode(datetime(2014, 1, 3, 23, 30, tzinfo=UTC))}

    assert read(ANSWER | winter).at == time(18, 30)


def test_the_day_is_that_in_the_zone() -> None:
    saturday_there = {
        "StartTimeHour": 3,
        "StartTimeAmPm": "AM",
        "DayOfWeekId": 5,
        "NextScheduledRunTime": encode(datetime(2014, 8, 2, 3, 30, tzinfo=UTC)),
    }

    assert read(ANSWER | saturday_there) == Schedule.weekly(
        day="friday", at=time(23, 30), zone="America/New_York"
    )


@pytest.mark.parametrize("no_date", [None, "/Date(-62135578800000)/"])
def test_without_a_next_run_the_present_counts(no_date: str | None) -> None:
    answer = ANSWER | {"Frequency": "Daily", "NextScheduledRunTime": no_date}

    assert read(answer, datetime(2014, 7, 1, tzinfo=UTC)).at == time(19, 30)
    assert read(answer, datetime(2014, 12, 1, tzinfo=UTC)).at == time(18, 30)
    assert read(answer).at in (time(18, 30), time(19, 30))
    with pytest.raises(ValueError, match="now is naive"):
        read(answer, datetime(2014, 7, 1))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"Frequency": "Yearly"}, "Frequency"),
        ({"Frequency": None}, "Frequency"),
        ({"StartTimeHour": None}, "StartTimeHour"),
        ({"StartTimeHour": 13}, "StartTimeHour"),
        ({"StartTimeHour": 0}, "StartTimeHour"),
        ({"StartTimeMinute": 60}, "StartTimeMinute"),
        ({"StartTimeAmPm": ""}, "StartTimeAmPm"),
        ({"StartTimeAmPm": "noon"}, "StartTimeAmPm"),
        ({"DayOfWeekId": 7}, "DayOfWeekId"),
        ({"DayOfWeekId": None}, "DayOfWeekId"),
        ({"TimeZoneId": "Lunar Standard Time"}, "TimeZoneId"),
        ({"TimeZoneId": ""}, "TimeZoneId"),
        ({"Frequency": "Hourly", "HourInterval": 24}, "HourInterval"),
        ({"Frequency": "Hourly"}, "HourInterval"),
    ],
)
def test_an_answer_that_is_no_schedule(change: dict[str, Any], field: str) -> None:
    with pytest.raises(UnexpectedAnswer) as e:
        read(ANSWER | change)

    assert e.value.field == field


def test_texts_of_digits_are_numbers_too() -> None:
    texts = {"StartTimeHour": "11", "StartTimeMinute": "30", "DayOfWeekId": "5"}

    assert read(ANSWER | texts) == read(ANSWER)


def test_a_zone_that_this_library_does_not_know_is_kept_where_no_time_hangs_on_it() -> None:
    lunar = {"Frequency": "Hourly", "HourInterval": 4, "TimeZoneId": "Lunar Standard Time"}

    schedule = read(ANSWER | lunar)

    assert schedule.to_wire()["TimeZoneId"] == "Lunar Standard Time"
    with pytest.raises(ValueError, match="Windows has no zone"):
        _ = schedule.zone


def test_an_iana_name_in_an_answer_is_understood() -> None:
    assert read(ANSWER | {"TimeZoneId": "America/New_York"}) == read(ANSWER)
    manually = ANSWER | {"Frequency": "Manually", "TimeZoneId": "Mars/Olympus"}
    assert read(manually) == Schedule.manually()


def test_a_next_run_that_cannot_be_is_none() -> None:
    now = datetime(2014, 8, 1, tzinfo=UTC)
    for odd in ("/Date(253402300799000)/", "/Date(-9000000000000)/", "soon", 5):
        assert read(ANSWER | {"NextScheduledRunTime": odd}, now) == read(ANSWER)


def test_zone_data_is_needed_to_read_a_start_time_only(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoZone(ZoneInfo):
        def __new__(cls, key: str) -> Self:
            raise ZoneInfoNotFoundError(key)

    monkeypatch.setattr(windows_zones, "ZoneInfo", NoZone)

    schedule = Schedule.daily(at=time(19, 30), zone="America/New_York")
    assert schedule.to_wire()["StartTimeHour"] == 7
    assert read(ANSWER | {"Frequency": "Hourly", "HourInterval": 4}).every == 4
    with pytest.raises(ZoneDataMissing, match="pip install tzdata"):
        read(ANSWER)


TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0))
ZONES = st.sampled_from(sorted(windows_zones.iana_names()))
SCHEDULES = st.one_of(
    ZONES.map(lambda zone: Schedule.manually(zone=zone)),
    st.builds(Schedule.hourly, every=st.integers(1, 23), zone=ZONES),
    st.builds(Schedule.daily, at=TIMES, zone=ZONES),
    st.builds(Schedule.weekly, day=st.sampled_from(Weekday), at=TIMES, zone=ZONES),
)
# The United States and the European Union change their clocks around these days.
CHANGES = [datetime(2026, *day, tzinfo=UTC) for day in ((3, 8), (3, 29), (10, 25), (11, 1))]
NOWS = st.one_of(
    st.datetimes(datetime(2012, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis wants it so
    st.builds(
        lambda change, minutes: change + timedelta(minutes=minutes),
        st.sampled_from(CHANGES),
        st.integers(-3 * 24 * 60, 3 * 24 * 60),
    ),
)


def answered(schedule: Schedule, now: datetime) -> tuple[dict[str, Any], datetime | None]:
    """What the emulator answers to a schedule, and when it is due."""
    sent = schedule.to_wire()
    # Emulated.read() knows fewer zones.
    emulated = Emulated(
        schedule.frequency.value,
        schedule.zone,
        schedule.at,
        sent["DayOfWeekId"],
        sent["HourInterval"],
    )
    if schedule.time_zone_id in WINDOWS_ZONES:
        read_by_it = Emulated.read(sent)
        assert (read_by_it.frequency, read_by_it.at) == (emulated.frequency, emulated.at)
    milliseconds = round(now.timestamp() * 1000)
    due = emulated.next_after(milliseconds)
    answer = {**sent, **emulated.in_utc(milliseconds)}
    if due is None:
        return answer, None
    moment = datetime.fromtimestamp(due / 1000, UTC)
    return answer | {"NextScheduledRunTime": encode(moment)}, moment


def is_skipped(schedule: Schedule, due: datetime | None) -> bool:
    """Whether the change to summer time skips the start time of this run."""
    return (
        due is not None
        and schedule.at is not None
        and due.astimezone(schedule.zone).time().replace(fold=0) != schedule.at
    )


@given(SCHEDULES, NOWS)
@example(HALF_PAST_SEVEN, datetime(2026, 10, 31, 23, 30, tzinfo=UTC))
@example(HALF_PAST_SEVEN, datetime(2026, 11, 1, 23, 30, tzinfo=UTC))
def test_what_the_emulator_answers_is_what_was_sent(schedule: Schedule, now: datetime) -> None:
    answer, due = answered(schedule, now)
    assume(not is_skipped(schedule, due))

    assert read(answer) == schedule


def is_near_a_change(schedule: Schedule, now: datetime) -> bool:
    """Whether clocks change about then: two start times can be the same in UTC."""
    days = (now + timedelta(days=day) for day in range(-1, 9))
    return len({day.astimezone(schedule.zone).utcoffset() for day in days}) > 1


@given(SCHEDULES, NOWS)
def test_without_a_next_run_too_away_from_a_change_of_clocks(
    schedule: Schedule, now: datetime
) -> None:
    answer, due = answered(schedule, now)
    assume(not is_near_a_change(schedule, now))

    assert read(answer | {"NextScheduledRunTime": None}, now) == schedule
    assert due is None or due > now


@given(st.builds(Schedule.daily, at=TIMES, zone=ZONES), NOWS)
def test_a_start_time_that_is_skipped_reads_as_the_later_one(
    schedule: Schedule, now: datetime
) -> None:
    answer, due = answered(schedule, now)
    at = read(answer).at

    assert at is not None
    assert due is not None
    assert due.astimezone(schedule.zone).time().replace(fold=0) == at


@given(SCHEDULES)
def test_pickled_and_sent_again_it_is_the_same(schedule: Schedule) -> None:
    again = pickle.loads(pickle.dumps(schedule))

    assert again == schedule
    assert again.to_wire() == schedule.to_wire()
    assert zone_info(again.time_zone_id) == schedule.zone


def test_a_next_run_may_name_its_offset() -> None:
    due = datetime(2014, 8, 1, 19, 30, tzinfo=timezone(timedelta(hours=-4)))

    assert read(ANSWER | {"NextScheduledRunTime": encode(due)}).at == time(19, 30)


@pytest.mark.parametrize(
    ("schedule", "written", "said"),
    [
        (
            Schedule.daily(at=time(19, 30), zone="America/New_York"),
            "Schedule.daily(at=datetime.time(19, 30), zone='America/New_York')",
            "daily 19:30 America/New_York",
        ),
        (
            Schedule.weekly(day="saturday", at=time(3), zone="W. Europe Standard Time"),
            "Schedule.weekly(day='saturday', at=datetime.time(3, 0), zone='Europe/Berlin')",
            "Saturday 03:00 Europe/Berlin",
        ),
        (
            Schedule.weekly(day="sunday", at=time(0), zone="UTC"),
            "Schedule.weekly(day='sunday', at=datetime.time(0, 0), zone='UTC')",
            "Sunday 00:00 UTC",
        ),
        (
            Schedule.hourly(every=4, zone="UTC"),
            "Schedule.hourly(every=4, zone='UTC')",
            "every 4 hours",
        ),
        (Schedule.manually(), "Schedule.manually(zone='UTC')", "manually"),
    ],
)
def test_a_schedule_shows_the_zone_by_its_iana_name(
    schedule: Schedule, written: str, said: str
) -> None:
    assert repr(schedule) == written
    assert str(schedule) == said
    assert eval(written, {"Schedule": Schedule, "datetime": dt}) == schedule


def test_a_zone_that_is_not_known_is_shown_as_it_came() -> None:
    unknown = Schedule(frequency=Frequency.DAILY, time_zone_id="Mars Standard Time", at=time(3))
    assert "zone='Mars Standard Time'" in repr(unknown)
    assert str(unknown) == "daily 03:00 Mars Standard Time"
