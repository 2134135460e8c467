"""How what is in a folder differs from a manifest: what is missing, different, or unexpected."""

from collections.abc import Iterable
from typing import Final

from attrs import fields_dict, frozen

from cloud_backup.drill.json_values import JsonValue
from cloud_backup.drill.manifest import Entry

__all__ = ["Comparison", "Tally", "compare"]

_MOST_PATHS: Final = 100


@frozen
class Tally(JsonValue):
    """How many files and bytes, and the first paths, at most 100.

    Attributes:
        files: How many files and links.
        folders: How many folders.
        size: The bytes of the files.
        paths: The first of them.
    """

    files: int = 0
    folders: int = 0
    size: int = 0
    paths: tuple[str, ...] = ()

    def plus(self, entry: Entry) -> "Tally":
        """Return it with one more counted."""
        is_folder = entry.kind == "folder"
        is_full = len(self.paths) >= _MOST_PATHS
        return Tally(
            self.files + (not is_folder),
            self.folders + is_folder,
            self.size + entry.size,
            self.paths if is_full else (*self.paths, entry.path),
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing was counted."""
        return not (self.files or self.folders)


@frozen
class Comparison(JsonValue):
    """How a folder compares with a manifest.

    Attributes:
        expected: What is in the manifest.
        same: What is there as it was: kind, size and hash, or where a link leads to.
        missing: What isn't there.
        different: What is there, but otherwise, or can't be read.
        unexpected: What is there, and not in the manifest.
        other_mode: What is there as it was, but with other permissions.
        unproven: What is there, but couldn't be read when the manifest was written.
    """

    expected: Tally = Tally()
    same: Tally = Tally()
    missing: Tally = Tally()
    different: Tally = Tally()
    unexpected: Tally = Tally()
    other_mode: Tally = Tally()
    unproven: Tally = Tally()

    @property
    def is_same(self) -> bool:
        """Whether all that was expected is there as it was, and nothing else."""
        return not self.differences

    @property
    def differences(self) -> dict[str, Tally]:
        """The tallies of what isn't as it was, by name, without empty ones."""
        names = ("missing", "different", "unexpected", "other_mode", "unproven")
        tallies: dict[str, Tally] = {name: getattr(self, name) for name in names}
        return {name: tally for name, tally in tallies.items() if not tally.is_empty}

    @property
    def percent_of_files(self) -> float:
        """How much of the expected files is there as it was, in per cent; 100 if there is none."""
        return 100 * self.same.files / self.expected.files if self.expected.files else 100.0

    @property
    def percent_of_bytes(self) -> float:
        """How much of the expected bytes is there as it was, in per cent; 100 if there is none."""
        return 100 * self.same.size / self.expected.size if self.expected.size else 100.0


def compare(expected: Iterable[Entry], found: Iterable[Entry]) -> Comparison:
    """Compare what is found with what is expected, both in order.

    Times are not compared: a restore need not keep them. Permissions are, where both have them,
    without the bits that a restore must not give to just any file (setuid, setgid, sticky).

    Args:
        expected: The entries of a manifest.
        found: The entries of a `scan` with the same patterns and algorithm.

    Raises:
        ManifestDamaged: The manifest turns out to be.
    """
    tallies = dict.fromkeys(fields_dict(Comparison), Tally())

    def count(name: str, entry: Entry) -> None:
        tallies[name] = tallies[name].plus(entry)

    wanted, there = iter(expected), iter(found)
    want, have = next(wanted, None), next(there, None)
    while want is not None or have is not None:
        if have is not None and (want is None or have.order < want.order):
            count("unexpected", have)
            have = next(there, None)
        elif want is not None:
            count("expected", want)
            if have is None or want.order < have.order:
                count("missing", want)
            else:
                count(_name(want, have), want)
                have = next(there, None)
            want = next(wanted, None)
    return Comparison(**tallies)


def _name(want: Entry, have: Entry) -> str:
    if want.problem is not None:
        return "unproven"
    is_same = (want.kind, want.size, want.hash) == (have.kind, have.size, have.hash)
    if not is_same or have.problem is not None:
        return "different"
    if want.mode is None or have.mode is None or (want.mode ^ have.mode) & 0o777 == 0:
        return "same"
    return "other_mode"
