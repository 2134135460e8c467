/** Restores the newest available backup, with openapi-fetch and the types of openapi-typescript. */
import { setTimeout as sleep } from "node:timers/promises";
import createClient from "openapi-fetch";
import type { paths } from "./generated/openapi-fetch.js";
import { endpointOf, FINAL, msDate, variable } from "./shared.js";

async function data<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data: found, error, response } = await call;
  if (!response.ok) throw new Error(`${response.status} ${response.url}: ${JSON.stringify(error)}`);
  return found as T;
}

const identity = createClient<paths>({ baseUrl: variable("RS_AUTH_URL") });
const credentials = { username: variable("RS_USERNAME"), apiKey: variable("RS_API_KEY") };
const { access } = await data(
  identity.POST("/tokens", { body: { auth: { "RAX-KSKEY:apiKeyCredentials": credentials } } }),
);
const client = createClient<paths>({
  baseUrl: endpointOf(access.serviceCatalog),
  headers: { "X-Auth-Token": access.token.id },
});

const available = await data(client.GET("/backup/availableforrestore"));
const time = (text?: string) => msDate(text)?.getTime() ?? 0;
const newest = available.reduce((a, b) =>
  time(b.LastSuccessfulBackupTime) > time(a.LastSuccessfulBackupTime) ? b : a,
);
const [backup] = await data(
  client.GET("/backup/completed/{backupConfigurationId}", {
    params: { path: { backupConfigurationId: newest.BackupConfigurationId } },
  }),
);
const { RestoreId: restoreId } = await data(
  client.PUT("/restore", {
    body: {
      BackupId: backup.BackupId,
      BackupMachineId: backup.MachineAgentId,
      DestinationMachineId: backup.MachineAgentId,
      DestinationPath: "/restored",
      OverwriteFiles: false,
    },
  }),
);
await data(client.POST("/restore/action-requested", { body: { Action: "StartManual", Id: restoreId } }));
const params = { path: { restoreId } };
while (!FINAL.has((await data(client.GET("/restore/{restoreId}", { params }))).RestoreStateId)) {
  await sleep(200);
}
const report = await data(client.GET("/restore/report/{restoreId}", { params }));
console.log(
  `${report.State} ${report.Duration}, ${report.NumFilesRestored} files, ${report.NumBytesRestored}, ` +
    `${report.NumErrors} errors, backup of ${msDate(report.RestorePoint)?.toISOString()}`,
);
