import {
  Configuration, CustomerPortalApi, DeliveriesApi, EndpointsApi, EventsApi, PortalApi, ReplaysApi, SettingsApi,
  type NewEvent, type NewPortalLink,
} from "./client/index.js";

// A customer's program against the generated typescript-fetch client. Arguments: URL and admin key.
const [url, key] = process.argv.slice(2);
const configuration = new Configuration({ basePath: url, accessToken: key });
const site = "default";
const since = new Date("2020-01-01T00:00:00Z");

function check(holds: boolean, what: string): void {
  if (!holds) {
    throw new Error("not so: " + what);
  }
}

async function settings(): Promise<void> {
  const api = new SettingsApi(configuration);
  await api.changeSettings({ site, settingsChange: { eventTypes: ["order.paid"] } });
  const after = await api.changeSettings({ site, settingsChange: { webHookMaxRetries: 0 } });
  check(after.webHookMaxRetries === 0, "one setting is changed");
  check((await api.getSettings({ site })).eventTypes.join() === "order.paid", "the event types survive");
}

async function endpoints(): Promise<string> {
  const api = new EndpointsApi(configuration);
  const made = await api.createEndpoint({
    site,
    newEndpoint: {
      url: "https://crm.example/hook",
      eventTypes: ["license_*"],
      headers: { "X-Team": "blue" },
      signatures: [],
      retry: { maxRetries: 0, intervalSeconds: 5 },
    },
  });
  const id = made.id;
  check(made.secret.startsWith("whsec_"), "the secret is shown");
  check(made.signatures.length === 2, "no signatures means the default");

  const changed = await api.changeEndpoint({ site, id, endpointChange: { description: "CRM" } });
  check(changed.description === "CRM", "the description is changed");
  check(JSON.stringify(changed.headers) === '{"X-Team":"blue"}', "the headers survive");
  check(changed.eventTypes.join() === "license_*", "the event types survive");
  check(changed.signatures.length === 2, "the signatures survive");
  check(changed.retry !== null, "its own retry settings survive");

  const none = await api.changeEndpoint({ site, id, endpointChange: { headers: {} } });
  check(Object.keys(none.headers).length === 0, "headers removed");
  const cleared = await api.changeEndpoint({ site, id, endpointChange: { retry: null } });
  check(cleared.retry === null, "retry cleared");
  check((await api.listEndpoints({ site, limit: 10 })).data.length === 1, "it is listed");
  check((await api.getEndpoint({ site, id })).qlmSecret === null, "it has no QLM key");
  return id;
}

async function publish(): Promise<void> {
  const api = new EventsApi(configuration);
  const event = (n: number): NewEvent => ({ type: "license_created", data: { n } });
  const one = await api.publish({ site, newEvent: event(1) });
  check(one.deliveries === 1, "the event goes to one endpoint");
  const batch = await api.publishBatch({ site, newEvent: [event(2), event(3)], idempotencyKey: "batch-" + one.id });
  check(batch.length === 2, "a receipt for each event");
  check((await api.listEvents({ site, type: ["license_created"], since })).data.length === 3, "the events are listed");
  check((await api.getEvent({ site, id: one.id })).deliveries.length === 1, "with their deliveries");
}

async function replay(): Promise<void> {
  const deliveries = new DeliveriesApi(configuration);
  const deadline = Date.now() + 300_000;
  while ((await deliveries.listDeliveries({ site, status: ["exhausted"] })).data.length < 3) {
    check(Date.now() < deadline, "the deliveries are exhausted");
  }
  const api = new ReplaysApi(configuration);
  const preview = await api.previewReplay({ site, replayCriteria: { since } });
  check(preview.count === 3, "the preview counts what failed");
  const job = await api.beginReplay({ site, newReplayJob: { since, rate: 1000 } });
  check(job.expected === 3, "the job sends what failed");
  check((await api.getReplay({ site, id: job.id })).id === job.id, "the job can be read");
  check((await api.listReplays({ site })).data.length === 1, "and is listed");
}

async function route(): Promise<void> {
  const api = new EndpointsApi(configuration);
  const made = await api.createEndpoint({
    site,
    newEndpoint: {
      url: "https://crm.example/large",
      eventTypes: ["license_*"],
      uid: "large",
      labels: { region: "eu" },
      filter: { n: { $gte: 10 } },
      limits: { perMinute: 30 },
    },
  });
  check(made.limits?.perMinute === 30, "it has a limit");
  check((await api.getEndpointPolicy({ site, id: "large" })).rate.origin === "endpoint", "its rate is its own");

  const events = new EventsApi(configuration);
  const event = (n: number): NewEvent => ({ type: "license_created", data: { n }, labels: { region: "eu" } });
  const small = await events.publish({ site, newEvent: { ...event(9), to: ["large"] } });
  const routing = await events.explainRouting({ site, id: small.id });
  check(routing.data.some((e) => e.outcome === "filter" && e.found === "9"), "the filter keeps a small number back");

  const deliverAt = new Date(Date.now() + 86_400_000);
  const later = await events.publish({ site, newEvent: { ...event(10), deliverAt } });
  check(later.deliveries === 2, "labels and filter match");
  const deliveries = new DeliveriesApi(configuration);
  const scheduled = (await deliveries.listDeliveries({ site, status: ["pending"], endpoint: "large" })).data[0].id;
  check((await deliveries.cancelDelivery({ site, id: scheduled })).status === "cancelled", "a scheduled delivery is cancelled");
  await api.removeEndpoint({ site, id: "large" });
}

async function portal(): Promise<void> {
  await new SettingsApi(configuration).changeSettings({ site, settingsChange: { portal: { enabled: true } } });
  const newPortalLink: NewPortalLink = { subject: "c-17", labels: { customer: "c-17" }, can: ["manage", "remove"] };
  const link = await new PortalApi(configuration).createPortalLink({ site, newPortalLink });
  const code = link.url.substring(link.url.lastIndexOf("/") + 1);
  const { token } = await new CustomerPortalApi(configuration).openPortalSession({ portalCode: { code } });
  const api = new CustomerPortalApi(new Configuration({ basePath: url, accessToken: token }));
  const newPortalEndpoint = { url: "https://customer.example/hook", eventTypes: ["license_*"] };
  const made = await api.createOwnEndpoint({ newPortalEndpoint });
  check(made.labels.customer === "c-17", "it has the customer's labels");
  check(made.successStatuses.join() === "2xx", "it says what counts as success");
  check((await api.listOwnEndpoints()).data.length === 1, "only what is the customer's is listed");
  await api.removeOwnEndpoint({ id: made.id });
}

await settings();
const id = await endpoints();
await publish();
await replay();
await route();
await portal();
await new EndpointsApi(configuration).removeEndpoint({ site, id });
