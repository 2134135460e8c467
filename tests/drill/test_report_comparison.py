"""What has changed from one drill to another."""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from cloud_backup.drill import (
    Change,
    DrillReport,
    Provenance,
    ReportComparison,
    Verdict,
    compare_reports,
)

from .test_reports import BEGAN, REPORTS, report, result

WHO = Provenance(
    user="demo",
    tenant="1234",
    service_url=None,
    host="here",
    tool="tool",
    tool_version=None,
    contract_version="1.0",
    python="CPython 3.11",
    platform="Linux",
)


def changes(earlier: DrillReport, later: DrillReport) -> dict[int, str]:
    compared = compare_reports(earlier, later)
    return {change.configuration_id: str(change.change) for change in compared.changes}


def restored(
    number: int, verdict: Verdict, files: int | None = 100, size: int | None = 1000
) -> Any:
    return result(number, verdict, files_restored=files, bytes_restored=size)


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (Verdict.PASSED, Verdict.PASSED, "same"),
        (Verdict.PASSED, Verdict.CHECKED, "worse"),
        (Verdict.CHECKED, Verdict.PASSED, "better"),
        (Verdict.TOO_OLD, Verdict.NO_BACKUP, "worse"),
        (Verdict.NO_BACKUP, Verdict.ERROR, "better"),
        (Verdict.ERROR, Verdict.ERROR, "same"),
    ],
)
def test_a_worse_verdict_is_worse(before: Verdict, after: Verdict, change: str) -> None:
    assert changes(report(result(1, before)), report(result(1, after))) == {1: change}


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ((100, 1000), (50, 500), "same"),
        ((100, 1000), (49, 1000), "worse"),
        ((100, 1000), (100, 499), "worse"),
        ((100, 1000), (0, 0), "worse"),
        ((0, 0), (0, 0), "same"),
        ((100, 1000), (None, None), "same"),
        ((None, None), (1, 1), "same"),
    ],
)
def test_less_than_half_of_it_is_worse(
    before: tuple[int | None, int | None], after: tuple[int | None, int | None], change: str
) -> None:
    earlier = report(restored(1, Verdict.PASSED, *before))
    later = report(restored(1, Verdict.PASSED, *after))

    assert changes(earlier, later) == {1: change}


def test_it_says_why_and_from_what_to_what() -> None:
    earlier = report(restored(1, Verdict.PASSED), restored(2, Verdict.PASSED))
    later = report(
        evolve(restored(1, Verdict.TOO_OLD), age=timedelta(days=3)),
        restored(2, Verdict.PASSED, files=7),
        max_age=timedelta(hours=1),
    )

    compared = compare_reports(earlier, later)

    old, few = compared.changes
    assert (old.earlier_age, old.age) == (timedelta(hours=10), timedelta(days=3))
    assert (old.earlier_verdict, old.verdict) == (Verdict.PASSED, Verdict.TOO_OLD)
    assert old.reason == "Because of too_old."
    assert (few.earlier_files, few.files) == (100, 7)
    assert few.reason == "Only 7 files were restored, 100 in the earlier drill."
    assert (compared.earlier_max_age, compared.max_age) == (
        timedelta(hours=26),
        timedelta(hours=1),
    )


def test_what_is_worse_comes_first() -> None:
    earlier = report(*(result(n, Verdict.TOO_OLD) for n in (1, 2, 3, 5)))
    later = report(
        result(1, Verdict.TOO_OLD),
        result(2, Verdict.PASSED),
        result(3, Verdict.NO_BACKUP),
        result(4, Verdict.NO_BACKUP),
    )

    compared = compare_reports(earlier, later)

    assert [(c.configuration_id, str(c.change)) for c in compared.changes] == [
        (3, "worse"),
        (5, "gone"),
        (4, "new"),
        (2, "better"),
        (1, "same"),
    ]
    assert compared.is_worse
    assert compared.counts == dict.fromkeys(Change, 1)


@given(REPORTS)
def test_nothing_has_changed_from_a_report_to_itself(made: DrillReport) -> None:
    once = evolve(made, results=tuple({r.configuration_id: r for r in made.results}.values()))

    compared = compare_reports(once, once)

    assert not compared.is_worse
    assert {change.change for change in compared.changes} <= {Change.SAME}
    assert ReportComparison.from_json(compared.to_json()) == compared


def test_what_cannot_be_compared_is_refused() -> None:
    made = report(result(1, Verdict.PASSED), provenance=WHO)
    other = evolve(made, provenance=evolve(WHO, tenant="5678"))
    unknown = evolve(made, provenance=evolve(WHO, tenant=None))

    with pytest.raises(ValueError, match="different tenants"):
        compare_reports(made, other)
    with pytest.raises(ValueError, match="earlier one first"):
        compare_reports(made, evolve(made, started=BEGAN - timedelta(days=1)))
    assert not compare_reports(made, unknown).is_worse
