// The portal's pages work without this script. It shows local times, and tells the page around a
// frame about its height, its path and the end of the session.
"use strict";

const lang = document.documentElement.lang;
const local = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeStyle: "medium" });

for (const part of document.querySelectorAll("[data-local]")) {
  part.textContent = local.format(new Date(part.dataset.local));
  part.hidden = false;
}
for (const part of document.querySelectorAll("time[datetime]")) {
  part.title = `${local.format(new Date(part.dateTime))} · ${part.title}`;
}

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
