"""`cloud-backup activity`."""

import csv
import json
import re

import pytest
import yaml

from .conftest import CommandLine


def test_list_is_of_all_agents_or_of_one(cloud: CommandLine) -> None:
    listed = cloud.json("activity", "list")
    of_one = cloud.json("activity", "list", "--agent", "MBP0")

    assert len(listed) > len(of_one) > 0
    assert {found["source_machine_name"] for found in of_one} == {"MBP0"}


class Patience:
    """What sleeps in a test: it moves the emulator's clock, and in the end presses Ctrl-C."""

    def __init__(self, cloud: CommandLine, looks: int) -> None:
        self.cloud = cloud
        self.looks = looks
        self.slept: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)
        if len(self.slept) >= self.looks:
            raise KeyboardInterrupt
        self.cloud.emulator.advance(seconds)


def test_follow_tells_each_state_once_the_newest_last(cloud: CommandLine) -> None:
    started = cloud.json("backups", "start", "BackupConfig1")["backup_id"]
    cloud.sleep = patience = Patience(cloud, looks=20)

    ended = cloud.run("activity", "list", "--follow", "--interval", "4", "-o", "json")

    assert ended.exit_code == 130
    assert (ended.error["type"], ended.error["exit_code"]) == ("Interrupted", 130)
    assert set(patience.slept) == {4.0}
    told = [json.loads(line) for line in ended.stdout.splitlines()]
    states = [found["state"] for found in told if found["id"] == started]
    assert states == ["StartRequested", "Queued", "Preparing", "InProgress", "Completed"]
    first = [found["time_of_activity"] for found in told[:3]]
    assert first == sorted(first)


@pytest.mark.parametrize("output", ["table", "yaml", "csv"])
def test_follow_in_other_formats(cloud: CommandLine, output: str) -> None:
    cloud.sleep = Patience(cloud, looks=1)

    ended = cloud.run("activity", "list", "--follow", "--agent", "MBP0", "-o", output, "--utc")

    assert ended.exit_code == 130
    if output == "table":
        heading, *lines = ended.stdout.splitlines()
        assert heading.split() == ["Time", "Type", "Id", "State", "Name", "From", "To"]
        assert any(
            re.match(r"2013-02-12 20:46:11 UTC +Backup +134691 +Completed ", line) for line in lines
        )
        for title, text in (("Type", "Backup"), ("From", "MBP0")):
            assert {line.find(text) for line in lines} == {heading.index(title)}
    elif output == "yaml":
        assert 134691 in [found["id"] for found in yaml.safe_load_all(ended.stdout)]
    else:
        rows = list(csv.DictReader(ended.stdout.splitlines()))
        assert "134691" in [row["id"] for row in rows]
        assert ended.stdout.count("time_of_activity") == 1
