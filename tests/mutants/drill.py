"""Breaks of the drill."""

from typing import Final

from .mutant import Mutant

__all__ = ["DRILL"]

EVIDENCE: Final = ("tests/drill/test_evidence.py",)
PLAN: Final = ("tests/drill/test_plan.py",)
TIME: Final = ("tests/drill/test_time.py",)
VERIFYING: Final = ("tests/drill/test_verifying.py",)
WINDOWS: Final = ("tests/drill/test_windows.py",)


def _drill(name: str, module: str, old: str, new: str, tests: tuple[str, ...]) -> Mutant:
    return Mutant(name, f"overlay/cloud_backup/drill/{module}.py", old, new, tests)


DRILL: Final = (
    _drill(
        "a rotation waits until a configuration is overdue",
        "rotation",
        "overdue = now + usual * (1 - _PUNCTUAL) - period",
        "overdue = now - period",
        PLAN,
    ),
    _drill(
        "a configuration belongs to the last selection that matches it",
        "planning",
        "for n, keys in reversed(list(enumerate(matched)))",
        "for n, keys in enumerate(matched)",
        PLAN,
    ),
    _drill(
        "a random backup's own age is judged",
        "judging",
        "newest_time = backup_time if began is None else began.newest_time or backup_time",
        "newest_time = backup_time",
        PLAN,
    ),
    _drill(
        "a report's state is ignored",
        "evidence",
        'states["its report says"] = said.report.state',
        'states["its report says"] = work.state',
        EVIDENCE,
    ),
    _drill(
        "a report of another backup is believed",
        "evidence",
        '("backup", backup_id, None if began is None else began.backup_id),',
        '("backup", None, None),',
        EVIDENCE,
    ),
    _drill(
        "one file of many will do",
        "evidence",
        "if wanted is not None and files < wanted:",
        "if wanted is not None and files < 1:",
        EVIDENCE,
    ),
    _drill(
        "errors that are listed and not counted are ignored",
        "evidence",
        "    if count > report.errors:",
        "    if report.errors < 0:",
        EVIDENCE,
    ),
    _drill(
        "a restore that overwrites is started",
        "evidence",
        "    if overwrites or (overwrites is None and not may_lack):",
        "    if overwrites is None and not may_lack:",
        EVIDENCE,
    ),
    _drill(
        "a restore that was created isn't asked for again",
        "restoring",
        "        _refuse(restore_id, unlike)",
        "        unlike.clear()",
        EVIDENCE,
    ),
    _drill(
        "a backup of the future is fresh",
        "judging",
        "    if completed > now + CLOCKS_DIFFER:",
        "    if completed == now:",
        EVIDENCE,
    ),
    _drill(
        "the age that one list tells is believed",
        "judging",
        "    if listed is not None and listed > completed + CLOCKS_DIFFER:",
        "    if listed is not None and listed == now:",
        EVIDENCE,
    ),
    _drill(
        "any age is recent enough",
        "judging",
        "elif max_age is None and result.verdict is Verdict.CHECKED:",
        "elif max_age is not None and result.verdict is Verdict.CHECKED:",
        ("tests/drill/test_verdicts.py",),
    ),
    _drill(
        "durations are by the time of day",
        "drill_clock",
        "return self._passed + max(self._slept, self._monotonic() - self._began)",
        "return self.now().timestamp()",
        TIME,
    ),
    _drill(
        "what earlier runs watched is forgotten",
        "history",
        'history.passed = max(history.passed, float(record.get("passed", 0)))',
        "history.passed = 0.0",
        TIME,
    ),
    _drill(
        "a service has no time to carry out what it was asked for",
        "restoring",
        "SETTLED_AFTER: Final = 120.0",
        "SETTLED_AFTER: Final = 0.0",
        WINDOWS,
    ),
    _drill(
        "a restore is created before it is announced",
        "restoring",
        "            self._announce(\n                work,\n",
        "            setattr(\n                work, 'began',\n",
        WINDOWS,
    ),
    _drill(
        "strays are not looked for",
        "run",
        "            running.look_for_strays()\n",
        "",
        WINDOWS,
    ),
    _drill(
        "the backup's own date is believed by the lists",
        "evidence",
        "if completed is not None and abs(completed - began.backup_time) > CLOCKS_DIFFER:",
        "if False and completed is not None:",
        ("tests/drill/test_evidence.py",),
    ),
    Mutant(
        "agents are looked at long after they were woken",
        "overlay/cloud_backup/waiting/waking.py",
        "return max(_FIRST_PAUSE, (self._clock() - self._woken) / 2)",
        "return math.inf",
        TIME,
    ),
    Mutant(
        "agents are not woken again before they are given up",
        "overlay/cloud_backup/waiting/waking.py",
        "min(WAKE_EVERY, patience / 2)",
        "WAKE_EVERY",
        TIME,
    ),
    _drill(
        "a file of the same size is the same",
        "comparison",
        "(want.kind, want.size, want.hash) == (have.kind, have.size, have.hash)",
        "(want.kind, want.size) == (have.kind, have.size)",
        ("tests/drill/test_manifest.py",),
    ),
    _drill(
        "a table is as wide as it likes",
        "reports/table",
        "    if room is not None and room < _LEAST_FOR_REASONS:",
        "    if room is not None and room < -1000:",
        ("tests/drill/test_reports.py",),
    ),
    _drill(
        "an altered report is believed",
        "reports/json_report",
        'if document.get("sha256") != found:',
        'if document.get("sha256") is None:',
        ("tests/drill/test_json_report.py",),
    ),
    _drill(
        "a report that lost nearly all of its files is no worse",
        "report_comparison",
        "now < was * _LEAST_LEFT",
        "now < 0",
        ("tests/drill/test_report_comparison.py",),
    ),
    _drill(
        "a drill that isn't done is an earlier one",
        "earlier",
        " and history.ended is not None",
        "",
        ("tests/drill/test_earlier.py",),
    ),
    _drill(
        "names on the page are markup",
        "reports/html",
        "    return escape(printable(text))",
        "    return printable(text)",
        ("tests/drill/test_reports.py",),
    ),
    _drill(
        "a file with other permissions is the same",
        "comparison",
        "(want.mode ^ have.mode) & 0o777 == 0",
        "(want.mode ^ have.mode) & 0o7000 == 0",
        VERIFYING,
    ),
    _drill(
        "what was verified passes, whatever was found",
        "judging",
        "    elif found.is_good:",
        "    elif found.comparison is not None:",
        VERIFYING,
    ),
    _drill(
        "a link to what was backed up is what was restored",
        "verifying",
        "if place.parent.is_symlink() or place.is_symlink() or not place.is_dir():",
        "if not place.is_dir():",
        VERIFYING,
    ),
    _drill(
        "the rest of a manifest is not looked at before the drill",
        "verifying",
        'if not sum(entry.kind != "folder" for entry in manifest.entries):',
        "if next(manifest.entries, None) is None:",
        VERIFYING,
    ),
    _drill(
        "what a command prints of any folder is believed",
        "verifying",
        "if names_of(place) != names_of(self.planned.path):",
        "if names_of(place) == ():",
        VERIFYING,
    ),
    _drill(
        "a command inherits a passphrase",
        "program",
        "if not name.startswith(_OWN) and value not in secrets",
        "if not name.startswith(_OWN)",
        VERIFYING,
    ),
    _drill(
        "what a command started outlives it",
        "program",
        "os.killpg(process.pid, signal.SIGKILL)",
        "os.kill(process.pid, signal.SIGKILL)",
        VERIFYING,
    ),
    _drill(
        "a file that is newer than its backup is new",
        "expectations",
        "        if age < -CLOCKS_DIFFER:",
        "        if age < -365 * CLOCKS_DIFFER:",
        ("tests/drill/test_expectations.py",),
    ),
    _drill(
        "a drill's folder is that of Unix on any machine",
        "scratch_path",
        'is_windows = "windows" in (operating_system or "").casefold()',
        "is_windows = False",
        ("tests/drill/test_verdicts.py",),
    ),
)
"""All breaks."""
