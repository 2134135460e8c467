"""The report of what a journal tells, and those of the drills that are in it."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cloud_backup.drill.errors import JournalDamaged
from cloud_backup.drill.history import History, read_history
from cloud_backup.drill.journal import VERSION
from cloud_backup.drill.planning import PlannedDrill
from cloud_backup.drill.report import DrillReport
from cloud_backup.drill.verdict import DrillResult

__all__ = ["drills_in", "report_of"]


def report_of(
    history: History, plan: PlannedDrill, results: Mapping[int, DrillResult]
) -> DrillReport:
    """Make the report of a drill.

    Args:
        history: What its journal tells.
        plan: What it tests.
        results: The verdicts, by the configuration's id; each of the plan has one.
    """
    promised = _of_all(history.header["options"], "max_age")
    return DrillReport(
        drill_id=plan.drill_id,
        account=str(history.header["account"]),
        max_age=None if None in promised else timedelta(seconds=max(promised)),
        check_only=all(_of_all(history.header["options"], "check_only")),
        started=datetime.fromisoformat(history.header["time"]),
        ended=history.ended,
        duration=timedelta(milliseconds=round(1000 * history.passed)),
        results=tuple(results[planned.configuration_id] for planned in plan.configurations),
        provenance=history.provenance,
    )


def drills_in(journal: Path) -> tuple[DrillReport, ...]:
    """Read the reports of all drills in a journal that came to their end, the oldest first.

    The journal isn't locked or changed. A drill that can't be read, or that another version wrote,
    is left out.

    Args:
        journal: The file.

    Raises:
        OSError: It can't be read.
    """
    drills: list[list[dict[str, Any]]] = []
    with journal.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            with suppress(ValueError, TypeError, KeyError):
                record = json.loads(line)
                if record["kind"] == "drill":
                    drills.append([])
                if drills:
                    drills[-1].append(record)
    reports = []
    for records in drills:
        with suppress(JournalDamaged, AttributeError, LookupError, TypeError, ValueError):
            if records[0]["version"] != VERSION:
                continue
            history = read_history(journal, records)
            if history is not None and history.plan is not None and history.ended is not None:
                reports.append(report_of(history, history.plan, history.results))
    return tuple(reports)


def _of_all(options: Mapping[str, Any], name: str) -> list[Any]:
    """Return what each selection of a plan says of something."""
    return [value for key, value in options.items() if key.rpartition(": ")[2] == name]
