// Restores the newest backup on offer, with the client that ogen makes.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"slices"
	"time"

	"restore/msdate"
	"restore/ogen/cb"
)

type token string

func (t token) AuthToken(context.Context, cb.OperationName) (cb.AuthToken, error) {
	return cb.AuthToken{APIKey: string(t)}, nil
}

// as gives an answer its type, or fails with the fault that came instead.
func as[T any](answer any, err error) T {
	found, good := answer.(T)
	if err != nil || !good {
		log.Fatalf("unexpected answer %T %+v: %v", answer, answer, err)
	}
	return found
}

func connect(url, key string) *cb.Client {
	client, err := cb.NewClient(url, token(key))
	if err != nil {
		log.Fatal(err)
	}
	return client
}

func login(ctx context.Context) *cb.Client {
	credentials := cb.ApiKeyCredentials{Username: os.Getenv("RS_USERNAME"), ApiKey: os.Getenv("RS_API_KEY")}
	key := cb.ApiKeyAuthentication{RAXMinusKSKEYApiKeyCredentials: credentials}
	request := &cb.AuthenticationRequest{Auth: cb.NewApiKeyAuthenticationAuthentication(key)}
	answer, err := connect(os.Getenv("RS_AUTH_URL"), "").Authenticate(ctx, request)
	access := as[*cb.AuthenticationResponse](answer, err).Access
	for _, service := range access.ServiceCatalog {
		for _, endpoint := range service.Endpoints {
			here := !endpoint.Region.Set || endpoint.Region.Value == os.Getenv("RS_REGION_NAME")
			if service.Type == "rax:backup" && here {
				return connect(endpoint.PublicURL, access.Token.ID)
			}
		}
	}
	log.Fatal("the catalogue has no Cloud Backup in this region")
	return nil
}

func when(date cb.OptMsDate) time.Time {
	found, err := msdate.Parse(string(date.Or("/Date(-62135596800000)/")))
	if err != nil {
		log.Fatal(err)
	}
	return found.Time()
}

func main() {
	ctx := context.Background()
	client := login(ctx)

	available, err := client.ListBackupsAvailableForRestore(ctx)
	offered := *as[*cb.ListBackupsAvailableForRestoreOKApplicationJSON](available, err)
	newest := slices.MaxFunc(offered, func(a, b cb.AvailableBackup) int {
		return when(a.LastSuccessfulBackupTime).Compare(when(b.LastSuccessfulBackupTime))
	})
	completed, err := client.ListCompletedBackups(ctx, cb.ListCompletedBackupsParams{BackupConfigurationId: newest.BackupConfigurationId})
	backup := (*as[*cb.ListCompletedBackupsOKApplicationJSON](completed, err))[0]

	created, err := client.CreateRestore(ctx, &cb.RestoreInput{
		BackupId: backup.BackupId, BackupMachineId: backup.MachineAgentId,
		DestinationMachineId: backup.MachineAgentId, DestinationPath: "/restored",
	})
	id := as[*cb.Restore](created, err).RestoreId
	started, err := client.RequestRestoreAction(ctx, &cb.RestoreAction{Action: cb.RequestedActionStartManual, ID: id})
	as[*cb.RequestRestoreActionNoContent](started, err)
	for final := []cb.AnyRestoreStateId{3, 4, 5, 8}; ; time.Sleep(200 * time.Millisecond) {
		restore, err := client.GetRestore(ctx, cb.GetRestoreParams{RestoreId: id})
		if slices.Contains(final, as[*cb.Restore](restore, err).RestoreStateId) {
			break
		}
	}
	answer, err := client.GetRestoreReport(ctx, cb.GetRestoreReportParams{RestoreId: id})
	report := as[*cb.RestoreReport](answer, err)
	fmt.Printf("%s %s, %d files, %s, %d errors, backup of %s\n", report.State, report.Duration, report.NumFilesRestored,
		report.NumBytesRestored, report.NumErrors, when(report.RestorePoint).Format(time.DateTime))
}
