"""The spellings of the place that was backed up, none of which a restore may take for another."""

import string
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud_backup.commandline.restoring.original_place import overlap
from cloud_backup.commandline.restoring.systems import Family, family_of

WINDOWS, MAC, LINUX = "Windows Server 2012", "Mac OS X", "CentOS 6.3"


@pytest.mark.parametrize(
    "spelt",
    [
        "C:\\Data",
        "C:\\Data\\",
        "C:\\\\Data",
        "C:\\.\\Data",
        "c:\\DATA",
        "C:/Data",
        "C:\\Data.",
        "C:\\Data ",
        "C:\\Data. . ",
        "C:\\Data.\\sub",
        " C:\\Data",
        "\\Data",
        "/data",
        "C:Data",
        "C:",
        "C:\\",
        "C:.",
        "Data",
        ".\\Data",
        "..\\Data",
        "C:\\restored\\..\\Data",
        "C:\\...",
        "\\\\?\\C:\\Data",
        "\\\\.\\C:\\Data",
        "//?/C:/Data",
        "\\??\\C:\\Data",
        "\\\\?\\Volume{0b7f5a5e-0000-0000-0000-100000000000}\\Data",
        "\\\\?\\GLOBALROOT\\Device\\HarddiskVolume1\\Data",
        "\\\\.\\HarddiskVolume1\\Data",
        "\\\\host\\C$\\Data",
        "\\\\127.0.0.1\\c$\\Data",
        "\\\\?\\UNC\\host\\C$\\Data",
        "\\\\host\\C$",
        "\\\\host\\Data",
        "\\\\host\\ADMIN$\\..\\Data",
        "C:\\DATA~1",
        "C:\\Data:stream",
        "C:\\Data::$DATA",
        "C:\\Data::$INDEX_ALLOCATION\\sub",
        "%SystemDrive%\\Data",
        "C:\\Dat\N{FULLWIDTH LATIN SMALL LETTER A}",
        "C:\\Data\\sub\\folder",
        "C:\\Data\x00",
    ],
)
def test_spellings_of_a_place_on_windows(spelt: str) -> None:
    assert overlap(spelt, ["C:\\Data"], WINDOWS) is not None


@pytest.mark.parametrize(
    ("spelt", "original"),
    [
        ("C:\\Program Files", "C:\\PROGRA~1"),
        ("C:\\PROGRA~1\\App", "C:\\Program Files\\App"),
        ("C:\\Documents and Settings\\me", "C:\\Users\\me"),
        ("C:\\Users\\All Users\\App", "C:\\ProgramData\\App"),
        ("C:\\STRASSE", "C:\\Straße"),
        ("D:\\restored", "%AppData%\\App"),
        ("D:\\restored", "\\\\nas\\share"),
    ],
)
def test_other_places_on_windows(spelt: str, original: str) -> None:
    assert overlap(spelt, [original], WINDOWS) is not None


@pytest.mark.parametrize(
    "spelt",
    [
        "/etc",
        "/etc/",
        "//etc",
        "///etc//",
        "/./etc",
        " /etc",
        "/Etc",
        "/ETC/hosts",
        "/etc/../etc",
        "/restored/../etc",
        "/private/etc",
        "/Private/Etc",
        "/private",
        "/System/Volumes/Data/private/etc",
        "/System/Volumes/Data/etc",
        "/System/Volumes",
        "/Volumes/Macintosh HD/etc",
        "/Volumes/Macintosh HD/private/etc",
        "/Volumes/Macintosh HD",
        "/Volumes",
        "/.vol/16777220/2/etc",
        "/.nofollow/etc",
        "/dev/fd/3",
        "/\N{FULLWIDTH LATIN SMALL LETTER E}tc",
        "/et\N{ZERO WIDTH JOINER}c",
        "etc",
        "./etc",
        "~/etc",
        "$HOME",
        "C:\\etc",
        "file:///etc",
        "/",
    ],
)
def test_spellings_of_a_place_on_a_mac(spelt: str) -> None:
    assert overlap(spelt, ["/etc"], MAC) is not None


@pytest.mark.parametrize(
    ("spelt", "original"),
    [
        ("/cafe\N{COMBINING ACUTE ACCENT}", "/caf\N{LATIN SMALL LETTER E WITH ACUTE}"),
        ("/caf\N{LATIN SMALL LETTER E WITH ACUTE}", "/cafe\N{COMBINING ACUTE ACCENT}"),
        ("/bin", "/usr/bin"),
        ("/usr", "/bin/sh"),
        ("/var/run/app", "/run"),
        ("/var", "/run/app"),
        ("/proc/self/root/etc", "/etc"),
        ("/proc/1/cwd", "/etc"),
        ("/dev/fd/3", "/etc"),
        ("//etc", "/etc"),
        ("/etc", "/home/../etc"),
        ("/etc/..", "/srv"),
        ("etc", "/etc"),
        ("\\etc", "/etc"),
        ("/restored", "srv"),
    ],
)
def test_spellings_of_a_place_on_linux(spelt: str, original: str) -> None:
    assert overlap(spelt, [original], LINUX) is not None


@pytest.mark.parametrize(
    ("path", "originals", "system"),
    [
        ("/restored", ["/etc", "/home"], LINUX),
        ("/etcetera", ["/etc"], LINUX),
        ("/Etc", ["/etc"], LINUX),
        ("/usr/local", ["/bin", "/usr/bin"], LINUX),
        ("/restored", ["/etc"], MAC),
        ("/Users/me/restored", ["/etc", "/Users/you"], MAC),
        ("/Volumes/USB/restored", ["/etc"], MAC),
        ("/private/restored", ["/etc"], MAC),
        ("C:\\restored", ["C:\\Users", "C:\\inetpub"], WINDOWS),
        ("D:\\Users", ["C:\\Users"], WINDOWS),
        ("\\restored", ["C:\\Users"], WINDOWS),
        ("\\\\?\\C:\\restored", ["C:\\Users"], WINDOWS),
        ("\\\\nas\\D$\\Users", ["C:\\Users"], WINDOWS),
        ("C:\\restored", ["/etc"], WINDOWS),
        ("/restored", ["/etc"], None),
        ("C:\\restored", ["C:\\Users"], None),
        ("C:\\restored", ["C:\\Users"], "Plan 9"),
    ],
)
def test_another_place(path: str, originals: list[str], system: str | None) -> None:
    assert overlap(path, originals, system) is None


@pytest.mark.parametrize(
    ("path", "original"),
    [
        ("/private/etc", "/etc"),
        ("/Bin", "/usr/bin"),
        ("/bin", "/usr/bin"),
        ("/data", "C:\\Data"),
        ("c:\\data", "C:\\Data"),
        ("C:\\restored", "/etc"),
    ],
)
def test_an_unknown_system_is_taken_for_any(path: str, original: str) -> None:
    if path == "/Bin":  # a Mac has no link there, and Linux tells letter cases apart
        assert overlap(path, [original], None) is None
    else:
        assert overlap(path, [original], None) is not None


names = st.text(string.ascii_letters + string.digits, min_size=1, max_size=6)
folders = st.lists(names, min_size=1, max_size=4)

Spelling = Callable[[str], str]

ON_WINDOWS: list[Spelling] = [
    str.upper,
    str.lower,
    lambda path: path.replace("\\", "/"),
    lambda path: path.replace("\\", "\\\\") if not path.startswith("\\") else path,
    lambda path: f"{path}\\",
    lambda path: f"{path}.",
    lambda path: f"{path} . ",
    lambda path: path.replace("\\", ".\\") if path[1:2] == ":" and "?" not in path else path,
    lambda path: f"\\\\?\\{path}" if path[1:2] == ":" else path,
    lambda path: f"\\\\.\\{path}" if path[1:2] == ":" else path,
    lambda path: f"\\\\host\\{path[0]}${path[2:]}" if path[1:2] == ":" else path,
    lambda path: path[2:] if path[1:2] == ":" else path,
    lambda path: f"{path}::$INDEX_ALLOCATION",
    lambda path: f"{path}\\below",
    lambda path: f"{path}\\x\\..",
]
ON_A_MAC: list[Spelling] = [
    str.upper,
    str.lower,
    str.title,
    lambda path: path.replace("/", "//"),
    lambda path: f"{path}/.",
    lambda path: f"/System/Volumes/Data{path}",
    lambda path: f"/Volumes/Macintosh HD{path}",
    lambda path: f"{path}/below",
    lambda path: f"/below/..{path}",
]


@given(folders, st.lists(st.sampled_from(ON_WINDOWS), max_size=5))
def test_no_spelling_of_a_place_on_windows_is_another(
    parts: list[str], spellings: list[Spelling]
) -> None:
    spelt = original = "C:\\" + "\\".join(parts)
    for spelling in spellings:
        spelt = spelling(spelt)

    assert overlap(spelt, [original], WINDOWS) is not None
    assert overlap(spelt, ["Z:\\elsewhere", original], "") is not None


@given(folders, st.lists(st.sampled_from(ON_A_MAC), max_size=5))
def test_no_spelling_of_a_place_on_a_mac_is_another(
    parts: list[str], spellings: list[Spelling]
) -> None:
    spelt = original = "/" + "/".join(parts)
    for spelling in spellings:
        spelt = spelling(spelt)

    assert overlap(spelt, [original], MAC) is not None


@given(folders, st.sampled_from([WINDOWS, MAC, LINUX, None]))
def test_a_folder_of_another_name_is_another_place(parts: list[str], system: str | None) -> None:
    slash, root = ("\\", "C:\\") if system == WINDOWS else ("/", "/")
    original = root + slash.join(["a-" + parts[0], *parts])

    assert overlap(root + slash.join(["b-" + parts[0], *parts]), [original], system) is None


@given(st.text(max_size=12), st.text(max_size=12), st.sampled_from([WINDOWS, MAC, LINUX, None]))
def test_any_text_has_an_answer(path: str, original: str, system: str | None) -> None:
    assert overlap(path, [original], system) != ""
    assert overlap(path, [path], system) is not None


@pytest.mark.parametrize(
    ("name", "family"),
    [
        (WINDOWS, Family.WINDOWS),
        ("Microsoft Windows NT 6.1", Family.WINDOWS),
        ("Win32", Family.WINDOWS),
        (MAC, Family.MAC),
        ("macOS 15", Family.MAC),
        ("Darwin", Family.MAC),
        (LINUX, Family.UNIX),
        ("Red Hat Enterprise Linux", Family.UNIX),
        ("FreeBSD 14", Family.UNIX),
        ("", Family.UNKNOWN),
        (None, Family.UNKNOWN),
        ("Plan 9", Family.UNKNOWN),
    ],
)
def test_the_family_of_a_system(name: str | None, family: Family) -> None:
    assert family_of(name) is family
