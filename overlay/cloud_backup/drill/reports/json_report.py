"""A report for programs, as JSON."""

import json

from cloud_backup.drill.report import DrillReport

__all__ = ["json_report", "read_json_report"]


def json_report(report: DrillReport) -> str:
    """Write a report as JSON: times by ISO 8601 in UTC, durations in seconds, sizes in bytes.

    Besides what `DrillReport.to_json` has, it says `is_good`, `is_finished` and `verdict_counts`.

    Args:
        report: The report.

    Returns:
        A document of several lines, the last with its end.
    """
    document = {
        "is_good": report.is_good,
        "is_finished": report.is_finished,
        "verdict_counts": {str(verdict): n for verdict, n in report.verdict_counts.items()},
        **report.to_json(),
    }
    return json.dumps(document, indent=2) + "\n"


def read_json_report(text: str) -> DrillReport:
    """Read a report that `json_report` wrote.

    Args:
        text: The document.

    Raises:
        KeyError, TypeError, ValueError: It is something else.
    """
    return DrillReport.from_json(json.loads(text))
