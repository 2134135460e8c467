/** What the API's documents have no type for in TypeScript: dates, and where the service is. */

/** Reads a date such as `/Date(1357151359000-0600)/`; undefined for none, as .NET's minimum date. */
export function msDate(text?: string | null): Date | undefined {
  if (text == null) return undefined;
  const found = /^\/Date\((-?\d{1,14})([+-]\d{4})?\)\/$/.exec(text);
  if (!found) throw new Error(`invalid date '${text}': expected something like /Date(1357151359000)/`);
  const milliseconds = Number(found[1]);
  return milliseconds < -62135510400000 ? undefined : new Date(milliseconds);
}

/** Reads a variable of the environment. */
export function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

interface Service {
  type: string;
  endpoints: { region?: string; publicURL: string }[];
}

/** The URL of the service, tenant included: that of the region, or the one for all. */
export function endpointOf(catalogue: Service[]): string {
  const region = variable("RS_REGION_NAME");
  const endpoint = catalogue
    .filter((service) => service.type === "rax:backup")
    .flatMap((service) => service.endpoints)
    .find((each) => each.region === undefined || each.region === region);
  if (!endpoint) throw new Error(`the catalogue has no Cloud Backup in ${region}`);
  return endpoint.publicURL;
}

/** The states that a restore doesn't leave, by number. */
export const FINAL = new Set([3, 4, 5, 8]);
