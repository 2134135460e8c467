"""Windows' names of time zones, which the service goes by, to and from IANA's.

The pairs are those of Unicode's CLDR (`windowsZones`). Windows has fewer zones than IANA, so that
several IANA zones share one of Windows': `America/Detroit` is `Eastern Standard Time`, of which
`America/New_York` is the one that stands for it.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cloud_backup.errors import CloudBackupError

__all__ = ["ZoneDataMissing", "iana_name", "windows_name", "zone_info"]


class ZoneDataMissing(CloudBackupError):  # noqa: N818 - named for what happened, as all errors are
    """Python knows no rules of a time zone: Windows brings none along, nor do slim containers.

    Attributes:
        zone: The zone, by its IANA name.
    """

    def __init__(self, zone: str) -> None:
        self.zone = zone
        super().__init__(
            f"there is no data about the time zone {zone!r} on this machine: pip install tzdata"
        )


def windows_name(zone: str | ZoneInfo) -> str:
    """Return Windows' name of a time zone.

    Args:
        zone: Its IANA or Windows name, or itself.

    Raises:
        ValueError: It is none that Windows knows, or has no name.
    """
    name = zone.key if isinstance(zone, ZoneInfo) else zone
    if not name:
        raise ValueError("zone has no name: give one as 'America/New_York' or 'UTC'")
    if name in _BY_WINDOWS:
        return name
    try:
        return _BY_IANA[name]
    except KeyError:
        close = get_close_matches(name, (*_BY_WINDOWS, *_BY_IANA), n=1)
    hint = f"did you mean {close[0]!r}?" if close else "give one as 'America/New_York'"
    raise ValueError(f"zone {name!r} is neither a Windows name nor an IANA name of one: {hint}")


def iana_name(name: str) -> str:
    """Return the IANA name of the zone that stands for one of Windows'.

    Args:
        name: Windows' name.

    Raises:
        ValueError: Windows has no zone of this name.
    """
    if name not in _BY_WINDOWS:
        raise ValueError(f"zone {name!r} is none of Windows', such as 'Eastern Standard Time'")
    return _BY_WINDOWS[name]


def zone_info(name: str) -> ZoneInfo:
    """Return the zone that stands for one of Windows', with its rules.

    Args:
        name: Windows' name.

    Raises:
        ValueError: Windows has no zone of this name.
        ZoneDataMissing: This machine has no data about it.
    """
    modern = iana_name(name)
    # An old machine knows the old names only, a new one perhaps the new ones only.
    for known in (modern, _FORMER.get(modern, modern)):
        try:
            return ZoneInfo(known)
        except ZoneInfoNotFoundError:
            continue
    raise ZoneDataMissing(modern)


# The first of each line stands for the Windows zone; names that IANA has given up are below.
_ZONES: Final = {
    "AUS Central Standard Time": "Australia/Darwin",
    "AUS Eastern Standard Time": "Australia/Sydney Australia/Melbourne",
    "Afghanistan Standard Time": "Asia/Kabul",
    "Alaskan Standard Time": "America/Anchorage America/Juneau America/Metlakatla America/Nome "
    "America/Sitka America/Yakutat",
    "Aleutian Standard Time": "America/Adak",
    "Altai Standard Time": "Asia/Barnaul",
    "Arab Standard Time": "Asia/Riyadh Asia/Aden Asia/Bahrain Asia/Kuwait Asia/Qatar",
    "Arabian Standard Time": "Asia/Dubai Asia/Muscat Etc/GMT-4",
    "Arabic Standard Time": "Asia/Baghdad",
    "Argentina Standard Time": "America/Argentina/Buenos_Aires America/Argentina/Catamarca "
    "America/Argentina/Cordoba America/Argentina/Jujuy America/Argentina/La_Rioja "
    "America/Argentina/Mendoza America/Argentina/Rio_Gallegos America/Argentina/Salta "
    "America/Argentina/San_Juan America/Argentina/San_Luis America/Argentina/Tucuman "
    "America/Argentina/Ushuaia",
    "Astrakhan Standard Time": "Europe/Astrakhan Europe/Ulyanovsk",
    "Atlantic Standard Time": "America/Halifax America/Glace_Bay America/Goose_Bay "
    "America/Moncton America/Thule Atlantic/Bermuda",
    "Aus Central W. Standard Time": "Australia/Eucla",
    "Azerbaijan Standard Time": "Asia/Baku",
    "Azores Standard Time": "Atlantic/Azores",
    "Bahia Standard Time": "America/Bahia",
    "Bangladesh Standard Time": "Asia/Dhaka Asia/Thimphu",
    "Belarus Standard Time": "Europe/Minsk",
    "Bougainville Standard Time": "Pacific/Bougainville",
    "Canada Central Standard Time": "America/Regina America/Swift_Current",
    "Cape Verde Standard Time": "Atlantic/Cape_Verde Etc/GMT+1",
    "Caucasus Standard Time": "Asia/Yerevan",
    "Cen. Australia Standard Time": "Australia/Adelaide Australia/Broken_Hill",
    "Central America Standard Time": "America/Guatemala America/Belize America/Costa_Rica "
    "America/El_Salvador America/Managua America/Tegucigalpa Pacific/Galapagos Etc/GMT+6",
    "Central Asia Standard Time": "Asia/Bishkek Asia/Urumqi Indian/Chagos Etc/GMT-6",
    "Central Brazilian Standard Time": "America/Cuiaba America/Campo_Grande",
    "Central Europe Standard Time": "Europe/Budapest Europe/Belgrade Europe/Bratislava "
    "Europe/Ljubljana Europe/Podgorica Europe/Prague Europe/Tirane",
    "Central European Standard Time": "Europe/Warsaw Europe/Sarajevo Europe/Skopje Europe/Zagreb",
    "Central Pacific Standard Time": "Pacific/Guadalcanal Pacific/Efate "
    "Pacific/Kosrae Pacific/Noumea Pacific/Pohnpei Etc/GMT-11",
    "Central Standard Time": "America/Chicago America/Indiana/Knox America/Indiana/Tell_City "
    "America/Matamoros America/Menominee America/North_Dakota/Beulah "
    "America/North_Dakota/Center America/North_Dakota/New_Salem America/Ojinaga "
    "America/Rankin_Inlet America/Resolute America/Winnipeg",
    "Central Standard Time (Mexico)": "America/Mexico_City America/Bahia_Banderas "
    "America/Chihuahua America/Merida America/Monterrey",
    "Chatham Islands Standard Time": "Pacific/Chatham",
    "China Standard Time": "Asia/Shanghai Asia/Hong_Kong Asia/Macau",
    "Cuba Standard Time": "America/Havana",
    "Dateline Standard Time": "Etc/GMT+12",
    "E. Africa Standard Time": "Africa/Nairobi Africa/Addis_Ababa Africa/Asmara "
    "Africa/Dar_es_Salaam Africa/Djibouti Africa/Kampala Africa/Mogadishu Antarctica/Syowa "
    "Indian/Antananarivo Indian/Comoro Indian/Mayotte Etc/GMT-3",
    "E. Australia Standard Time": "Australia/Brisbane Australia/Lindeman",
    "E. Europe Standard Time": "Europe/Chisinau",
    "E. South America Standard Time": "America/Sao_Paulo",
    "Easter Island Standard Time": "Pacific/Easter",
    "Eastern Standard Time": "America/New_York America/Detroit America/Indiana/Petersburg "
    "America/Indiana/Vincennes America/Indiana/Winamac America/Iqaluit "
    "America/Kentucky/Louisville America/Kentucky/Monticello America/Nassau America/Toronto",
    "Eastern Standard Time (Mexico)": "America/Cancun",
    "Egypt Standard Time": "Africa/Cairo",
    "Ekaterinburg Standard Time": "Asia/Yekaterinburg",
    "FLE Standard Time": "Europe/Kyiv Europe/Helsinki Europe/Mariehamn Europe/Riga Europe/Sofia "
    "Europe/Tallinn Europe/Vilnius",
    "Fiji Standard Time": "Pacific/Fiji",
    "GMT Standard Time": "Europe/London Atlantic/Canary Atlantic/Faroe Atlantic/Madeira "
    "Europe/Dublin Europe/Guernsey Europe/Isle_of_Man Europe/Jersey Europe/Lisbon",
    "GTB Standard Time": "Europe/Bucharest Asia/Famagusta Asia/Nicosia Europe/Athens",
    "Georgian Standard Time": "Asia/Tbilisi",
    "Greenland Standard Time": "America/Nuuk",
    "Greenwich Standard Time": "Atlantic/Reykjavik Africa/Abidjan Africa/Accra Africa/Bamako "
    "Africa/Banjul Africa/Bissau Africa/Conakry Africa/Dakar Africa/Freetown Africa/Lome "
    "Africa/Monrovia Africa/Nouakchott Africa/Ouagadougou America/Danmarkshavn "
    "Atlantic/St_Helena",
    "Haiti Standard Time": "America/Port-au-Prince",
    "Hawaiian Standard Time": "Pacific/Honolulu Pacific/Rarotonga Pacific/Tahiti Etc/GMT+10",
    "India Standard Time": "Asia/Kolkata",
    "Iran Standard Time": "Asia/Tehran",
    "Israel Standard Time": "Asia/Jerusalem",
    "Jordan Standard Time": "Asia/Amman",
    "Kaliningrad Standard Time": "Europe/Kaliningrad",
    "Korea Standard Time": "Asia/Seoul",
    "Libya Standard Time": "Africa/Tripoli",
    "Line Islands Standard Time": "Pacific/Kiritimati Etc/GMT-14",
    "Lord Howe Standard Time": "Australia/Lord_Howe",
    "Magadan Standard Time": "Asia/Magadan",
    "Magallanes Standard Time": "America/Punta_Arenas",
    "Marquesas Standard Time": "Pacific/Marquesas",
    "Mauritius Standard Time": "Indian/Mauritius Indian/Mahe Indian/Reunion",
    "Middle East Standard Time": "Asia/Beirut",
    "Montevideo Standard Time": "America/Montevideo",
    "Morocco Standard Time": "Africa/Casablanca Africa/El_Aaiun",
    "Mountain Standard Time": "America/Denver America/Boise America/Cambridge_Bay "
    "America/Ciudad_Juarez America/Edmonton America/Inuvik",
    "Mountain Standard Time (Mexico)": "America/Mazatlan",
    "Myanmar Standard Time": "Asia/Yangon Indian/Cocos",
    "N. Central Asia Standard Time": "Asia/Novosibirsk",
    "Namibia Standard Time": "Africa/Windhoek",
    "Nepal Standard Time": "Asia/Kathmandu",
    "New Zealand Standard Time": "Pacific/Auckland Antarctica/McMurdo",
    "Newfoundland Standard Time": "America/St_Johns",
    "Norfolk Standard Time": "Pacific/Norfolk",
    "North Asia East Standard Time": "Asia/Irkutsk",
    "North Asia Standard Time": "Asia/Krasnoyarsk Asia/Novokuznetsk",
    "North Korea Standard Time": "Asia/Pyongyang",
    "Omsk Standard Time": "Asia/Omsk",
    "Pacific SA Standard Time": "America/Santiago",
    "Pacific Standard Time": "America/Los_Angeles America/Vancouver",
    "Pacific Standard Time (Mexico)": "America/Tijuana",
    "Pakistan Standard Time": "Asia/Karachi",
    "Paraguay Standard Time": "America/Asuncion",
    "Qyzylorda Standard Time": "Asia/Qyzylorda Asia/Almaty Asia/Qostanay",
    "Romance Standard Time": "Europe/Paris Africa/Ceuta Europe/Brussels Europe/Copenhagen "
    "Europe/Madrid",
    "Russia Time Zone 10": "Asia/Srednekolymsk",
    "Russia Time Zone 11": "Asia/Kamchatka Asia/Anadyr",
    "Russia Time Zone 3": "Europe/Samara",
    "Russian Standard Time": "Europe/Moscow Europe/Kirov Europe/Simferopol",
    "SA Eastern Standard Time": "America/Cayenne America/Belem America/Coyhaique "
    "America/Fortaleza America/Maceio America/Paramaribo America/Recife America/Santarem "
    "Antarctica/Palmer Antarctica/Rothera Atlantic/Stanley Etc/GMT+3",
    "SA Pacific Standard Time": "America/Bogota America/Atikokan America/Cayman "
    "America/Eirunepe America/Guayaquil America/Jamaica America/Lima America/Panama "
    "America/Rio_Branco Etc/GMT+5",
    "SA Western Standard Time": "America/La_Paz America/Anguilla America/Antigua America/Aruba "
    "America/Barbados America/Blanc-Sablon America/Boa_Vista America/Curacao America/Dominica "
    "America/Grenada America/Guadeloupe America/Guyana America/Kralendijk "
    "America/Lower_Princes America/Manaus America/Marigot America/Martinique "
    "America/Montserrat America/Port_of_Spain America/Porto_Velho America/Puerto_Rico "
    "America/Santo_Domingo America/St_Barthelemy America/St_Kitts America/St_Lucia "
    "America/St_Thomas America/St_Vincent America/Tortola Etc/GMT+4",
    "SE Asia Standard Time": "Asia/Bangkok Antarctica/Davis Asia/Ho_Chi_Minh Asia/Jakarta "
    "Asia/Phnom_Penh Asia/Pontianak Asia/Vientiane Indian/Christmas Etc/GMT-7",
    "Saint Pierre Standard Time": "America/Miquelon",
    "Sakhalin Standard Time": "Asia/Sakhalin",
    "Samoa Standard Time": "Pacific/Apia",
    "Sao Tome Standard Time": "Africa/Sao_Tome",
    "Saratov Standard Time": "Europe/Saratov",
    "Singapore Standard Time": "Asia/Singapore Asia/Brunei Asia/Kuala_Lumpur Asia/Kuching "
    "Asia/Makassar Asia/Manila Etc/GMT-8",
    "South Africa Standard Time": "Africa/Johannesburg Africa/Blantyre Africa/Bujumbura "
    "Africa/Gaborone Africa/Harare Africa/Kigali Africa/Lubumbashi Africa/Lusaka Africa/Maputo "
    "Africa/Maseru Africa/Mbabane Etc/GMT-2",
    "South Sudan Standard Time": "Africa/Juba",
    "Sri Lanka Standard Time": "Asia/Colombo",
    "Sudan Standard Time": "Africa/Khartoum",
    "Syria Standard Time": "Asia/Damascus",
    "Taipei Standard Time": "Asia/Taipei",
    "Tasmania Standard Time": "Australia/Hobart Antarctica/Macquarie",
    "Tocantins Standard Time": "America/Araguaina",
    "Tokyo Standard Time": "Asia/Tokyo Asia/Dili Asia/Jayapura Pacific/Palau Etc/GMT-9",
    "Tomsk Standard Time": "Asia/Tomsk",
    "Tonga Standard Time": "Pacific/Tongatapu",
    "Transbaikal Standard Time": "Asia/Chita",
    "Turkey Standard Time": "Europe/Istanbul",
    "Turks And Caicos Standard Time": "America/Grand_Turk",
    "US Eastern Standard Time": "America/Indiana/Indianapolis America/Indiana/Marengo "
    "America/Indiana/Vevay",
    "US Mountain Standard Time": "America/Phoenix America/Creston America/Dawson_Creek "
    "America/Fort_Nelson America/Hermosillo Etc/GMT+7",
    "UTC": "UTC Etc/UTC Etc/GMT",
    "UTC+12": "Etc/GMT-12 Pacific/Funafuti Pacific/Kwajalein Pacific/Majuro Pacific/Nauru "
    "Pacific/Tarawa Pacific/Wake Pacific/Wallis",
    "UTC+13": "Etc/GMT-13 Pacific/Fakaofo Pacific/Kanton",
    "UTC-02": "Etc/GMT+2 America/Noronha Atlantic/South_Georgia",
    "UTC-08": "Etc/GMT+8 Pacific/Pitcairn",
    "UTC-09": "Etc/GMT+9 Pacific/Gambier",
    "UTC-11": "Etc/GMT+11 Pacific/Midway Pacific/Niue Pacific/Pago_Pago",
    "Ulaanbaatar Standard Time": "Asia/Ulaanbaatar",
    "Venezuela Standard Time": "America/Caracas",
    "Vladivostok Standard Time": "Asia/Vladivostok Asia/Ust-Nera",
    "Volgograd Standard Time": "Europe/Volgograd",
    "W. Australia Standard Time": "Australia/Perth",
    "W. Central Africa Standard Time": "Africa/Lagos Africa/Algiers Africa/Bangui "
    "Africa/Brazzaville Africa/Douala Africa/Kinshasa Africa/Libreville Africa/Luanda "
    "Africa/Malabo Africa/Ndjamena Africa/Niamey Africa/Porto-Novo Africa/Tunis Etc/GMT-1",
    "W. Europe Standard Time": "Europe/Berlin Arctic/Longyearbyen Europe/Amsterdam "
    "Europe/Andorra Europe/Busingen Europe/Gibraltar Europe/Luxembourg Europe/Malta "
    "Europe/Monaco Europe/Oslo Europe/Rome Europe/San_Marino Europe/Stockholm Europe/Vaduz "
    "Europe/Vatican Europe/Vienna Europe/Zurich",
    "W. Mongolia Standard Time": "Asia/Hovd",
    "West Asia Standard Time": "Asia/Tashkent Antarctica/Mawson Asia/Aqtau Asia/Aqtobe "
    "Asia/Ashgabat Asia/Atyrau Asia/Dushanbe Asia/Oral Asia/Samarkand Indian/Kerguelen "
    "Indian/Maldives Etc/GMT-5",
    "West Bank Standard Time": "Asia/Hebron Asia/Gaza",
    "West Pacific Standard Time": "Pacific/Port_Moresby Antarctica/DumontDUrville Pacific/Chuuk "
    "Pacific/Guam Pacific/Saipan Etc/GMT-10",
    "Yakutsk Standard Time": "Asia/Yakutsk Asia/Khandyga",
    "Yukon Standard Time": "America/Whitehorse America/Dawson",
}

_FORMER: Final = {
    "America/Argentina/Buenos_Aires": "America/Buenos_Aires",
    "America/Indiana/Indianapolis": "America/Indianapolis",
    "America/Nuuk": "America/Godthab",
    "Asia/Kathmandu": "Asia/Katmandu",
    "Asia/Kolkata": "Asia/Calcutta",
    "Asia/Yangon": "Asia/Rangoon",
    "Europe/Kyiv": "Europe/Kiev",
}
"""What zones that stand for one of Windows' were called before, which is how CLDR has them."""

_ALIASES: Final = {
    "America/Argentina/Catamarca": "America/Catamarca",
    "America/Argentina/Cordoba": "America/Cordoba America/Rosario",
    "America/Argentina/Jujuy": "America/Jujuy",
    "America/Argentina/Mendoza": "America/Mendoza",
    "America/Atikokan": "America/Coral_Harbour",
    "America/Chicago": "US/Central CST6CDT",
    "America/Denver": "US/Mountain Navajo MST7MDT America/Shiprock America/Yellowknife",
    "America/Halifax": "Canada/Atlantic",
    "America/Havana": "Cuba",
    "America/Indiana/Indianapolis": "America/Fort_Wayne US/East-Indiana",
    "America/Indiana/Knox": "America/Knox_IN US/Indiana-Starke",
    "America/Kentucky/Louisville": "America/Louisville",
    "America/Los_Angeles": "US/Pacific PST8PDT",
    "America/Mexico_City": "Mexico/General",
    "America/New_York": "US/Eastern EST5EDT",
    "America/Phoenix": "US/Arizona MST",
    "America/Sao_Paulo": "Brazil/East",
    "America/Iqaluit": "America/Pangnirtung",
    "America/Jamaica": "Jamaica",
    "America/Santiago": "Chile/Continental",
    "America/Tijuana": "America/Ensenada America/Santa_Isabel Mexico/BajaNorte",
    "America/St_Johns": "Canada/Newfoundland",
    "America/Toronto": "Canada/Eastern America/Montreal America/Nipigon America/Thunder_Bay",
    "America/Anchorage": "US/Alaska",
    "America/Edmonton": "Canada/Mountain",
    "America/Detroit": "US/Michigan",
    "America/Regina": "Canada/Saskatchewan",
    "America/Vancouver": "Canada/Pacific",
    "America/Winnipeg": "Canada/Central America/Rainy_River",
    "Africa/Asmara": "Africa/Asmera",
    "Africa/Cairo": "Egypt",
    "Asia/Ho_Chi_Minh": "Asia/Saigon",
    "Asia/Hong_Kong": "Hongkong",
    "Asia/Jerusalem": "Israel Asia/Tel_Aviv",
    "Asia/Seoul": "ROK",
    "Asia/Shanghai": "PRC Asia/Chongqing Asia/Harbin",
    "Asia/Singapore": "Singapore",
    "Asia/Taipei": "ROC",
    "Asia/Tehran": "Iran",
    "Asia/Tokyo": "Japan",
    "Asia/Ulaanbaatar": "Asia/Ulan_Bator Asia/Choibalsan",
    "Atlantic/Faroe": "Atlantic/Faeroe",
    "Atlantic/Reykjavik": "Iceland",
    "Australia/Brisbane": "Australia/Queensland",
    "Australia/Adelaide": "Australia/South",
    "Australia/Broken_Hill": "Australia/Yancowinna",
    "Australia/Darwin": "Australia/North",
    "Australia/Hobart": "Australia/Tasmania Australia/Currie",
    "Australia/Perth": "Australia/West",
    "Australia/Sydney": "Australia/ACT Australia/Canberra Australia/NSW Australia/Victoria",
    "Europe/Berlin": "MET CET",
    "Europe/Dublin": "Eire",
    "Europe/Istanbul": "Turkey Asia/Istanbul",
    "Europe/Kyiv": "Europe/Uzhgorod Europe/Zaporozhye EET",
    "Europe/Lisbon": "Portugal WET",
    "Europe/London": "GB GB-Eire Europe/Belfast",
    "Europe/Moscow": "W-SU",
    "Europe/Warsaw": "Poland",
    "Pacific/Auckland": "NZ",
    "Pacific/Chuuk": "Pacific/Truk Pacific/Yap",
    "Pacific/Honolulu": "US/Hawaii Pacific/Johnston HST",
    "Pacific/Kanton": "Pacific/Enderbury",
    "Pacific/Pago_Pago": "US/Samoa Pacific/Samoa",
    "Pacific/Pohnpei": "Pacific/Ponape",
    "UTC": "Etc/GMT+0 Etc/GMT-0 Etc/GMT0 Etc/Greenwich Etc/UCT Etc/Universal Etc/Zulu GMT GMT+0 "
    "GMT-0 GMT0 Greenwich UCT Universal Zulu",
}
"""Other names of IANA zones, those that people may still use."""


def _by_iana(zones: Mapping[str, Iterable[str]]) -> dict[str, str]:
    found = {name: windows for windows, names in zones.items() for name in names}
    for others in (_FORMER, _ALIASES):
        for modern, aliases in others.items():
            found |= dict.fromkeys(aliases.split(), found[modern])
    return found


_BY_WINDOWS: Final = {windows: names.split()[0] for windows, names in _ZONES.items()}
_BY_IANA: Final = _by_iana({windows: names.split() for windows, names in _ZONES.items()})
