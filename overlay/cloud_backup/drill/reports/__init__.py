"""Reports of a drill, each a page of text made from a `DrillReport` and nothing else.

from cloud_backup.drill.reports import html_report

Path("drill.html").write_text(html_report(report), encoding="utf-8")
"""

from cloud_backup.drill.reports.html import html_report
from cloud_backup.drill.reports.json_report import (
    json_document,
    json_report,
    read_json_report,
    report_schema,
)
from cloud_backup.drill.reports.junit import junit_report
from cloud_backup.drill.reports.table import table_report

__all__ = [
    "html_report",
    "json_document",
    "json_report",
    "junit_report",
    "read_json_report",
    "report_schema",
    "table_report",
]
