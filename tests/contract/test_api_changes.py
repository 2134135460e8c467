"""Which changes of the public Python names break callers, and which don't, is told right."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "contract"))

import check_api as api  # noqa: E402

RELEASED = api.RELEASED.read_text(encoding="utf-8")

# Each is an edit of what was released: a text in it, and what stands there in its place.
BREAKING = {
    "name removed": ("    class TokenCache(", "    class Cache("),
    "error no longer an error of ours": ("class NotFound(StatusError)", "class NotFound()"),
    "field of an answer removed": ("        files_restored: int | None\n", ""),
    "field of an answer may be missing": (
        "machine_agent_id: int\n",
        "machine_agent_id: int | None\n",
    ),
    "field of another type": ("vault_size: ByteSize |", "vault_size: str |"),
    "method removed": ("def enable_encryption(", "def encrypt("),
    "method awaited": ("        def disable(self", "        async def disable(self"),
    "argument removed": ("agent: AgentRef, passphrase: str", "agent: AgentRef, secret: str"),
    "argument takes less": ("passphrase: str | Secret, **", "passphrase: Secret, **"),
    "argument required": ("overwrite: bool | None = None", "overwrite: bool | None"),
    "argument moved": (
        "old: str | Secret, new: str | Secret",
        "new: str | Secret, old: str | Secret",
    ),
    "argument by name alone": ("path: str, *, include: bool", "*, path: str, include: bool"),
    "default changed": ("concurrency: int = 8", "concurrency: int = 4"),
    "required argument added": (
        "def drill(client: CloudBackup,",
        "def drill(client: CloudBackup, to: int,",
    ),
    "returns something else": (
        "**options: Unpack[CallOptions]) -> UUID",
        "**options: Unpack[CallOptions]) -> str",
    ),
}
HARMLESS = {
    "nothing": ("", ""),
    "name added": ("class drill:\n", "class drill:\n    def plan() -> None: ...\n"),
    "field of an answer added": ("files_restored: int", "colour: str\n        files_restored: int"),
    "field no longer missing": ("files_restored: int | None", "files_restored: int"),
    "argument takes more": ("passphrase: str | Secret, **", "passphrase: str | bytes | Secret, **"),
    "argument added": (
        "def drill(client: CloudBackup, *,",
        "def drill(client: CloudBackup, *, to: int = 1,",
    ),
    "returns what it did at the least": ("-> Self | None", "-> Self"),
}


@pytest.mark.parametrize("name", BREAKING)
def test_a_breaking_edit_is_found(name: str) -> None:
    before, now = BREAKING[name]
    assert before in RELEASED
    assert api.breaking(RELEASED, RELEASED.replace(before, now))


@pytest.mark.parametrize("name", HARMLESS)
def test_a_harmless_edit_is_not(name: str) -> None:
    before, now = HARMLESS[name]
    assert before in RELEASED
    assert api.breaking(RELEASED, RELEASED.replace(before, now)) == []


def check(released: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "contract" / "check_api.py"), "--released", str(released)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_is_refused_until_the_major_version_rises(tmp_path: Path) -> None:
    # Something that was released is gone today.
    released = tmp_path / "released_api.txt"
    released.write_text(RELEASED + "class gone:\n    size: int\n", encoding="utf-8")
    done = check(released)
    assert (done.returncode, done.stdout) == (1, "gone: Public object was removed\n")

    version, _, rest = released.read_text(encoding="utf-8").partition("\n")
    assert version.startswith('version = "')
    released.write_text(f'version = "0.0.9"\n{rest}', encoding="utf-8")
    assert check(released).returncode == 0


def test_todays_names_break_nobody() -> None:
    now = api.current()

    assert api.breaking(now, now) == []
    assert "class CloudBackup(" in now
    assert "def html_report(" in now
