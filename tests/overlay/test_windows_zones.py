"""Windows' names of time zones, to and from IANA's."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from cloud_backup import ZoneDataMissing
from cloud_backup.schedules import windows_zones
from cloud_backup.schedules.windows_zones import iana_name, windows_name, zone_info
from cloud_backup_emulator.schedules import WINDOWS_ZONES as EMULATED

SEASONS = [datetime(2026, month, 15, tzinfo=UTC) for month in (1, 4, 7, 10)]


def offsets(zone: ZoneInfo) -> list[object]:
    return [moment.astimezone(zone).utcoffset() for moment in SEASONS]


@pytest.mark.parametrize("name", EMULATED)
def test_every_zone_of_the_emulator_is_known(name: str) -> None:
    assert windows_name(EMULATED[name]) == name
    assert offsets(zone_info(name)) == offsets(ZoneInfo(EMULATED[name]))


@pytest.mark.parametrize(
    ("iana", "windows"),
    [
        ("America/New_York", "Eastern Standard Time"),
        ("America/Detroit", "Eastern Standard Time"),
        ("US/Eastern", "Eastern Standard Time"),
        ("Asia/Calcutta", "India Standard Time"),
        ("Asia/Kolkata", "India Standard Time"),
        ("Europe/Kiev", "FLE Standard Time"),
        ("Europe/Madrid", "Romance Standard Time"),
        ("Australia/Hobart", "Tasmania Standard Time"),
        ("Etc/UTC", "UTC"),
    ],
)
def test_several_iana_names_are_one_of_windows(iana: str, windows: str) -> None:
    assert windows_name(iana) == windows
    assert windows_name(ZoneInfo(iana)) == windows
    assert windows_name(windows) == windows


def test_there_and_back() -> None:
    for windows, (iana, *_) in windows_zones.iana_names().items():
        assert iana_name(windows) == iana
        assert windows_name(iana) == windows


def test_every_iana_name_exists_and_keeps_the_time_of_the_one_that_stands_for_it() -> None:
    for windows, names in windows_zones.iana_names().items():
        for iana in names:
            assert iana in zoneinfo.available_timezones()
            assert offsets(ZoneInfo(iana)) == offsets(zone_info(windows)), iana


@pytest.mark.parametrize("name", ["America/New_Yorck", "Eastern Standard", "EDT", "Mars/Olympus"])
def test_an_unknown_zone_is_refused_with_a_hint(name: str) -> None:
    with pytest.raises(ValueError, match="neither an IANA name nor one that Windows has"):
        windows_name(name)
    with pytest.raises(ValueError, match="Windows has no zone"):
        iana_name(name)


def test_a_slip_is_recognized() -> None:
    with pytest.raises(ValueError, match="did you mean 'America/New_York'"):
        windows_name("America/NewYork")
    with pytest.raises(ValueError, match="has no name"):
        windows_name("")


def test_a_zone_without_data_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(key: str) -> ZoneInfo:
        raise ZoneInfoNotFoundError(key)

    monkeypatch.setattr(windows_zones, "ZoneInfo", none)

    with pytest.raises(ZoneDataMissing, match=r"'America/New_York'.*: pip install tzdata") as e:
        zone_info("Eastern Standard Time")

    assert e.value.zone == "America/New_York"


def test_an_old_machine_knows_the_old_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def old(key: str) -> ZoneInfo:
        if key == "Europe/Kyiv":
            raise ZoneInfoNotFoundError(key)
        return ZoneInfo(key)

    monkeypatch.setattr(windows_zones, "ZoneInfo", old)

    assert zone_info("FLE Standard Time").key == "Europe/Kiev"
