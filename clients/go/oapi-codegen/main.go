// Restores the newest backup on offer, with the client that oapi-codegen makes.
package main

import (
	"cmp"
	"context"
	"fmt"
	"log"
	"net/http"
	"os"
	"slices"
	"time"

	"restore/msdate"
	"restore/oapi-codegen/cb"
)

// ok fails unless a call was answered, and as hoped.
func ok(answer interface{ StatusCode() int }, err error) {
	if err != nil {
		log.Fatal(err)
	}
	if answer.StatusCode()/100 != 2 {
		log.Fatalf("%T: status %d", answer, answer.StatusCode())
	}
}

func login(ctx context.Context) *cb.ClientWithResponses {
	identity, err := cb.NewClientWithResponses(os.Getenv("RS_AUTH_URL"))
	if err != nil {
		log.Fatal(err)
	}
	var auth cb.Authentication
	err = auth.FromApiKeyAuthentication(cb.ApiKeyAuthentication{RAXKSKEYApiKeyCredentials: cb.ApiKeyCredentials{
		Username: os.Getenv("RS_USERNAME"), ApiKey: os.Getenv("RS_API_KEY"),
	}})
	if err != nil {
		log.Fatal(err)
	}
	answer, err := identity.AuthenticateWithResponse(ctx, cb.AuthenticationRequest{Auth: auth})
	ok(answer, err)
	access := answer.JSON200.Access
	addToken := func(_ context.Context, request *http.Request) error {
		request.Header.Set("X-Auth-Token", access.Token.Id)
		return nil
	}
	for _, service := range access.ServiceCatalog {
		for _, endpoint := range service.Endpoints {
			here := endpoint.Region == nil || *endpoint.Region == os.Getenv("RS_REGION_NAME")
			if service.Type == "rax:backup" && here {
				client, err := cb.NewClientWithResponses(endpoint.PublicURL, cb.WithRequestEditorFn(addToken))
				if err != nil {
					log.Fatal(err)
				}
				return client
			}
		}
	}
	log.Fatal("the catalogue has no Cloud Backup in this region")
	return nil
}

func main() {
	ctx := context.Background()
	client := login(ctx)

	available, err := client.ListBackupsAvailableForRestoreWithResponse(ctx)
	ok(available, err)
	when := func(b cb.AvailableBackup) time.Time { return cmp.Or(b.LastSuccessfulBackupTime, &msdate.Date{}).Time() }
	newest := slices.MaxFunc(*available.JSON200, func(a, b cb.AvailableBackup) int { return when(a).Compare(when(b)) })
	completed, err := client.ListCompletedBackupsWithResponse(ctx, newest.BackupConfigurationId)
	ok(completed, err)
	backup := (*completed.JSON200)[0]

	created, err := client.CreateRestoreWithResponse(ctx, cb.RestoreInput{
		BackupId: backup.BackupId, BackupMachineId: backup.MachineAgentId,
		DestinationMachineId: backup.MachineAgentId, DestinationPath: "/restored",
	})
	ok(created, err)
	id := created.JSON200.RestoreId
	ok(client.RequestRestoreActionWithResponse(ctx, cb.RestoreAction{Action: cb.RequestedActionStartManual, Id: id}))
	for final := []int{3, 4, 5, 8}; ; time.Sleep(200 * time.Millisecond) {
		restore, err := client.GetRestoreWithResponse(ctx, id)
		ok(restore, err)
		if slices.Contains(final, restore.JSON200.RestoreStateId) {
			break
		}
	}
	answer, err := client.GetRestoreReportWithResponse(ctx, id)
	ok(answer, err)
	report := answer.JSON200
	fmt.Printf("%s %s, %v files, %s, %v errors, backup of %s\n", report.State, report.Duration, report.NumFilesRestored,
		report.NumBytesRestored, report.NumErrors, report.RestorePoint.Time().Format(time.DateTime))
}
