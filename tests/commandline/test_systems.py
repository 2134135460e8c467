"""What of one system's files doesn't fit on another."""

import pytest

from cloud_backup.commandline.restoring.systems import misfits

WINDOWS, MAC, LINUX = "Windows Server 2012", "Mac OS X", "CentOS 6.3"


def said(source: str | None, target: str | None, path: str, *names: str) -> str:
    return "\n".join(misfits(source, target, path, names))


@pytest.mark.parametrize("system", [WINDOWS, MAC, LINUX])
def test_files_fit_on_their_own_system(system: str) -> None:
    path = "C:\\restored" if system == WINDOWS else "/restored"

    assert said(system, system, path, "/etc/12:30") == ""


@pytest.mark.parametrize(
    ("target", "path", "right"),
    [
        (WINDOWS, "/restored", False),
        (WINDOWS, "D:\\restored", True),
        (WINDOWS, "\\\\nas\\share", True),
        (LINUX, "C:\\restored", False),
        (MAC, "\\restored", False),
        (LINUX, "/restored", True),
    ],
)
def test_a_folder_written_as_on_another_system(target: str, path: str, *, right: bool) -> None:
    assert ("is not a path of" not in said(target, target, path)) is right


@pytest.mark.parametrize(
    "name", ["/etc/12:30", "/home/a?", "/home/dot.", "/x/con", "/x/Aux.txt", "/x/lpt1", "/a/b\\c"]
)
def test_names_that_windows_cannot_have(name: str) -> None:
    assert f"such as {name}, may not be restored" in said(LINUX, WINDOWS, "D:\\r", "/fine", name)


@pytest.mark.parametrize("name", ["/etc/hosts", "/x/console", "/x/com", "/x/a.con", "/x/.bashrc"])
def test_names_that_windows_can_have(name: str) -> None:
    assert "such as" not in said(LINUX, WINDOWS, "D:\\r", name)


def test_letter_case_and_owners() -> None:
    assert "letter case" in said(LINUX, MAC, "/r")
    assert "letter case" in said(LINUX, WINDOWS, "D:\\r")
    assert "letter case" not in said(MAC, WINDOWS, "D:\\r")
    assert "letter case" not in said(WINDOWS, LINUX, "/r")
    assert "permissions" in said(WINDOWS, LINUX, "/r")


def test_a_system_that_is_not_known_is_told_of() -> None:
    assert said(None, LINUX, "/r") == (
        "files from an unknown system are restored to CentOS 6.3: some may be incompatible"
    )
    assert "some may be incompatible" in said(None, None, "/r")
