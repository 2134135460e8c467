//! Restores the newest backup on offer, with the client that progenitor makes.

mod ms_date;

use std::{env, error::Error, time::Duration};

use api::{Client, types};
use ms_date::MsDate;

mod api {
    progenitor::generate_api!(
        spec = "../../openapi.portable.json",
        replace = { MsDate = crate::ms_date::MsDate },
    );
}

type Outcome<T> = Result<T, Box<dyn Error>>;

async fn login() -> Outcome<Client> {
    let identity = Client::new(&env::var("RS_AUTH_URL")?);
    let credentials = types::ApiKeyCredentials {
        username: env::var("RS_USERNAME")?.parse()?,
        api_key: env::var("RS_API_KEY")?.parse()?,
    };
    let auth = types::Authentication::ApiKeyAuthentication(types::ApiKeyAuthentication {
        rax_kskey_api_key_credentials: credentials,
        tenant_id: None,
    });
    let request = types::AuthenticationRequest { auth };
    let access = identity.authenticate(&request).await?.into_inner().access;
    let region = env::var("RS_REGION_NAME")?;
    let endpoint = access
        .service_catalog
        .iter()
        .filter(|service| service.type_ == "rax:backup")
        .flat_map(|service| &service.endpoints)
        .find(|each| each.region.as_ref().is_none_or(|name| *name == region))
        .ok_or("the catalogue has no Cloud Backup in this region")?;
    let mut token = reqwest::header::HeaderValue::from_str(&access.token.id)?;
    token.set_sensitive(true);
    let headers = [(reqwest::header::HeaderName::from_static("x-auth-token"), token)];
    let http = reqwest::Client::builder().default_headers(headers.into_iter().collect()).build()?;
    Ok(Client::new_with_client(&endpoint.public_url, http))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let client = login().await?;
    let available = client.list_backups_available_for_restore().await?.into_inner();
    let newest = available
        .iter()
        .max_by_key(|backup| backup.last_successful_backup_time.as_ref().and_then(MsDate::time))
        .ok_or("nothing can be restored")?;
    let configuration = (newest.backup_configuration_id as u64).try_into()?;
    let completed = client.list_completed_backups(configuration).await?.into_inner();
    let backup = completed.first().ok_or("no backup is complete")?;
    let id = |number: i64| Outcome::Ok((number as u64).try_into()?);

    let request = types::RestoreInput {
        backup_id: id(backup.backup_id)?,
        backup_machine_id: id(backup.machine_agent_id)?,
        destination_machine_id: id(backup.machine_agent_id)?,
        destination_path: "/restored".parse()?,
        overwrite_files: false,
        backup_data_center: None,
    };
    let restore = id(client.create_restore(&request).await?.into_inner().restore_id)?;
    let start = types::RestoreAction {
        action: types::RequestedAction::StartManual,
        encrypted_password: None,
        id: restore,
    };
    client.request_restore_action(&start).await?;
    while !matches!(*client.get_restore(restore).await?.restore_state_id, 3 | 4 | 5 | 8) {
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let report = client.get_restore_report(restore).await?.into_inner();
    let point = report.restore_point.as_ref().and_then(MsDate::time);
    println!(
        "{} {}, {} files, {}, {} errors, backup of {}",
        *report.state,
        *report.duration,
        *report.num_files_restored,
        *report.num_bytes_restored,
        *report.num_errors,
        point.map_or_else(|| "?".to_string(), |time| time.to_string()),
    );
    Ok(())
}
