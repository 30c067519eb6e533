// The calls that Svix' SDK for JavaScript makes, of version 1 or 2, against a server at the given address.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { Svix, Webhook } from "svix";

const [serverUrl, token] = process.argv.slice(2);
const svix = new Svix(token, { serverUrl });
const received = [];
let status = 200;

const receiver = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString("utf8") });
    response.writeHead(status).end("seen");
  });
});
await new Promise((listening) => receiver.listen(0, "127.0.0.1", listening));
const hook = `http://127.0.0.1:${receiver.address().port}/hook`;

/** The name of a call in this version. */
const named = (api, ...names) => api[names.find((name) => name in api)].bind(api);

async function until(condition) {
  for (let i = 0; i < 200; i++) {
    const value = await condition();
    if (value) {
      return value;
    }
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error(`never: ${condition}`);
}

async function refused(call, code) {
  await assert.rejects(call, (failure) => {
    assert.equal(failure.code ?? failure.status, code, String(failure));
    return true;
  });
}

async function eventTypes() {
  const made = await svix.eventType.create({
    name: "invoice.paid",
    description: "An invoice was paid.",
    schemas: { 1: { type: "object", required: ["id"], examples: [{ id: "inv_0" }] } },
  });
  assert.equal(made.archived, false);
  await refused(svix.eventType.create({ name: "invoice.paid", description: "Twice." }), 409);
  await svix.eventType.create({ name: "invoice.void", description: "An invoice was voided." });
  await named(svix.eventType, "upsert", "update")("invoice.void", { description: "Void." });
  await svix.eventType.patch("invoice.void", { deprecated: true });
  assert.equal((await svix.eventType.get("invoice.void")).description, "Void.");
  await svix.eventType.delete("invoice.void");
  const all = await svix.eventType.list({ includeArchived: true, withContent: true });
  assert.deepEqual(all.data.map((type) => type.name), ["invoice.paid", "invoice.void"]);
  assert.deepEqual((await svix.eventType.list()).data.map((type) => type.name), ["invoice.paid"]);
}

async function applications() {
  const app = await svix.application.create({ name: "Acme", uid: "acme", metadata: { plan: "gold" } });
  assert.equal((await svix.application.getOrCreate({ name: "Other", uid: "acme" })).id, app.id);
  await named(svix.application, "upsert", "update")("acme", { name: "Acme GmbH", uid: "acme" });
  await svix.application.patch(app.id, { metadata: { plan: "tin" } });
  assert.equal((await svix.application.get("acme")).metadata.plan, "tin");
  const page = await svix.application.list({ limit: 1, order: "descending" });
  assert.equal(page.done, false);
  await refused(svix.application.create({ name: "" }), 422);
  await refused(svix.application.get("nobody"), 404);
  await refused(new Svix("wrong", { serverUrl }).application.list(), 401);
}

async function endpoints() {
  const { id } = await svix.endpoint.create("acme", { url: hook, uid: "main", channels: ["eu"] });
  await named(svix.endpoint, "upsert", "update")("acme", "main", {
    url: hook,
    uid: "main",
    description: "Main",
    channels: ["eu", "us"],
  });
  const patched = await svix.endpoint.patch("acme", "main", { metadata: { team: "blue" } });
  assert.equal(patched.id, id);
  assert.deepEqual([...patched.channels].sort(), ["eu", "us"]);
  await named(svix.endpoint, "setHeaders", "updateHeaders")("acme", id, {
    headers: { "X-Team": "blue", Authorization: "Basic eDp5" },
  });
  await svix.endpoint.patchHeaders("acme", id, { headers: { "X-Team": "red" } });
  const headers = await svix.endpoint.getHeaders("acme", id);
  assert.equal(headers.headers["X-Team"], "red");
  assert.deepEqual([...headers.sensitive], ["Authorization"]);
  const { key } = await svix.endpoint.getSecret("acme", id);
  await svix.endpoint.rotateSecret("acme", id, {});
  assert.notEqual((await svix.endpoint.getSecret("acme", id)).key, key);
  assert.equal((await svix.endpoint.list("acme")).data.length, 1);
  return { id, oldKey: key };
}

async function messages({ id, oldKey }) {
  const payload = { id: "inv_1", text: "größer € 😀" };
  const sent = await svix.message.create("acme", {
    eventType: "invoice.paid",
    eventId: "first",
    channels: ["eu"],
    payload,
  });
  await refused(svix.message.create("acme", { eventType: "invoice.paid", payload: {} }), 422);
  await refused(svix.message.create("acme", { eventType: "x", eventId: "first", payload }), 409);
  const request = await until(() => received[0]);
  const { key } = await svix.endpoint.getSecret("acme", id);
  for (const secret of [key, oldKey]) {
    new Webhook(secret).verify(request.body, request.headers);
  }
  assert.throws(() => new Webhook(key).verify(request.body + " ", request.headers));
  assert.deepEqual(JSON.parse(request.body), payload);
  assert.equal(request.headers.authorization, "Basic eDp5");
  assert.equal((await svix.message.get("acme", "first")).id, sent.id);
  const listed = await svix.message.list("acme", {
    channel: "eu",
    eventTypes: ["invoice.paid", "other"],
    after: new Date(Date.now() - 60_000),
  });
  assert.deepEqual(listed.data.map((message) => message.id), [sent.id]);
  return sent;
}

async function attempts({ id }, sent) {
  const byMessage = () => svix.messageAttempt.listByMsg("acme", sent.id);
  await until(async () => (await byMessage()).data.length === 1);
  const [attempt] = (await byMessage()).data;
  assert.equal(attempt.responseStatusCode, 200);
  const one = await svix.messageAttempt.get("acme", sent.id, attempt.id);
  assert.equal(one.response, "seen");
  await svix.messageAttempt.resend("acme", sent.id, id);
  const byEndpoint = () => svix.messageAttempt.listByEndpoint("acme", id, { status: 0, statusCodeClass: 200 });
  await until(async () => (await byEndpoint()).data.length === 2);
  assert.equal((await byEndpoint()).data[0].triggerType, 1);
  const attempted = await svix.messageAttempt.listAttemptedMessages("acme", id);
  assert.deepEqual(attempted.data.map((message) => message.id), [sent.id]);
  const destinations = await svix.messageAttempt.listAttemptedDestinations("acme", sent.id);
  assert.deepEqual(destinations.data.map((endpoint) => endpoint.id), [id]);
  const stats = await svix.endpoint.getStats("acme", id, { since: new Date(Date.now() - 60_000) });
  assert.equal(stats.success, 2);
  await refused(svix.messageAttempt.expungeContent("acme", sent.id, attempt.id), 501);
}

async function others({ id }) {
  const before = received.length;
  await svix.endpoint.sendExample("acme", id, { eventType: "invoice.paid" });
  await until(() => received.length > before);
  assert.equal(received[before].body, '{"id":"inv_0"}');
  const job = await svix.endpoint.recover("acme", id, { since: new Date(Date.now() - 60_000) });
  assert.equal(job.status, "running");
  await svix.endpoint.delete("acme", id);
  await refused(svix.endpoint.get("acme", id), 404);
  await svix.application.delete("acme");
  await refused(svix.application.get("acme"), 404);
}

await eventTypes();
await applications();
const endpoint = await endpoints();
const sent = await messages(endpoint);
await attempts(endpoint, sent);
await others(endpoint);
receiver.close();
console.log("all calls made");
process.exit(0);
