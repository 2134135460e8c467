"""Breaks of the emulator and of openapi.yaml."""

from typing import Final

from .mutant import CONTRACT_TESTS, Mutant

__all__ = ["SERVICE"]

EMULATOR: Final = "emulator/cloud_backup_emulator"
DOCUMENT: Final = "openapi.yaml"
PAGE: Final = "tests/emulator/test_page.py"
MACHINES: Final = "tests/emulator/test_machines.py"
ADDED: Final = "tests/emulator/test_added_operations.py"


def _emulator(name: str, module: str, old: str, new: str, *tests: str) -> Mutant:
    return Mutant(name, f"{EMULATOR}/{module}.py", old, new, tests=tests or CONTRACT_TESTS)


def _document(name: str, old: str, new: str) -> Mutant:
    return Mutant(name, DOCUMENT, old, new)


SERVICE: Final = (
    # Answers
    _emulator(
        "a field is renamed", "backups", '"CurrentState": state.name,', '"State": state.name,'
    ),
    _emulator(
        "a field is left out",
        "backups",
        '        "CanRestore": is_restorable',
        '        "Can": is_restorable',
    ),
    _emulator(
        "a date is in ISO form",
        "ms_date",
        'return f"/Date({milliseconds})/"',
        'return __import__("datetime").datetime.fromtimestamp(milliseconds // 1000).isoformat()',
    ),
    _emulator(
        "a number travels as text",
        "backups",
        '"NumErrors": len(errors),',
        '"NumErrors": str(len(errors)),',
    ),
    _emulator(
        "text travels as a number",
        "restores",
        '"NumErrors": str(len(errors)),',
        '"NumErrors": len(errors),',
    ),
    _emulator(
        "a 404 is turned into 200",
        "app",
        "return Answer(refusal.status, _fault(",
        "return Answer(200 if refusal.status == 404 else refusal.status, _fault(",
    ),
    _emulator("a refusal is a 500", "errors", "    status = 400", "    status = 500"),
    _emulator(
        "a fault has no message",
        "app",
        '    fault = {"code": status, "message": message}',
        '    fault = {"code": status}',
    ),
    _emulator("405 doesn't tell what is allowed", "app", 'fault, {"Allow": allowed})', "fault)"),
    _emulator(
        "a report is there too early",
        "restores",
        "if job is None or state.name in BUSY:",
        "if job is None:",
    ),
    _emulator(
        "activity is oldest first",
        "activity",
        "return (-self.state.since, ",
        "return (self.state.since, ",
    ),
    # The page for browsers
    _emulator(
        "programs are shown the page",
        "app",
        'return "text/html" in types and',
        "return True or",
        PAGE,
    ),
    _emulator(
        "another site may frame the page",
        "app",
        "frame-ancestors 'none'",
        "frame-ancestors *",
        PAGE,
    ),
    _emulator(
        "the world isn't what is under way first",
        "activity",
        "(entry.state.name not in BUSY, entry.place)",
        "entry.place",
        PAGE,
    ),
    _emulator(
        "the world shows too much",
        "activity",
        "return _described(entries[:most])",
        "return _described(entries)",
        PAGE,
    ),
    _emulator(
        "the world tells keys",
        "emulator",
        '{"username": account.username, "roles"',
        '{**vars(account), "roles"',
        PAGE,
    ),
    Mutant(
        "the page shows nothing new",
        f"{EMULATOR}/page/page.js",
        "if (!document.hidden) timer",
        "if (false) timer",
        tests=(PAGE,),
    ),
    Mutant(
        "the page uses a token that is gone",
        f"{EMULATOR}/page/page.js",
        "if (answer.status === 401 && !isOpen)",
        "if (false)",
        tests=(PAGE,),
    ),
    # Operations that aren't emulated
    _emulator(
        "an example doesn't say that it is one",
        "emulator",
        "self.contract.example(operation), is_example=True)",
        "self.contract.example(operation))",
        ADDED,
    ),
    _emulator(
        "an example is not the lowest success",
        "contract",
        '(name[0] != "2", name))',
        '(name[0] == "2", name))',
        ADDED,
    ),
    _emulator(
        "an example that doesn't fit its schema is invented",
        "contract",
        "if self._validator(schema).is_valid(example):",
        "if True:",
        ADDED,
    ),
    _emulator(
        "parameters of the query are not checked",
        "contract",
        '        if errors:\n            raise InvalidRequest(f"{name}: ',
        '        if False:\n            raise InvalidRequest(f"{name}: ',
        ADDED,
    ),
    _emulator(
        "a handler without an operation is let pass", "emulator", "if missing:", "if False:", ADDED
    ),
    _emulator(
        "health forgets what isn't emulated",
        "app",
        '"example": self.emulator.examples}',
        '"example": []}',
        ADDED,
    ),
    _emulator(
        "a creator may delete what was added", "accounts", 'method != "DELETE" and ', "", ADDED
    ),
    # Who may
    _emulator(
        "a role check is dropped", "accounts", 'return method == "GET" and bool(', "return bool("
    ),
    _emulator("a creator may delete", "accounts", "operation_id not in DELETING", "True"),
    _emulator(
        "a tenant check is dropped",
        "emulator",
        "if call.tenant not in (None, tenant):",
        "if False:",
    ),
    _emulator(
        "all tenants see the same",
        "emulator",
        "            tenant = user.tenant\n",
        '            tenant = user.tenant and "1234"\n',
    ),
    _emulator(
        "a token is taken that nobody gave",
        "identity",
        "    if token is None or token.expires <= now:",
        '    if token is None:\n        token = Token("", "demo", 0)\n    if token.expires < 0:',
    ),
    _emulator(
        "a token lives for ever",
        "identity",
        "    if token is None or token.expires <= now:",
        "    if token is None:",
    ),
    _emulator(
        "a revoked token goes on",
        "identity",
        "    store.delete(Token, NO_TENANT, token_id)",
        "    store.get(Token, NO_TENANT, token_id)",
    ),
    # States and time
    _emulator("a state is skipped", "job_states", '    ("Queued", 3_000),\n', ""),
    _emulator(
        "what is stopped goes on",
        "job_states",
        "        if self.stopped is not None:\n            return self.stopped + STOPPING\n",
        "",
    ),
    _emulator(
        "a restore starts twice",
        "restores",
        '    if state != "Creating":\n        raise InvalidRequest(\n            f"Id:',
        '    if state == "Stopped":\n        raise InvalidRequest(\n            f"Id:',
    ),
    _emulator(
        "an agent that is offline takes up work",
        "agent_facts",
        "    if not is_online(agent, now):",
        "    if False:",
    ),
    _emulator(
        "a disabled agent takes up work",
        "agent_facts",
        '    if agent.document["IsDisabled"]:',
        "    if False:",
    ),
    _emulator(
        "nobody wakes up",
        "agent_facts",
        "    return max(now, agent.woken + WAKING)",
        "    return agent.woken + HEARTBEATS + ONLINE",
    ),
    _emulator(
        "retention is forgotten", "backups", "if days and replaced is not None and", "if False and"
    ),
    _emulator("a run isn't skipped", "scheduled_runs", "busy=event < busy_until", "busy=False"),
    _emulator(
        "a missed run is not made up for",
        "scheduled_runs",
        "action == AS_SOON_AS_POSSIBLE",
        "False",
    ),
    _emulator(
        "summer time is forgotten",
        "schedules",
        "self.at, self.zone)\n",
        "self.at, __import__('datetime').timezone(self.zone.utcoffset(datetime(2013, 1, 1))))\n",
    ),
    _emulator(
        "start times aren't in UTC",
        "schedules",
        "utc = datetime.fromtimestamp(due / 1000, UTC)",
        "utc = datetime.fromtimestamp(due / 1000, self.zone)",
    ),
    # What is kept
    _emulator(
        "an id is used again",
        "store",
        'self._connection.execute("delete from entity")',
        'self._connection.executescript("delete from entity; delete from setting")',
    ),
    _emulator(
        "a refused call leaves traces",
        "store",
        'self._connection.execute("rollback")',
        'self._connection.execute("commit")',
    ),
    _emulator(
        "a deleted configuration is gone",
        "configurations",
        '    configuration.document |= {"IsDeleted": True, "IsActive": False}\n    plan(world, configuration)\n    world.put(configuration_id, configuration)',
        "    world.delete(BackupConfiguration, configuration_id)",
    ),
    _emulator(
        "a name is given twice",
        "configurations",
        "        other.configuration_id != own_id\n",
        "        other.configuration_id is None\n",
    ),
    _emulator(
        "an exclusion may lie anywhere",
        "configurations",
        "if not any(path != folder and",
        "if folders and not any(True or",
    ),
    _emulator(
        "text isn't taken for a truth",
        "contract",
        'return _BOOLEANS.get(text, text) if kind == "boolean" else text',
        "return text",
    ),
    # Encryption
    _emulator(
        "any passphrase will do",
        "passphrases",
        "return hmac.compare_digest(_hashed(passphrase, salt), hashed)",
        "return True",
    ),
    _emulator(
        "encryption can be turned on twice",
        "agents",
        '    if agent.document["IsEncrypted"]:',
        "    if False:",
    ),
    _emulator(
        "a secret is remembered", "app", 'return "password" not in name.lower()', "return True"
    ),
    # Who and what comes in
    _emulator(
        "the Host is unchecked",
        "app",
        'if not all(map(self._hosts.has, headers.getlist("Host"))):',
        "if False:",
        "tests/emulator/test_hosts.py",
    ),
    _emulator(
        "pages of any site may call",
        "app",
        'elif not all(map(self._hosts.has_origin, headers.getlist("Origin"))):',
        "elif False:",
        "tests/emulator/test_hosts.py",
    ),
    _emulator(
        "a name that begins like this machine's is taken for it",
        "hosts",
        'name == "localhost" or',
        'name.startswith("localhost") or',
        "tests/emulator/test_hosts.py",
    ),
    _emulator(
        "a target's host doesn't count",
        "app",
        '    headers.append((b"host", target["host"].encode("latin-1", "replace")))\n',
        "",
        "tests/emulator/test_hosts.py",
    ),
    _emulator(
        "a body in chunks may be of any size",
        "app",
        "        if len(read) > LARGEST_BODY:",
        "        if False:",
        "tests/emulator/test_sizes.py",
    ),
    _emulator(
        "the log of requests takes up any memory",
        "request_log",
        " or self._size > MOST_BYTES",
        "",
        "tests/emulator/test_sizes.py",
    ),
    _emulator(
        "a key of a seed that is there twice is lost",
        "yaml_data",
        "if event.value in parent.keys:",
        "if False:",
        "tests/emulator/test_seed_file.py",
    ),
    # What is worked for
    _emulator(
        "what is looked up has no index",
        "store",
        'index = "" if by is None else',
        'index = "" if True else',
        "tests/emulator/test_proportions.py",
    ),
    _emulator(
        "all configurations are read to list one agent's",
        "configurations",
        "    return _list(world, agent_id=agent_id)",
        '    return [c for c in _list(world) if c["MachineAgentId"] == agent_id]',
        "tests/emulator/test_proportions.py",
    ),
    _emulator(
        "a restore restores what it doesn't include",
        "restores",
        "select(backup.files, holds, restore.files)",
        "select(backup.files, holds, [])",
        "tests/emulator/test_restored_files.py",
    ),
    _emulator(
        "a backup holds what is included later",
        "restores",
        "holds = backup.holds or (",
        "holds = (",
        "tests/emulator/test_restored_files.py",
    ),
    _emulator(
        "a catalogue has regions and none",
        "identity",
        '"endpoints": regional or [endpoint],',
        '"endpoints": [*regional, endpoint],',
        "tests/emulator/test_field_clients.py",
    ),
    _emulator(
        "a Cloud Server has no id",
        "starting_data",
        'if document["Flavor"] == _CLOUD_SERVER:',
        "if False:",
        "tests/emulator/test_field_clients.py",
    ),
    # The document
    _document(
        "the document: a field has another type",
        "    RestoreStateId:\n      type: integer\n",
        "    RestoreStateId:\n      type: string\n",
    ),
    _document(
        "the document: a field is demanded that isn't there",
        "required: [BackupId, BackupConfigurationId, CurrentState, MachineAgentId]",
        "required: [BackupId, BackupConfigurationId, CurrentStatus, MachineAgentId]",
    ),
    _document(
        "the document: an answer needs what it may lack",
        "required: [RestoreId, BackupId, DestinationMachineId, DestinationPath, RestoreStateId]",
        "required: [RestoreId, BackupId, BackupDataCenter, DestinationPath, RestoreStateId]",
    ),
    _document(
        "the document: dates are in ISO form",
        "    MsDate:\n      type: string\n      format: ms-date\n      pattern: ^/Date\\(-?[0-9]{1,14}",
        "    MsDate:\n      type: string\n      format: ms-date\n      pattern: ^[0-9]{4}-[0-9]{2}-[0-9]{2}T",
    ),
    _document(
        "the document: a value is left out",
        "enum: [StartManual, StopManual]\n      x-enum-varnames: [StartManual, StopManual]",
        "enum: [StartManual]\n      x-enum-varnames: [StartManual]",
    ),
    _document(
        "the document: a status is left out",
        '          description: The backup was asked to stop.\n        "400"',
        '          description: The backup was asked to stop.\n        "410"',
    ),
    _document(
        "the document: a link leads elsewhere",
        "            GetBackupReport:\n              operationId: getBackupReport\n              description: Its report, once it is finished.\n              parameters:\n                backupId: $response.body\n",
        "            GetBackupReport:\n              operationId: getBackupReport\n              description: Its report, once it is finished.\n              parameters:\n                backupId: $response.body#/Id\n",
    ),
    _document("the document: anybody may call", "security:\n  - AuthToken: []\n", "security: []\n"),
    # What is left open
    Mutant(
        "the fixture of pytest leaves the emulator open",
        f"{EMULATOR}/pytest_plugin.py",
        "with Emulator(rate=0) as emulator, serve(emulator) as running:",
        "with serve(Emulator(rate=0)) as running:",
        ("tests/emulator/test_pytest_plugin.py",),
    ),
    Mutant(
        "a database that is refused is left open",
        f"{EMULATOR}/store.py",
        """            except BaseException:
                self.close()
                raise
        except sqlite3.Error""",
        """            except BaseException:
                raise
        except sqlite3.Error""",
        ("tests/emulator/test_closing.py",),
    ),
    # Machines
    _emulator(
        "a restore follows links",
        "machines/folder",
        '_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0) |',
        "_NO_LINK: Final =",
        MACHINES,
    ),
    _emulator(
        "a file made meanwhile is replaced",
        "machines/folder",
        "        if self._overwrite:\n            os.replace",
        "        if True:\n            os.replace",
        MACHINES,
    ),
    _emulator(
        "an encrypted agent's names are in clear",
        "machines/vault",
        '"\\n".join(self._lines).encode(), self._key)',
        '"\\n".join(self._lines).encode())',
        MACHINES,
    ),
    _emulator(
        "a changed file is taken for unchanged",
        "machines/moving",
        "(before.kind, before.stamp) == (found.kind, stamp)",
        "before.kind == found.kind",
        MACHINES,
    ),
    _emulator(
        "a job is done before its files are moved",
        "job_states",
        "now = min(now, self.ends - 1)",
        "pass",
        MACHINES,
    ),
    _emulator(
        "a damaged backup is restored as Completed",
        "machines/transfers",
        '"Failed" if moved.is_empty else "CompletedWithErrors"',
        '"Completed"',
        MACHINES,
    ),
    _emulator(
        "what a backup needs is deleted with another",
        "machines/vault",
        "needed.add(hex_to_sha(snapshot))",
        "needed = {hex_to_sha(snapshot)}",
        MACHINES,
    ),
)
