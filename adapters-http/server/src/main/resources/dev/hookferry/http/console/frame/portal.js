// The portal's pages work without this script. It shows local times, shows the outcome of a delivery
// that is sent again, and tells the page around a frame about its height, its path and the end of
// the session.
"use strict";

const lang = document.documentElement.lang;
const local = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeStyle: "medium" });

function localize(root) {
  for (const part of root.querySelectorAll("[data-local]")) {
    part.textContent = local.format(new Date(part.dataset.local));
    part.hidden = false;
  }
  for (const part of root.querySelectorAll("time[datetime]")) {
    part.title = `${local.format(new Date(part.dateTime))} · ${part.title}`;
  }
}
localize(document);

// A delivery that is being sent again: asks for its page, which may be open in the panel, until
// that shows the outcome.
const mostAsked = 120;
let asking = false;
async function showOutcome(followed) {
  const response = await fetch(followed.dataset.follow, { redirect: "error" });
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!followed.isConnected || fresh.querySelector("[data-follow]")) return;
  delete followed.dataset.follow;
  localize(fresh);
  for (const part of document.querySelectorAll("[data-outcome]")) {
    const next = fresh.getElementById(part.id);
    if (next) part.replaceChildren(...document.adoptNode(next).childNodes);
  }
}
setInterval(async () => {
  const followed = document.querySelector("[data-follow]");
  if (!followed || asking || document.hidden) return;
  followed.asked = (followed.asked ?? 0) + 1;
  asking = true;
  try { await showOutcome(followed); } catch { /* asked again a second later */ }
  asking = false;
  if (followed.asked >= mostAsked) delete followed.dataset.follow;
}, 1000);

if (window.parent !== window) {
  const origins = document.body.dataset.origins.split(" ");
  const expired = document.body.dataset.expired;
  let around = "";
  const tell = (hookferry, detail) => {
    if (around) window.parent.postMessage({ hookferry, ...detail }, around);
  };
  const measure = () => {
    const parts = [...document.querySelectorAll("main, #panel")];
    const ends = parts.map((part) => part.getBoundingClientRect().bottom + scrollY);
    tell("height", { height: Math.ceil(Math.max(...ends)) });
  };
  addEventListener("message", (event) => {
    const known = event.source === window.parent && origins.includes(event.origin);
    if (!known || event.data?.hookferry !== "hello") return;
    around = event.origin;
    measure();
    if (expired !== undefined) tell("expired", { page: expired });
    else if ("session" in document.body.dataset) tell("page", { page: location.pathname + location.search });
  });
  const sizes = new ResizeObserver(measure);
  sizes.observe(document.querySelector("main"));
  new MutationObserver(() => {
    const panel = document.getElementById("panel");
    if (panel) sizes.observe(panel);
    measure();
  }).observe(document.body, { childList: true });
}
