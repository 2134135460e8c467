/** Restores the newest backup on offer, with the client that @hey-api/openapi-ts makes. */
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "./generated/hey-api/client/index.js";
import * as api from "./generated/hey-api/sdk.gen.js";
import { endpointOf, FINAL, msDate, variable } from "./shared.js";

const identity = createClient({ baseUrl: variable("RS_AUTH_URL"), throwOnError: true });
const credentials = { username: variable("RS_USERNAME"), apiKey: variable("RS_API_KEY") };
const body = { auth: { "RAX-KSKEY:apiKeyCredentials": credentials } };
const { access } = (await api.authenticate({ client: identity, throwOnError: true, body })).data;
const client = createClient({ baseUrl: endpointOf(access.serviceCatalog), auth: access.token.id });
const options = { client, throwOnError: true } as const;

const available = (await api.listBackupsAvailableForRestore(options)).data;
const time = (text?: string) => msDate(text)?.getTime() ?? 0;
const newest = available.reduce((a, b) =>
  time(b.LastSuccessfulBackupTime) > time(a.LastSuccessfulBackupTime) ? b : a,
);
const [backup] = (
  await api.listCompletedBackups({
    ...options,
    path: { backupConfigurationId: newest.BackupConfigurationId },
  })
).data;
const created = await api.createRestore({
  ...options,
  body: {
    BackupId: backup.BackupId,
    BackupMachineId: backup.MachineAgentId,
    DestinationMachineId: backup.MachineAgentId,
    DestinationPath: "/restored",
    OverwriteFiles: false,
  },
});
const path = { restoreId: created.data.RestoreId };
await api.requestRestoreAction({ ...options, body: { Action: "StartManual", Id: path.restoreId } });
while (!FINAL.has((await api.getRestore({ ...options, path })).data.RestoreStateId)) await sleep(200);
const report = (await api.getRestoreReport({ ...options, path })).data;
console.log(
  `${report.State} ${report.Duration}, ${report.NumFilesRestored} files, ${report.NumBytesRestored}, ` +
    `${report.NumErrors} errors, backup of ${msDate(report.RestorePoint)?.toISOString()}`,
);
