// Runs the route that the manual shows for Express, and sends it authentic and forged requests.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import express from "express";

const [, , route, message] = process.argv;
const { body, headers, secret } = JSON.parse(readFileSync(message, "utf8"));
const app = express();
const saved = [];
const save = (id, bytes) => saved.push(`${id} ${bytes.length}`);
new Function("require", "app", "express", "secret", "save", readFileSync(route, "utf8"))(
  createRequire(import.meta.url), app, express, secret, save);

const server = app.listen(0, "127.0.0.1", async () => {
  const send = async (sent, names, type = "application/json") =>
    (await fetch(`http://127.0.0.1:${server.address().port}/hook`, {
      method: "POST",
      body: sent,
      headers: type ? { "content-type": type, ...names } : names,
    })).status;
  console.log(
    await send(body, headers),
    await send(`${body} `, headers),
    await send(body, {}),
    await send("", headers),
    await send(body, { ...headers, "webhook-timestamp": "x" }),
    await send("not JSON", headers),
  );
  console.log(saved.join());
  server.close();
});
