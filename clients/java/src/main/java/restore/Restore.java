package restore;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import restore.api.BackupsApi;
import restore.api.IdentityApi;
import restore.api.RestoresApi;
import restore.client.ApiClient;
import restore.model.ApiKeyAuthentication;
import restore.model.ApiKeyCredentials;
import restore.model.Authentication;
import restore.model.AuthenticationRequest;
import restore.model.RequestedAction;
import restore.model.RestoreAction;
import restore.model.RestoreInput;

/** Restores the newest backup on offer, with the client that openapi-generator makes. */
public class Restore {
  private static final Set<Integer> FINAL = Set.of(3, 4, 5, 8);

  private static ApiClient login() throws Exception {
    var identity = new ApiClient();
    identity.updateBaseUri(System.getenv("RS_AUTH_URL"));
    var credentials = new ApiKeyCredentials().username(System.getenv("RS_USERNAME")).apiKey(System.getenv("RS_API_KEY"));
    var key = new ApiKeyAuthentication().raXKSKEYApiKeyCredentials(credentials);
    var request = new AuthenticationRequest().auth(new Authentication(key));
    var access = new IdentityApi(identity).authenticate(request).getAccess();
    var region = System.getenv("RS_REGION_NAME");
    var endpoint = access.getServiceCatalog().stream()
        .filter(service -> service.getType().equals("rax:backup"))
        .flatMap(service -> service.getEndpoints().stream())
        .filter(each -> each.getRegion() == null || each.getRegion().equals(region))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the catalogue has no Cloud Backup in " + region));
    var client = new ApiClient();
    client.updateBaseUri(endpoint.getPublicURL());
    client.setRequestInterceptor(each -> each.header("X-Auth-Token", access.getToken().getId()));
    return client;
  }

  public static void main(String[] arguments) throws Exception {
    var client = login();
    var backups = new BackupsApi(client);
    var restores = new RestoresApi(client);

    var newest = restores.listBackupsAvailableForRestore().stream()
        .max(comparing(each -> Optional.ofNullable(each.getLastSuccessfulBackupTime())
            .flatMap(MsDate::instant).orElse(Instant.MIN)))
        .orElseThrow();
    var backup = backups.listCompletedBackups(newest.getBackupConfigurationId()).get(0);
    var id = restores.createRestore(new RestoreInput()
        .backupId(backup.getBackupId())
        .backupMachineId(backup.getMachineAgentId())
        .destinationMachineId(backup.getMachineAgentId())
        .destinationPath("/restored")
        .overwriteFiles(false)).getRestoreId();
    restores.requestRestoreAction(new RestoreAction().action(RequestedAction.StartManual).id(id));
    while (!FINAL.contains(restores.getRestore(id).getRestoreStateId())) {
      Thread.sleep(200);
    }
    var report = restores.getRestoreReport(id);
    System.out.printf("%s %s, %s files, %s, %s errors, backup of %s%n", report.getState(), report.getDuration(),
        report.getNumFilesRestored(), report.getNumBytesRestored(), report.getNumErrors(),
        report.getRestorePoint().instant().orElseThrow());
  }
}
