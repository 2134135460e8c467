"""Damages of what a restore brought back, each of which a drill must find.

    python -m tests.drill.corruptions

prints each with its verdict and what the drill says of it.
"""

import os
import shutil
import sys
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from cloud_backup.drill import DrillResult, Verdict

from .real_files import RealWorld

ENCRYPTED: Final = 12
"""The agent whose backups are encrypted; all others are agent 11's."""


def fill(folder: Path, chance: Random) -> None:
    """Make what each damage needs: files of one size, of several pieces, links, permissions."""
    (folder / "sub/deep").mkdir(parents=True)
    (folder / "empty").mkdir()
    for name in ("a.txt", "b.txt", "sub/c.txt", "sub/deep/d.txt"):
        (folder / name).write_bytes(chance.randbytes(2000) + b"two\nlines\n")
    (folder / "big").write_bytes(chance.randbytes(1_500_000))
    (folder / "run.sh").write_bytes(b"#!/bin/sh\nexit 0\n")
    (folder / "run.sh").chmod(0o755)
    (folder / "secret").write_bytes(b"for my eyes\n")
    (folder / "secret").chmod(0o600)
    (folder / unicodedata.normalize("NFC", "é")).write_bytes(b"one letter")
    (folder / "link").symlink_to("a.txt")


def _rewrite(change: Callable[[bytes], bytes], name: str = "a.txt") -> Callable[[Path], object]:
    """Change a file's bytes, and nothing else: not even when it was last changed."""

    def damage(folder: Path) -> None:
        file = folder / name
        told = file.stat()
        file.write_bytes(change(file.read_bytes()))
        os.utime(file, ns=(told.st_atime_ns, told.st_mtime_ns))

    return damage


def _replace(make: Callable[[Path], object], name: str = "a.txt") -> Callable[[Path], object]:
    def damage(folder: Path) -> None:
        file = folder / name
        shutil.rmtree(file) if file.is_dir() and not file.is_symlink() else file.unlink()
        make(file)

    return damage


def _swap(folder: Path) -> None:
    one, other = (folder / "a.txt", folder / "b.txt")
    first, second = one.read_bytes(), other.read_bytes()
    assert len(first) == len(second)
    one.write_bytes(second)
    other.write_bytes(first)


def _rename(old: str, new: str) -> Callable[[Path], object]:
    return lambda folder: (folder / old).rename(folder / new)


def _live(folder: Path) -> Path:
    """Find what was backed up, on the machine whose folder is six above."""
    return folder.parents[5] / "data" / folder.name


def _link_to_live(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.symlink_to(_live(folder))


def _link_to_machine(folder: Path) -> None:
    restored = folder.parents[1]
    shutil.rmtree(restored)
    restored.symlink_to(folder.parents[5])


def _older(folder: Path) -> None:
    """Bring back what was there the day before: one file was otherwise, of the same size."""
    _rewrite(lambda content: bytes(len(content)), "sub/c.txt")(folder)


def _other(folder: Path) -> None:
    """Bring back another machine's: the same names and sizes."""
    chance = Random(2)
    for file in sorted(folder.rglob("*.txt")):
        file.write_bytes(chance.randbytes(file.stat().st_size))


def _ciphertext(folder: Path) -> None:
    """Bring back what is in the vault: as many bytes, and none of them in the clear."""
    key = Random(3)
    for file in (file for file in folder.rglob("*") if file.is_file() and not file.is_symlink()):
        content = file.read_bytes()
        stream = key.randbytes(len(content))
        file.write_bytes(bytes(a ^ b for a, b in zip(content, stream, strict=True)))


def _half(folder: Path) -> None:
    for file in sorted(folder.rglob("*.txt"))[::2]:
        file.unlink()


CORRUPTIONS: Final[Mapping[str, Callable[[Path], object]]] = {
    "a bit flipped": _rewrite(lambda content: bytes([content[0] ^ 1]) + content[1:]),
    "the last byte of a big file flipped": _rewrite(
        lambda content: content[:-1] + bytes([content[-1] ^ 1]), "big"
    ),
    "a file cut short by a byte": _rewrite(lambda content: content[:-1]),
    "a byte at a file's end": _rewrite(lambda content: content + b"\n"),
    "a hole of zeros in a file": _rewrite(
        lambda content: content[:4096] + bytes(4096) + content[8192:], "big"
    ),
    "a block twice, and another not": _rewrite(
        lambda content: content[:4096] + content[:4096] + content[8192:], "big"
    ),
    "line ends of another system": _rewrite(lambda content: content.replace(b"\n", b"\r\n")),
    "a file emptied": _rewrite(lambda _: b""),
    "a file dropped": lambda folder: (folder / "sub/deep/d.txt").unlink(),
    "half of the files dropped, though the report counts all": _half,
    "two files of one size swapped": _swap,
    "a file renamed in case": _rename("a.txt", "A.txt"),
    "a name in another Unicode form": _rename(
        unicodedata.normalize("NFC", "é"), unicodedata.normalize("NFD", "é")
    ),
    "a name without its end": _rename("run.sh", "run"),
    "a file in another folder": _rename("a.txt", "sub/a.txt"),
    "a program that isn't one any more": lambda folder: (folder / "run.sh").chmod(0o644),
    "a secret that all may read": lambda folder: (folder / "secret").chmod(0o644),
    "a folder that all may write to": lambda folder: (folder / "sub").chmod(0o777),
    "a folder missing": lambda folder: shutil.rmtree(folder / "sub"),
    "an empty folder missing": lambda folder: (folder / "empty").rmdir(),
    "a file too many": lambda folder: (folder / "sub/new").touch(),
    "a folder too many": lambda folder: (folder / "sub/new").mkdir(),
    "a folder in place of a file": _replace(Path.mkdir),
    "a file in place of a folder": _replace(Path.touch, "empty"),
    "a pipe in place of a file": _replace(os.mkfifo),
    "a file in place of a link": _replace(
        lambda link: link.write_bytes((link.parent / "a.txt").read_bytes()), "link"
    ),
    "a link that leads elsewhere": _replace(lambda link: link.symlink_to("b.txt"), "link"),
    "a link to the file that was backed up": lambda folder: _replace(
        lambda file: file.symlink_to(_live(folder) / "a.txt")
    )(folder),
    "a link to the folder that was backed up": _link_to_live,
    "a link to the machine that was backed up": _link_to_machine,
    "nothing restored": shutil.rmtree,
    "restored elsewhere": lambda folder: folder.rename(folder.parents[3] / "elsewhere"),
    "an older backup in place of the newest": _older,
    "another machine's backup": _other,
    "an encrypted backup restored as ciphertext": _ciphertext,
}


def found(folder: Path) -> dict[str, DrillResult]:
    """Restore what is of each damage, damage it, and tell what the drill says of it."""
    names = dict(enumerate(CORRUPTIONS, 100))
    encrypted = max(names)
    of = {number: ENCRYPTED if number == encrypted else 11 for number in names}
    world = RealWorld(folder, of, [ENCRYPTED])
    try:
        for number in names:
            fill(world.source(number), Random(number))
        world.back_up()
        report = world.drill({number: CORRUPTIONS[name] for number, name in names.items()})
    finally:
        world.emulator.close()
    return {names[result.configuration_id]: result for result in report.results}


def main() -> int:
    """Print each damage with what the drill says of it; return the exit status."""
    with TemporaryDirectory() as folder:
        results = found(Path(folder).resolve())
    for name, result in results.items():
        told = result.reason.split("expected: ")[-1].split(";")[0]
        print(f"{name:56} {result.verdict:20} {told}")
    noticed = sum(result.verdict is Verdict.VERIFICATION_FAILED for result in results.values())
    print(f"{noticed} of {len(results)} damages found")
    return 0 if noticed == len(results) else 1


if __name__ == "__main__":
    sys.exit(main())
