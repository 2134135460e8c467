"""Breaks of the command line."""

from typing import Final

from .mutant import Mutant

__all__ = ["COMMANDLINE"]

_HERE: Final = "overlay/cloud_backup/commandline"
_ROOT_TESTS: Final = ("tests/commandline/test_root.py",)
_OUTPUT_TESTS: Final = ("tests/commandline/test_output.py",)


def _mutant(name: str, module: str, old: str, new: str, *tests: str) -> Mutant:
    return Mutant(
        name,
        f"overlay/cloud_backup/commandline/{module}.py",
        old,
        new,
        tuple(f"tests/commandline/test_{test}.py" for test in tests),
    )


COMMANDLINE: Final[tuple[Mutant, ...]] = (
    # The original place
    _mutant(
        "a short name is only that name",
        "restoring/original_place",
        "if _SHORT_NAME.search(name):",
        "if False:",
        "original_place",
    ),
    _mutant(
        "a dot at the end makes another folder",
        "restoring/original_place",
        '        name = name.rstrip(". ")\n',
        "",
        "original_place",
    ),
    _mutant(
        "a Mac tells letter cases apart",
        "restoring/original_place",
        '_IGNORED.sub("", name)).casefold()',
        '_IGNORED.sub("", name))',
        "original_place",
    ),
    _mutant(
        "/etc of a Mac is not /private/etc",
        "restoring/original_place",
        "        while followed[: len(link)] == link:",
        "        while False and followed[: len(link)] == link:",
        "original_place",
    ),
    _mutant(
        "a relative path is another place",
        "restoring/original_place",
        '    if not rest.startswith("/"):',
        "    if not rest:",
        "original_place",
    ),
    _mutant(
        "an agent installed again is another machine",
        "restoring/plan",
        'for name in ("machine_name", "host_server_id")',
        "for name in ()",
        "restore",
    ),
    _mutant(
        "nobody is warned of another system",
        "restoring/plan",
        "    if backed_up is not destination:",
        "    if False:",
        "restore",
    ),
    # Passphrases
    _mutant(
        "a wrong passphrase is the end",
        "restoring/starting",
        "_TRIES: Final = 3",
        "_TRIES: Final = 1",
        "restore",
    ),
    _mutant(
        "a 500 at a start means that nothing was started",
        "restoring/starting",
        "error.status < 500:",
        "error.status <= 500:",
        "restore",
    ),
    _mutant(
        "the end doesn't say where the files are",
        "restoring/starting",
        ", destination_path=path)",
        ")",
        "restore",
    ),
    # What a terminal says
    _mutant(
        "a status line is written into pipes",
        "running/status_line",
        "        return self._is_terminal and not self.is_silent",
        "        return not self.is_silent",
        "status_line",
    ),
    _mutant(
        "a status line stays while something is printed",
        "running/status_line",
        "                live.stop()\n",
        "                pass\n",
        "status_line",
    ),
    _mutant(
        "a URL is shown with its password",
        "running/failures",
        'str(url.copy_with(userinfo=b"", query=None, fragment=None))',
        "str(url)",
        "status_line",
    ),
    # Options and completion
    _mutant(
        "an option after the command is dropped",
        "options/groups",
        "    if source is ParameterSource.COMMANDLINE or (",
        "    if (source is ParameterSource.COMMANDLINE and ctx.parent is None) or (",
        "completion",
    ),
    _mutant(
        "all accounts have the same completions",
        "options/offers",
        "        credentials.username,\n        credentials.tenant_id,\n        credentials.region,\n        kind",
        "        kind",
        "completion",
    ),
    _mutant(
        "a name is a command to bash",
        "commands/completion",
        r'CompletionItem(_SPECIAL.sub(r"\\\g<0>", item.value),',
        "CompletionItem(item.value,",
        "completion",
    ),
    _mutant(
        "a folder that differs from its manifest is good",
        "commands/manifest",
        "if not found.is_same:",
        "if False:",
        "manifest",
    ),
    _mutant(
        "nearly all of it is 100 per cent",
        "commands/manifest",
        "part * 10_000 // whole / 100",
        "round(100 * part / whole, 2)",
        "manifest",
    ),
    _mutant(
        "a call has no deadline",
        "running/invocation",
        'options.setdefault("deadline", self.call_deadline)',
        'options.setdefault("deadline", None)',
        "root",
    ),
    _mutant(
        "a name may be taken for an option",
        "options/offers",
        ' and not name.startswith("-")',
        "",
        "completion",
    ),
    _mutant(
        "login asks before it looks for a keyring",
        "commands/login",
        "in_file = in_file or not _has_keyring(invocation)",
        "in_file = in_file or False",
        "login",
    ),
    Mutant(
        "a cell of CSV is a formula",
        f"{_HERE}/rendering/output.py",
        "isinstance(value, str) and _FORMULA.match(value)",
        "False",
        _OUTPUT_TESTS,
    ),
    Mutant(
        "a number with its sign is taken for a formula",
        f"{_HERE}/rendering/output.py",
        r"(?![+-][0-9.]+\Z)",
        "",
        _OUTPUT_TESTS,
    ),
    Mutant(
        "an error is text where JSON is asked for",
        f"{_HERE}/root.py",
        "if _wants_json(invocation, given):",
        "if False:",
        _ROOT_TESTS,
    ),
    Mutant(
        "a command runs with stdout closed",
        f"{_HERE}/root.py",
        "if sys.stdout is None:",
        "if False:",
        _ROOT_TESTS,
    ),
)
