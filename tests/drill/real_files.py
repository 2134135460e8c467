"""Worlds whose agents move real files, which a test may damage before a drill verifies them."""

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from cloud_backup.drill import DrillChange, DrillReport, Phase, Verify, drill
from cloud_backup.drill.manifest import write_manifest

from .drill_world import DrillWorld, agent

PASSPHRASE = "canary-of-the-passphrase"
WORDS = ("index.html", "Übersicht.txt", "a b", ".hidden", "log.1", "data.bin", "line\nbreak", "x")


class RealWorld(DrillWorld):
    """An emulator with agents on machines, each a folder named by the agent's id.

    A configuration backs up `/data/ID` of its agent.

    Args:
        folder: Where everything is made.
        configurations: The agent's id of each configuration's.
        encrypted: The agents whose backups are encrypted.
    """

    def __init__(
        self, folder: Path, configurations: Mapping[int, int], encrypted: Iterable[int] = ()
    ) -> None:
        self.configurations = configurations
        for number in set(configurations.values()):
            (folder / f"{number}/tmp/cloud-backup-drill").mkdir(parents=True)
        (folder / "manifests").mkdir()
        passphrases = {number: {"passphrase": PASSPHRASE} for number in encrypted}
        super().__init__(
            folder,
            {
                "agents": [
                    agent(
                        number,
                        machine=str(folder / str(number)),
                        OperatingSystem="CentOS 6.3",
                        **passphrases.get(number, {}),
                    )
                    for number in sorted(set(configurations.values()))
                ],
                "configurations": [
                    {
                        "BackupConfigurationId": number,
                        "BackupConfigurationName": f"Data {number}",
                        "MachineAgentId": of,
                        "Inclusions": [{"FilePath": f"/data/{number}", "FileItemType": "Folder"}],
                    }
                    for number, of in configurations.items()
                ],
            },
        )

    def source(self, number: int) -> Path:
        """The folder that a configuration backs up."""
        return self.folder / str(self.configurations[number]) / "data" / str(number)

    def back_up(self) -> None:
        """Write a manifest of each configuration's folder, and back it up."""
        client = self.client()
        for number in self.configurations:
            with (self.folder / f"manifests/{number}").open("w", encoding="utf-8") as file:
                write_manifest(self.source(number), file, name=f"/data/{number}")
            client.backups.start(number)
        # Backups of one agent run one after another.
        for _ in range(40):
            self.emulator.advance(60)

    def verify(self, **others: Any) -> Verify:
        """By the manifest of each, in the folders of the machines."""
        return Verify(
            **{
                "manifest": self.folder / "manifests/{configuration}",
                "folder": self.folder / "{destination}/tmp/cloud-backup-drill",
                **others,
            }
        )

    def drill(
        self, damages: Mapping[int, Callable[[Path], object]] | None = None, **options: Any
    ) -> DrillReport:
        """Drill, and damage what is restored of some configurations before it is verified.

        Args:
            damages: What damages what a configuration's folder has become below its restore's.
            options: As for `drill`.
        """

        def change(change: DrillChange) -> None:
            number = change.planned.configuration_id
            if change.phase is Phase.VERIFYING and damages and number in damages:
                machine = self.folder / str(change.planned.destination_id)
                damages[number](machine / change.planned.path[1:] / f"data/{number}")

        return drill(
            self.client(),
            **{
                "verify": self.verify(),
                "max_age": timedelta(days=2),
                "passphrases": dict.fromkeys(self.configurations.values(), PASSPHRASE),
                "concurrency": 100,
                "now": self.now,
                "monotonic": self.monotonic,
                "on_change": change,
                **options,
            },
        )


def fill(folder: Path, chance: Random) -> None:
    """Make a tree by chance: files of all sizes, folders, links, permissions, times, odd names."""
    folder.mkdir(parents=True)
    folders = [folder]
    for _ in range(chance.randint(0, 4)):
        made = chance.choice(folders) / f"{chance.choice(WORDS)}{len(folders)}"
        made.mkdir()
        folders.append(made)
    for number in range(chance.randint(1, 8)):
        file = chance.choice(folders) / f"{number}{chance.choice(WORDS)}"
        file.write_bytes(chance.randbytes(chance.choice((0, 1, 100, 5000))))
        file.chmod(chance.choice((0o600, 0o644, 0o755, 0o440)))
        os.utime(file, (1, chance.randint(0, 1_700_000_000)))
    for number in range(chance.randint(0, 2)):
        link = chance.choice(folders) / f"link{number}"
        link.symlink_to(chance.choice(("nowhere", "../x", "index.html", "/etc/hosts")))
    for made in folders[1:]:
        made.chmod(chance.choice((0o700, 0o755)))
