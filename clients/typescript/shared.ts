/** What the generated TypeScript lacks: dates, and the service's URL. */

/** Parses a date such as `/Date(1357151359000-0600)/`; undefined for .NET's minimum date. */
export function msDate(text?: string | null): Date | undefined {
  if (text == null) return undefined;
  const found = /^\/Date\((-?\d{1,14})([+-]\d{4})?\)\/$/.exec(text);
  if (!found) throw new Error(`invalid date '${text}': expected something like /Date(1357151359000)/`);
  const milliseconds = Number(found[1]);
  return milliseconds < -62135510400000 ? undefined : new Date(milliseconds);
}

/** Returns an environment variable. */
export function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

interface Service {
  type: string;
  endpoints: { region?: string; publicURL: string }[];
}

/** The service's URL, tenant included: the region's, or the one for all regions. */
export function endpointOf(catalogue: Service[]): string {
  const region = variable("RS_REGION_NAME");
  const endpoint = catalogue
    .filter((service) => service.type === "rax:backup")
    .flatMap((service) => service.endpoints)
    .find((each) => each.region === undefined || each.region === region);
  if (!endpoint) throw new Error(`the catalogue has no Cloud Backup in ${region}`);
  return endpoint.publicURL;
}

/** The final states of a restore, by number. */
export const FINAL = new Set([3, 4, 5, 8]);
