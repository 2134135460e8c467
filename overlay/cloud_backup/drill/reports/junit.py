"""A report for CI, as JUnit XML."""

import re
from datetime import UTC
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from cloud_backup.drill.duration_text import duration_text
from cloud_backup.drill.report import DrillReport
from cloud_backup.drill.reports.wording import size_text, time_text
from cloud_backup.drill.verdict import DrillResult, Verdict

__all__ = ["junit_report"]

_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ERRORS: Final = frozenset(
    {Verdict.ERROR, Verdict.AGENT_OFFLINE, Verdict.TIMED_OUT, Verdict.VERIFICATION_ERROR}
)


def junit_report(report: DrillReport) -> str:
    """Write a report as JUnit XML: one test case a configuration, one class name a machine.

    A verdict about the backup is a `failure`, one about the drill itself an `error`, and
    `not_tested` is `skipped`; of a drill that was stopped, all that is missing is.

    Args:
        report: The report.

    Returns:
        The document, to be written as UTF-8.
    """
    errors = sum(result.verdict in _ERRORS for result in report.results)
    skipped = sum(result.verdict is Verdict.NOT_TESTED for result in report.results)
    good = sum(result.is_good for result in report.results)
    counts = {
        "tests": str(len(report.results)),
        "failures": str(len(report.results) - errors - skipped - good),
        "errors": str(errors),
        "skipped": str(skipped),
        "time": f"{report.duration.total_seconds():.3f}",
    }
    total = {name: count for name, count in counts.items() if name != "skipped"}
    root = Element("testsuites", {"name": "cloud-backup drill", **total})
    suite = SubElement(
        root,
        "testsuite",
        {
            "name": _xml(f"restore drill {report.drill_id}"),
            "timestamp": f"{report.started.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
            "hostname": "localhost",
            **counts,
        },
    )
    properties = SubElement(suite, "properties")
    facts = {"account": report.account, "drill_id": report.drill_id}
    if report.max_age is not None:
        facts["max_age_seconds"] = str(report.max_age.total_seconds())
    for name, value in facts.items():
        SubElement(properties, "property", {"name": name, "value": _xml(value)})
    for result in report.results:
        _case(suite, result)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _case(suite: Element, result: DrillResult) -> None:
    took = 0.0 if result.duration is None else max(0.0, result.duration.total_seconds())
    case = SubElement(
        suite,
        "testcase",
        {
            # Two configurations may have the same name.
            "name": _xml(f"{result.title} ({result.configuration_id})"),
            "classname": _xml(f"drill.{result.machine or f'agent {result.agent_id}'}"),
            "time": f"{took:.3f}",
        },
    )
    if result.verdict is Verdict.NOT_TESTED:
        SubElement(case, "skipped", {"message": _xml(result.reason)})
    elif not result.is_good:
        kind = "error" if result.verdict in _ERRORS else "failure"
        told = {"message": _xml(result.reason), "type": str(result.verdict)}
        SubElement(case, kind, told).text = _xml("\n".join([result.reason, *result.errors]))
    SubElement(case, "system-out").text = _xml(_facts(result))


def _facts(result: DrillResult) -> str:
    facts = [f"verdict: {result.verdict}"]
    if result.backup_time is not None:
        which = "" if result.backup_id is None else f"{result.backup_id} "
        facts.append(f"newest backup: {which}of {time_text(result.backup_time)}")
        facts.append(f"age: {duration_text(result.age)}")
    if result.restore_id is not None:
        facts.append(f"restore: {result.restore_id}, {result.state or 'not seen'}")
        facts.append(f"restored to: {result.destination_machine or ''}:{result.path or ''}")
    if result.files_restored is not None:
        facts.append(f"restored: {result.files_restored} files")
        facts.append(f"size: {size_text(result.bytes_restored)}")
    return "\n".join(facts)


def _xml(text: str) -> str:
    """Replace the characters that XML can't have, escaped or not."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
