"""A report for programs and auditors, as JSON."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from cloud_backup.drill.errors import ReportAltered, ReportDamaged
from cloud_backup.drill.report import DrillReport

__all__ = [
    "FORMAT",
    "json_document",
    "json_report",
    "read_json_report",
    "report_hash",
    "report_schema",
]

FORMAT: Final = 2
"""The version of what is written. The first had neither this nor a hash."""

_SCHEMA: Final = Path(__file__).with_name("report.schema.json")


def json_document(report: DrillReport) -> dict[str, Any]:
    """Return a report as JSON has it: times by ISO 8601 in UTC, durations in seconds.

    Besides what `DrillReport.to_json` has, it says `format`, `is_good`, `is_finished` and
    `verdict_counts`, and `sha256`, the hash of all the rest.

    Args:
        report: The report.
    """
    document = {
        "format": FORMAT,
        "is_good": report.is_good,
        "is_finished": report.is_finished,
        "verdict_counts": {str(verdict): n for verdict, n in report.verdict_counts.items()},
        **report.to_json(),
    }
    return {**document, "sha256": report_hash(document)}


def json_report(report: DrillReport) -> str:
    """Write a report as JSON; `report_schema` describes it.

    Args:
        report: The report.

    Returns:
        A document of several lines, the last with its end.
    """
    return json.dumps(json_document(report), indent=2) + "\n"


def report_hash(document: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a report's document, without its `sha256`, in hexadecimal digits.

    It is that of the canonical form: keys in order, no blanks, UTF-8 where no escape is needed, as
    RFC 8785 has it. Unlike there, whole numbers are written in full, others as Python does.

    Args:
        document: The report, as JSON has it.
    """
    rest = {name: value for name, value in document.items() if name != "sha256"}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    # A name may have half of a surrogate pair: JSON can write it, UTF-8 by itself can't.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_json_report(text: str) -> DrillReport:
    """Read a report that `json_report` wrote, now or in an earlier version.

    Args:
        text: The document.

    Raises:
        ReportAltered: It isn't as it was written.
        ReportDamaged: It is something else, or of a later version.
    """
    try:
        document = json.loads(
            text, object_pairs_hook=_without_doubles, parse_constant=_refuse_constant
        )
    except (ValueError, RecursionError) as error:
        raise ReportDamaged(f"the report can't be read: {error}") from None
    if not isinstance(document, dict) or "drill_id" not in document:
        raise ReportDamaged("this is no report of a drill")
    written = document.get("format", 1)
    if type(written) is not int or written not in (1, FORMAT):
        raise ReportDamaged(
            f"the report is of format {written!r}, which a later version of this tool wrote: "
            "read it with that"
        )
    if written != 1 or not document.keys().isdisjoint(("sha256", "provenance")):
        found = report_hash(document)
        if document.get("sha256") != found:
            raise ReportAltered(document.get("sha256"), found)
    try:
        if written == 1:
            # What was called passed then is what the service alone says.
            for result in document["results"]:
                result["verdict"] = result["verdict"].replace("passed", "restored")
        return DrillReport.from_json(document)
    except (AttributeError, LookupError, TypeError, ValueError, OverflowError) as error:
        raise ReportDamaged(f"this is no report of a drill: {error!r}") from None


def report_schema() -> str:
    """Return the JSON Schema (2020-12) of what `json_report` writes, as text."""
    return _SCHEMA.read_text(encoding="utf-8")


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number in JSON")


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key that is there twice: who reads the first sees another report."""
    document = dict(pairs)
    if len(document) < len(pairs):
        raise ValueError("a key is there twice in an object")
    return document
