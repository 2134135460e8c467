// The emulator's page: the live world, and the reference with "try it". Everything that comes from
// the emulator is inserted as text, never as markup.

const $ = (id) => document.getElementById(id);

function el(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

const table = (heads, rows) =>
  el("table", {},
    el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", {}, rows.map((row) => el("tr", {}, row.map((cell) => (cell instanceof HTMLTableCellElement ? cell : el("td", {}, cell)))))));

const json = (value) => JSON.stringify(value, null, 2);
const moment = (iso) => iso.replace("T", " ").slice(0, 19);
const msDate = (text) => moment(new Date(Number(text.match(/-?\d+/)[0])).toISOString());

async function control(name, body) {
  const options = body === undefined ? {} : { method: "POST", body: json(body), headers: { "Content-Type": "application/json" } };
  const answer = await fetch(`/emulator/${name}`, { cache: "no-store", ...options });
  if (!answer.ok) throw new Error(`/emulator/${name} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

function trouble(error) {
  $("trouble").hidden = !error;
  $("trouble").textContent = error ? `${error.message}. Is the emulator still running?` : "";
}

// ---- The world, live

let tenants = [];
let timer;
const shown = {};

/** Renders a part of the page if its data has changed. */
function show(id, data, render) {
  const text = JSON.stringify(data);
  if (shown[id] === text) return;
  shown[id] = text;
  $(id).replaceChildren(render(data));
}

const BUSY = /^(StartRequested|StartScheduled|Queued|Preparing|InProgress|StopRequested)$/;
const stateClass = (state) => (BUSY.test(state) ? "busy" : state === "Completed" ? "good" : /^(Failed|CompletedWithErrors|Missed|Skipped)$/.test(state) ? "bad" : "dim");
const rest = (total, rows) => (total > rows.length ? el("p", { className: "dim" }, `${total - rows.length} more not shown.`) : null);
const perTenant = (name, heads, cells) => (all) =>
  el("div", {}, all.map((tenant) =>
    el("div", {}, all.length > 1 ? el("h4", {}, `Tenant ${tenant.tenant}`) : null,
      tenant[name].length ? table(heads, tenant[name].map(cells)) : el("p", { className: "dim" }, "None."),
      rest(tenant[`${name}_total`], tenant[name]))));
const part = (name) => tenants.map((tenant) => ({ tenant: tenant.tenant, [name]: tenant[name], [`${name}_total`]: tenant[`${name}_total`] }));

const showAgents = perTenant("agents", ["Id", "Machine", "State", "Encrypted"], (agent) => [
  `${agent.MachineAgentId}`, agent.MachineName,
  el("span", { className: agent.IsDisabled ? "bad" : agent.Status === "Online" ? "good" : "dim" }, agent.IsDisabled ? "Disabled" : agent.Status),
  agent.IsEncrypted ? "yes" : "no",
]);
const showActivity = perTenant("activity", ["What", "State", "Since", "Configuration", "From", "To"], (job) => [
  `${job.Type} ${job.ID}`, el("span", { className: stateClass(job.CurrentState) }, job.CurrentState), msDate(job.TimeOfActivity),
  job.DisplayName, job.SourceMachineName, job.DestinationMachineName ?? "",
]);
const showAccounts = (all) =>
  table(["Tenant", "User", "Roles"], all.flatMap((tenant) => tenant.users.map((user) => [tenant.tenant, user.username, user.roles.join(", ")])));
const showRequests = (requests) =>
  !requests.length ? el("p", { className: "dim" }, "None.") : table(["Time", "Request", "Operation", "Status"], requests.map((entry) => [
    moment(entry.time), el("td", { className: "text" }, el("code", {}, `${entry.method} ${entry.path}`)), entry.operation,
    el("span", { className: entry.status < 400 ? "good" : "bad" }, `${entry.status}${entry.fault ? " (fault)" : ""}`),
  ]));

async function refresh() {
  clearTimeout(timer);
  const began = performance.now();
  try {
    const world = await control("world");
    tenants = world.tenants;
    $("now").value = `${moment(world.now)} UTC${world.rate === 1 ? "" : world.rate ? `, ${world.rate} times as fast` : ", stands still"}`;
    show("accounts", part("users"), showAccounts);
    show("activity", part("activity"), showActivity);
    show("agents", part("agents"), showAgents);
    show("requests", world.requests, showRequests);
    trouble();
  } catch (error) {
    trouble(error);
  }
  // A large world takes longer to fetch: fetching takes at most a fifth of the time.
  if (!document.hidden) timer = setTimeout(refresh, Math.max(1000, 4 * (performance.now() - began)));
}

$("clock").addEventListener("submit", async (event) => {
  event.preventDefault();
  await control("clock", { advance_seconds: Number(event.target.seconds.value) }).catch(trouble);
  await refresh();
});
document.addEventListener("visibilitychange", () => document.hidden || refresh());

// ---- The reference

let api;
let examples = [];
const METHODS = ["get", "put", "post", "delete", "patch", "head", "options"];

/** Follows references. */
function at(node) {
  while (node?.$ref) node = node.$ref.slice(2).split("/").reduce((found, step) => found[decodeURIComponent(step).replace(/~1/g, "/").replace(/~0/g, "~")], api);
  return node ?? {};
}

const inline = (text) =>
  text.split(/(\*\*[^*]+\*\*|`[^`]+`|\*[^*\s][^*]*\*)/).map((part) =>
    /^`.*`$/s.test(part) ? el("code", {}, part.slice(1, -1)) : /^\*\*.*\*\*$/s.test(part) ? el("strong", {}, inline(part.slice(2, -2))) : /^\*.*\*$/s.test(part) ? el("em", {}, part.slice(1, -1)) : part);

/** Renders the subset of Markdown that the document's descriptions use. */
const prose = (text = "") =>
  text.trim().split(/\n\s*\n/).filter(Boolean).map((block) =>
    block.startsWith("#") ? el("h4", {}, block.replace(/^#+\s*/, ""))
    : /^[-*] /.test(block) ? el("ul", {}, block.split(/\n(?=[-*] )/).map((item) => el("li", {}, inline(item.slice(2)))))
    : el("p", {}, inline(block)));

function typeOf(schema) {
  const own = at(schema);
  const parts = own.allOf ?? own.anyOf ?? own.oneOf;
  if (own.enum) return own.enum.map((value) => JSON.stringify(value)).join(", ");
  if (own.type === "array") return `list of ${typeOf(own.items)}`;
  if (!own.type && parts) return [...new Set(parts.map(typeOf))].join(" or ");
  return [own.type ?? (own.properties ? "object" : "any"), own.format && `(${own.format})`, own.nullable && "or null"].filter(Boolean).join(" ");
}

/** Lists a schema's fields, nested ones by their paths. */
function fields(schema, prefix = "", depth = 0) {
  const own = at(schema);
  if (own.type === "array") return fields(own.items, `${prefix}[].`.replace(".[]", "[]"), depth);
  return [
    ...[...(own.allOf ?? []), ...(own.anyOf ?? []), ...(own.oneOf ?? [])].flatMap((part) => fields(part, prefix, depth)),
    ...Object.entries(own.properties ?? {}).flatMap(([name, part]) => [
      [el("td", {}, el("code", {}, prefix + name), own.required?.includes(name) ? " *" : ""), el("td", { className: "text dim" }, typeOf(part)), el("td", { className: "text" }, prose(part.description ?? at(part).description))],
      ...(depth < 4 ? fields(part, `${prefix}${name}.`, depth + 1) : []),
    ]),
  ];
}

function schemaTable(schema) {
  const rows = fields(schema);
  return rows.length ? el("div", { className: "scroll" }, table(["Field", "Type", "Meaning"], rows)) : null;
}

const exampleOf = (media) => media?.example ?? at(Object.values(media?.examples ?? {})[0]).value ?? at(media?.schema).example;

function response([status, answer]) {
  const media = Object.values(at(answer).content ?? {})[0];
  const example = exampleOf(media);
  return el("details", {}, el("summary", {}, el("code", {}, status), " ", inline((at(answer).description ?? "").trim())),
    example === undefined ? null : el("pre", {}, json(example)), media ? schemaTable(media.schema) : null);
}

let login = {};

/** Returns a token of the chosen user, logging in if necessary. */
async function token(again) {
  const user = $("user");
  const who = `${user.username.value} ${user.key.value}`;
  if (login.who !== who || again) {
    const credentials = { username: user.username.value, apiKey: user.key.value };
    const body = JSON.stringify({ auth: { "RAX-KSKEY:apiKeyCredentials": credentials } });
    const answer = await fetch("/v2.0/tokens", { method: "POST", body, headers: { "Content-Type": "application/json" } });
    if (!answer.ok) throw new Error(`can't log in as ${credentials.username}: ${answer.status} ${await answer.text()}`);
    login = { who, id: (await answer.json()).access.token.id };
  }
  return login.id;
}

/** Sends a form's request, and returns the response as text. */
async function send(form, { path, method, item, operation, parameters, type }) {
  const value = (parameter) => form.elements[`${parameter.in} ${parameter.name}`].value;
  const sent = (place) => parameters.filter((parameter) => parameter.in === place && value(parameter) !== "");
  const server = (operation.servers ?? item.servers)?.[0].url;
  const tenant = tenants.find((one) => one.users.some((user) => user.username === $("user").username.value))?.tenant;
  const base = server ? new URL(server, location).pathname.replace(/\/$/, "") : `/v1.0/${tenant}`;
  const query = new URLSearchParams(sent("query").map((parameter) => [parameter.name, value(parameter)])).toString();
  const url = base + path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(form.elements[`path ${name}`].value)) + (query && `?${query}`);
  const headers = { Accept: "application/json", ...Object.fromEntries(sent("header").map((parameter) => [parameter.name, value(parameter)])) };
  let body = form.elements.body?.value || undefined;
  if (body !== undefined) headers["Content-Type"] = type;
  if (body !== undefined && type.includes("form")) body = new URLSearchParams(JSON.parse(body)).toString();
  const isOpen = operation.security?.length === 0;
  const ask = async (again) => fetch(url, { method: method.toUpperCase(), body, cache: "no-store", headers: isOpen ? headers : { ...headers, "X-Auth-Token": await token(again) } });
  let answer = await ask(false);
  if (answer.status === 401 && !isOpen) answer = await ask(true); // the emulator has been reset
  const text = await answer.text();
  const lines = [`${method.toUpperCase()} ${url}`, `${answer.status} ${answer.statusText}`, answer.headers.has("X-Emulator-Answer") ? "the document's example" : ""];
  let shownText = text;
  try {
    shownText = json(JSON.parse(text));
  } catch {} // not JSON: show it as it is
  return [...lines.filter(Boolean), "", shownText].join("\n");
}

function tryIt(call) {
  const { operation, parameters } = call;
  const content = at(operation.requestBody).content ?? {};
  call.type = Object.keys(content)[0];
  const example = exampleOf(content[call.type]);
  const sample = example === undefined ? "{}" : json(example);
  const result = el("pre", { hidden: true, ariaLive: "polite" });
  const form = el("form", {},
    parameters.map((parameter) => {
      const known = parameter.example ?? at(Object.values(parameter.examples ?? {})[0]).value ?? at(parameter.schema).example ?? "";
      return el("label", {}, el("code", {}, parameter.name), " ", el("input", { name: `${parameter.in} ${parameter.name}`, value: known, title: parameter.description ?? "" }));
    }),
    call.type ? el("textarea", { name: "body", ariaLabel: "Body", spellcheck: false, value: sample, rows: Math.min(20, 1 + sample.split("\n").length) }) : null,
    el("button", {}, "Send"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    result.textContent = await send(form, call).catch((error) => error.message);
    result.hidden = false;
    await refresh();
  });
  return [el("h4", {}, "Try it"), form, result];
}

function operationOf(path, item, method) {
  const operation = item[method];
  const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(at);
  const details = el("details", { className: "operation", id: operation.operationId },
    el("summary", {}, el("span", { className: "method" }, method.toUpperCase()), el("code", {}, path), " ", operation.summary ?? "",
      examples.includes(operation.operationId) ? el("span", { className: "busy" }, " (returns the document's example)") : null));
  details.addEventListener("toggle", () => {
    const body = Object.values(at(operation.requestBody).content ?? {})[0];
    details.append(
      ...prose(operation.description), el("p", { className: "dim" }, "Operation ", el("code", {}, operation.operationId)),
      ...tryIt({ path, method, item, operation, parameters }),
      ...(body ? [el("h4", {}, "Body"), schemaTable(body.schema)].filter(Boolean) : []),
      el("h4", {}, "Answers"), ...Object.entries(operation.responses).map(response));
  }, { once: true });
  return details;
}

function showReference() {
  const byTag = Map.groupBy(
    Object.entries(api.paths).flatMap(([path, item]) => METHODS.filter((method) => item[method]).map((method) => [path, item, method])),
    ([, item, method]) => item[method].tags?.[0] ?? "other");
  $("reference").replaceChildren(
    el("details", {}, el("summary", {}, `About ${api.info.title} ${api.info.version}`), prose(api.info.description)),
    ...[...byTag].flatMap(([tag, calls]) => [
      el("h3", {}, tag), ...prose(api.tags?.find((one) => one.name === tag)?.description), ...calls.map((call) => operationOf(...call))]));
}

// ---- Start

$("identity").textContent = `${location.origin}/v2.0`;
await refresh();
const user = $("user");
user.addEventListener("submit", (event) => event.preventDefault());
const users = tenants.flatMap((tenant) => tenant.users);
user.username.append(...users.map((one) => el("option", {}, one.username)));
user.username.value = (users.find((one) => one.roles.some((role) => role.endsWith("admin"))) ?? users[0])?.username ?? "";
user.username.addEventListener("change", () => { user.key.value = `${user.username.value}-key`; });
user.username.dispatchEvent(new Event("change"));
try {
  const health = await control("health");
  examples = health.operations.example;
  api = await control("openapi.json");
  showReference();
} catch (error) {
  trouble(error);
}
