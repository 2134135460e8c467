"""`cloud-backup agents`."""

from pathlib import Path

import pytest

from .conftest import CommandLine

ENCRYPTED = "213563"


def test_list_has_all_agents(cloud: CommandLine) -> None:
    listed = cloud.json("agents", "list")

    assert len(listed) == 22
    assert {"MBP0", "Web Server2"} <= {agent["machine_name"] for agent in listed}


def test_show_takes_an_id_a_name_and_a_name_in_other_letters(cloud: CommandLine) -> None:
    by_id = cloud.json("agents", "show", "252036")

    assert by_id["machine_name"] == "MBP0"
    assert cloud.json("agents", "show", "MBP0") == by_id
    assert cloud.json("agents", "show", "mbp0") == by_id


def test_show_by_cloud_server(cloud: CommandLine) -> None:
    with_server = [agent for agent in cloud.json("agents", "list") if agent["host_server_id"]]
    servers = [agent["host_server_id"] for agent in with_server]
    server = servers[0] if servers else "87c3b6e1-fb1a-41f9-91e5-313ae35a5a06"

    shown = cloud.run("agents", "show", "--server", server, "-o", "json")

    assert cloud.asked("getAgentByHostServer") == 1
    assert shown.exit_code == 0, shown.stderr


def test_a_name_that_several_machines_have_is_refused_with_their_ids(cloud: CommandLine) -> None:
    shown = cloud.run("agents", "show", "Web Server")

    assert shown.exit_code == 2
    assert shown.stdout == ""
    assert shown.stderr == (
        "cloud-backup: several agents are named 'Web Server': 96674, 156953, 213564, 224193, "
        "224321, 224505, 232180; give the id\n"
    )


def test_a_name_that_no_machine_has_is_not_found(cloud: CommandLine) -> None:
    shown = cloud.run("agents", "show", "nonesuch")

    assert shown.exit_code == 4
    assert "no agent is named 'nonesuch'" in shown.stderr


def test_digits_are_an_id_though_no_agent_has_it(cloud: CommandLine) -> None:
    shown = cloud.run("agents", "show", "424242")

    assert shown.exit_code == 4
    assert cloud.asked("listAgents") == 0


def test_show_wants_one_agent(cloud: CommandLine) -> None:
    assert cloud.run("agents", "show").exit_code == 2
    assert cloud.run("agents", "show", "1", "--server", "x").exit_code == 2
    assert cloud.run("agents", "show", "--server", "no-uuid").exit_code == 2


def test_update_keeps_what_is_not_given(cloud: CommandLine) -> None:
    assert cloud.json("agents", "update", "MBP0", "--no-service-net")["use_service_net"] is False

    changed = cloud.json("agents", "update", "MBP0", "--data-center", "dfw")

    assert changed["use_service_net"] is False
    assert changed["backup_datacenter"] == "DFW"
    assert cloud.run("agents", "update", "MBP0").exit_code == 2
    assert cloud.run("agents", "update", "MBP0", "--data-center", "MOON").exit_code == 2


def test_disable_and_enable(cloud: CommandLine) -> None:
    disabled = cloud.done("agents", "disable", "MBP0")
    assert (disabled.stdout, disabled.stderr) == ("", "agent 252036 is disabled\n")
    assert cloud.json("agents", "show", "MBP0")["is_disabled"] is True

    cloud.done("agents", "enable", "MBP0")
    assert cloud.json("agents", "show", "MBP0")["is_disabled"] is False


def test_log_level(cloud: CommandLine) -> None:
    assert "WARN" in cloud.done("agents", "log-level", "MBP0", "warn").stderr
    assert cloud.asked("setAgentLogLevel") == 1
    assert cloud.run("agents", "log-level", "MBP0", "chatty").exit_code == 2


def test_encrypt_asks_twice_and_shows_nothing(cloud: CommandLine) -> None:
    ended = cloud.done("agents", "encrypt", "MBP0", typed="y\nopen sesame\nopen sesame\n")

    assert "This can't be undone" in ended.stderr
    assert "open sesame" not in ended.stdout + ended.stderr
    assert cloud.json("agents", "show", "MBP0")["is_encrypted"] is True


def test_encrypt_with_a_passphrase_from_a_file(cloud: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_text("open sesame\n")

    cloud.done("agents", "encrypt", "MBP0", "--yes", "--passphrase-file", str(file))

    assert cloud.json("agents", "show", "MBP0")["is_encrypted"] is True


def test_encrypt_with_a_passphrase_from_stdin(cloud: CommandLine) -> None:
    ended = cloud.piped(
        "agents", "encrypt", "MBP0", "--yes", "--passphrase-file", "-", stdin="open sesame\n"
    )

    assert ended.exit_code == 0, ended.stderr
    assert cloud.json("agents", "show", "MBP0")["is_encrypted"] is True


@pytest.mark.parametrize(
    "options",
    [
        ("--yes",),
        ("--yes", "--passphrase-file", "a", "--passphrase-env", "B"),
        ("--yes", "--passphrase-env", "NOT_SET"),
        ("--passphrase-env", "PASSPHRASE"),
    ],
)
def test_encrypt_without_a_terminal_takes_all_it_needs(
    cloud: CommandLine, options: tuple[str, ...]
) -> None:
    cloud.environment["PASSPHRASE"] = "open sesame"

    assert cloud.run("agents", "encrypt", "MBP0", *options).exit_code == 2
    assert cloud.asked("enableAgentEncryption") == 0


def test_a_passphrase_file_that_is_not_there(cloud: CommandLine) -> None:
    ended = cloud.run("agents", "encrypt", "MBP0", "--yes", "--passphrase-file", "/nowhere/secret")

    assert ended.exit_code == 1
    assert ended.stderr.splitlines()[-1].startswith("cloud-backup: /nowhere/secret: No such file")


def test_what_is_encrypted_is_not_encrypted_again(cloud: CommandLine) -> None:
    ended = cloud.run("agents", "encrypt", ENCRYPTED, typed="y\n")

    assert ended.exit_code == 1
    assert "is already encrypted; `cloud-backup agents change-passphrase`" in ended.stderr


def test_a_passphrase_file_that_is_no_text(cloud: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_bytes(b"sesame \xff\n")

    ended = cloud.run(
        "agents", "encrypt", "MBP0", "--yes", "--debug", "--passphrase-file", str(file)
    )

    assert ended.exit_code == 1
    assert "is not UTF-8 text" in ended.stderr
    assert "sesame" not in ended.stderr


def test_change_passphrase(cloud: CommandLine) -> None:
    cloud.environment |= {"OLD": "213563-passphrase", "NEW": "open sesame", "WRONG": "abracadabra"}
    change = ("agents", "change-passphrase", ENCRYPTED, "--new-passphrase-env", "NEW")

    wrong = cloud.run(*change, "--old-passphrase-env", "WRONG")
    assert wrong.exit_code == 1
    assert "abracadabra" not in wrong.stderr

    cloud.done(*change, "--old-passphrase-env", "OLD")
    cloud.done("agents", "change-passphrase", ENCRYPTED, typed="open sesame\nfriend\nfriend\n")


def test_delete_says_what_goes_and_wants_a_yes(cloud: CommandLine) -> None:
    refused = cloud.run("agents", "delete", "MBP2")
    assert refused.exit_code == 2
    assert "Agent 252034 on MBP2 and all of its backups (35.3 MB) will be permanently deleted" in (
        refused.stderr
    )
    assert "--yes" in refused.stderr

    declined = cloud.run("agents", "delete", "MBP2", typed="n\n")
    assert declined.exit_code == 1
    assert "nothing was changed" in declined.stderr
    assert cloud.asked("deleteAgent") == 0

    cloud.done("agents", "delete", "MBP2", typed="y\n")
    assert cloud.run("agents", "show", "252034").exit_code == 4


def test_delete_with_yes_needs_no_terminal(cloud: CommandLine) -> None:
    cloud.done("agents", "delete", "252034", "--yes")

    assert cloud.asked("deleteAgent") == 1


def test_migrate_vault(cloud: CommandLine) -> None:
    assert cloud.run("agents", "migrate-vault", "1", "1", "--yes").exit_code == 2
    assert cloud.run("agents", "migrate-vault", "old-server", "new-server").exit_code == 2

    ended = cloud.done("agents", "migrate-vault", "MBP0", "new-server", "--yes")

    assert "agent 252036 on MBP0 will be moved to agent 2 on new-server" in ended.stderr
    assert cloud.asked("migrateVault") == 1


def test_wake_and_wait_until_online(cloud: CommandLine) -> None:
    cloud.done("agents", "wake")
    assert cloud.asked("wakeAgents") == 1

    assert cloud.json("agents", "wait-online", "MBP2")["status"] == "Online"


def test_an_agent_that_is_switched_off_is_not_online_in_time(cloud: CommandLine) -> None:
    ended = cloud.run("agents", "wait-online", "retired-server", "--deadline", "60")

    assert ended.exit_code == 6
    assert "not online after" in ended.stderr
