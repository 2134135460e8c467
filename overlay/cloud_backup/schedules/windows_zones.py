"""Windows' names of time zones, which the service goes by, to and from IANA's.

`windows_zones.json` lists the IANA zones that each of Windows' zones stands for, as Unicode's CLDR
has them (`windowsZones`), and the older names of these. The first of each list stands for the
Windows zone; where it was renamed, the name it had before is the second.
"""

import json
import pkgutil
from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cloud_backup.errors import ZoneDataMissing


@cache
def iana_names() -> dict[str, list[str]]:
    """Return the names of the IANA zones by Windows' names."""
    data = pkgutil.get_data(__name__, "windows_zones.json")
    return {windows: names.split() for windows, names in json.loads(data or "").items()}


@cache
def windows_names() -> dict[str, str]:
    """Return Windows' names by each name that a zone may be given by."""
    by_iana = {name: windows for windows, names in iana_names().items() for name in names}
    return by_iana | {windows: windows for windows in iana_names()}


def windows_name(zone: str | ZoneInfo) -> str:
    """Return Windows' name of a time zone; otherwise raise a `ValueError`."""
    name = zone.key if isinstance(zone, ZoneInfo) else zone
    if not name:
        raise ValueError("zone has no name: give one such as 'America/New_York' or 'UTC'")
    known = windows_names()
    if name not in known:
        close = get_close_matches(name, known, n=1)
        hint = f"did you mean {close[0]!r}?" if close else "expected one such as 'America/New_York'"
        raise ValueError(f"zone {name!r} is neither an IANA name nor one that Windows has: {hint}")
    return known[name]


def iana_name(windows: str) -> str:
    """Return the IANA name of the zone that stands for one of Windows', or raise a `ValueError`."""
    if windows not in iana_names():
        raise ValueError(
            f"Windows has no zone {windows!r}: expected one such as 'Eastern Standard Time'"
        )
    return iana_names()[windows][0]


def zone_info(windows: str) -> ZoneInfo:
    """Return the zone that stands for one of Windows', or raise a `ZoneDataMissing`."""
    name = iana_name(windows)
    # An old machine may know the zone by its former name only.
    for known in iana_names()[windows][:2]:
        try:
            return ZoneInfo(known)
        except ZoneInfoNotFoundError:
            continue
    raise ZoneDataMissing(name)
