// Progressive enhancement: pages can be read and forms submitted without this script.
"use strict";

// --- live parts: on a change event, fetch this page again and replace them ----------------------

const live = document.getElementById("live");
// Banners are updated too, but alone do not cause a fetch: the page may be the response to a form.
const parts = () => document.querySelectorAll("[data-live], [data-live-too]");

async function renew(showsAll = false) {
  const asked = location.href;
  const response = await fetch(asked, { headers: { "Hookferry-Live": "1" }, redirect: "error" });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  // A filter was applied or a row opened meanwhile: this response is outdated.
  if (location.href !== asked) { await renew(showsAll); return; }
  // Other scripts prepare it as they prepared this page, so that only real changes are replaced.
  document.dispatchEvent(new CustomEvent("hookferry:fetched", { detail: fresh }));
  const aim = aimedAt();
  for (const part of parts()) {
    const next = fresh.getElementById(part.id);
    if (!next) continue;
    if (part.innerHTML === next.innerHTML) heldBack.delete(part);
    else if ("hold" in part.dataset && !showsAll && isRead(part)) holdBack(part, next);
    else if (showsAll || !isInUse(part)) {
      const height = part.offsetHeight;
      replace(part, next);
      if ("hold" in part.dataset) tellNew("");
      heldBack.delete(part);
      if ("tall" in part.dataset && part.offsetHeight < height) part.style.minHeight = `${height}px`;
    }
  }
  keepInPlace(aim);
  document.dispatchEvent(new Event("hookferry:renewed"));
}

// --- elements under the pointer do not move -------------------------------------------------------

// The part under the pointer or with focus, and its position: content above it may grow.
function aimedAt() {
  const part = document.querySelector("[data-hold]:is(:hover, :focus-within)");
  return part && { part, top: part.getBoundingClientRect().top };
}

let keptAt = 0;
function keepInPlace(aim) {
  if (aim) scrollBy({ top: aim.part.getBoundingClientRect().top - aim.top, behavior: "instant" });
  keptAt = scrollY;
}

// A part that becomes shorter keeps its height until the user scrolls or resizes the window.
for (const type of ["scroll", "resize"]) {
  addEventListener(type, () => {
    if (type === "scroll" && scrollY === keptAt) return;
    for (const part of document.querySelectorAll("[data-tall]")) part.style.minHeight = "";
  }, { passive: true });
}

// --- lists: rows do not move under a reader ------------------------------------------------------

const newRows = document.getElementById("list-new");
const rowsOf = (part) => [...part.querySelectorAll("tbody tr[id]")];

// Lists whose rows or order differ from the server's.
const heldBack = new Set();

// Returns whether a list is in use: it has the pointer or focus, its top is out of view, or a row is open or ticked.
// If only its order is held, only the pointer or focus in its rows counts.
function isRead(part) {
  if (part.dataset.hold === "order") return part.querySelector("tbody")?.matches(":hover, :focus-within") ?? false;
  const area = part.parentElement;
  return rowsOf(part).length > 0 && (area.matches(":hover, :focus-within") || area.getBoundingClientRect().top < 0
    || part.querySelector("tr.opened, tbody input:checked") !== null);
}

// Updates the shown rows in place; other changes wait until the user asks for them.
function holdBack(part, next) {
  const shown = rowsOf(part);
  const fresh = rowsOf(next);
  const ids = new Set(shown.map((row) => row.id));
  const freshIds = new Set(fresh.map((row) => row.id));
  // Rows below the last common row are merely on another page.
  const upTo = (rows, known) => rows.slice(0, rows.findLastIndex((row) => known.has(row.id)) + 1);
  const common = upTo(fresh, ids);
  const added = (common.length > 0 ? common : fresh).filter((row) => !ids.has(row.id)).length;
  const gone = upTo(shown, freshIds).filter((row) => !freshIds.has(row.id)).length;
  for (const row of shown) {
    const other = next.querySelector(`#${CSS.escape(row.id)}`);
    if (other && !row.matches(":has(:active)") && !row.contains(getSelection().anchorNode)) refresh(row, other);
  }
  const order = (rows) => rows.map((row) => row.id).join();
  if (order(shown) === order(fresh)) heldBack.delete(part);
  else heldBack.add(part);
  if (part.dataset.hold === "order") return;
  const counts = [added > 0 && `${added}${added === fresh.length ? "+" : ""} new`, gone > 0 && `${gone} gone`];
  tellNew(counts.filter(Boolean).join(", "));
}

function refresh(row, next) {
  if (row.cells.length !== next.cells.length) return;
  const cells = [...next.cells];
  for (const [i, cell] of [...row.cells].entries()) {
    const isKept = cell.matches(":focus-within") || cell.querySelector("input, details[open]");
    if (!isKept && cell.innerHTML !== cells[i].innerHTML) cell.replaceChildren(...document.adoptNode(cells[i]).childNodes);
  }
}

function tellNew(counts) {
  if (!newRows) return;
  const text = counts === "" ? "" : `${counts} – show`;
  if (newRows.textContent === text) return;
  const button = newRows.querySelector("button");
  if (text === "") newRows.replaceChildren();
  else if (button) button.textContent = text;
  else newRows.append(Object.assign(document.createElement("button"), { type: "button", textContent: text }));
}

newRows?.addEventListener("click", async (event) => {
  if (!event.target.closest("button")) return;
  const list = newRows.nextElementSibling;
  try { await renew(true); } catch { return; }
  if (list.getBoundingClientRect().top < 0) list.scrollIntoView({ block: "start" });
  // Clicked by keyboard: the button is gone, so move the focus to the first row.
  if (event.detail === 0) list.querySelector("tbody a")?.focus();
});

// Never interrupts the user: an open confirmation, a selection of rows or text, a pressed button or link.
function isInUse(part) {
  return part.querySelector("details.ask[open], .row-menu[open], input:checked, :active, input:focus, select:focus") !== null
    || (!getSelection().isCollapsed && part.contains(getSelection().anchorNode));
}

function replace(part, next) {
  const focused = document.activeElement && part.contains(document.activeElement)
    ? path(part, document.activeElement) : null;
  const open = [...part.querySelectorAll("details[id]")].map((d) => [d.id, d.open]);
  const at = part.querySelector("tr.at")?.id;
  const ticked = [...part.querySelectorAll("tbody input:checked")].map((box) => box.value);
  part.replaceChildren(...document.adoptNode(next).childNodes);
  for (const [id, isOpen] of open) {
    const details = document.getElementById(id);
    if (details) details.open = isOpen;
  }
  if (at) document.getElementById(at)?.classList.add("at");
  for (const box of ticked.length > 0 ? part.querySelectorAll("tbody input[type=checkbox]") : []) {
    if (ticked.includes(box.value)) box.checked = true;
  }
  if (focused) walk(part, focused)?.focus({ preventScroll: true });
}

function path(root, element) {
  const steps = [];
  for (let e = element; e !== root; e = e.parentElement) steps.unshift([...e.parentElement.children].indexOf(e));
  return steps;
}

function walk(root, steps) {
  return steps.reduce((e, i) => e?.children[i], root);
}

if (document.querySelector("[data-live]") && document.body.dataset.liveFrom) {
  const state = document.getElementById("live-state");
  const button = document.getElementById("live-turn");
  let paused = false;
  let busy = false;
  let again = false;
  const soon = async () => {
    if (paused) return;
    if (busy) { again = true; return; }
    busy = true;
    try { await renew(); } catch { /* retried on the next event */ }
    setTimeout(() => { busy = false; if (again) { again = false; soon(); } }, 1000);
  };
  let source = null;
  const show = (word) => {
    live.classList.toggle("on", word === "Live");
    live.classList.toggle("paused", paused);
    state.textContent = word;
    button.querySelector(".word").textContent = paused ? "Resume" : "Pause";
  };
  const listen = () => {
    source = new EventSource(document.body.dataset.liveFrom);
    source.addEventListener("open", () => { show("Live"); soon(); });
    source.addEventListener("error", () => show("Not connected"));
    source.addEventListener("changed", soon);
  };
  // Browsers open at most six connections to a server; hidden pages must not use them up.
  const turn = () => {
    source?.close();
    if (!document.hidden && !paused) listen();
  };
  const pause = (on) => {
    paused = on;
    show(on ? "Paused" : "Connecting");
    turn();
  };
  live.hidden = false;
  show("Connecting");
  turn();
  button.addEventListener("click", () => pause(!paused));
  // Submitting a form resumes live updates, to show the result.
  document.addEventListener("submit", (event) => { if (paused && event.target.method === "post") pause(false); });
  // Rows that were held back appear once the list is no longer in use.
  let left;
  for (const type of ["scroll", "pointerout", "focusout"]) {
    addEventListener(type, () => {
      clearTimeout(left);
      left = setTimeout(() => { if ([...heldBack].some((part) => !isRead(part))) soon(); }, 400);
    }, { passive: true });
  }
  document.addEventListener("visibilitychange", turn);
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => { if (event.persisted) turn(); });
}

// --- relative times: worded like the server's, by the server's clock ----------------------------

// The page contains the server's time when it was sent, some time before this script runs.
const pageSent = performance.timeOrigin + (performance.getEntriesByType("navigation")[0]?.responseStart || performance.now());
const clockAhead = document.body.dataset.now ? Date.parse(document.body.dataset.now) - pageSent : 0;

function lengthOf(millis) {
  const seconds = Math.floor(millis / 1000);
  if (millis < 1000) return `${Math.floor(millis)} ms`;
  if (millis < 10000) {
    const tenths = Math.floor((millis % 1000) / 100);
    return `${seconds}${tenths === 0 ? "" : `.${tenths}`} s`;
  }
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor((seconds + 30) / 60);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 600) return `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? "" : ` ${minutes % 60} min`}`;
  return seconds < 172800 ? `${Math.floor((seconds + 1800) / 3600)} h` : `${Math.floor((seconds + 43200) / 86400)} d`;
}

function momentOf(time) {
  const ago = Date.now() + clockAhead - Date.parse(time.dateTime);
  if ("due" in time.dataset && ago >= 0) return "due now";
  // The server's clock is known only to a fraction of a second: past events must not appear in the future.
  if (Math.abs(ago) < 1000) return ago < 0 && "due" in time.dataset ? "in 1 s" : "just now";
  // Whole seconds: tenths would only distract.
  const whole = Math.floor(Math.abs(ago) / 1000) * 1000;
  return ago < 0 ? `in ${lengthOf(whole)}` : `${lengthOf(whole)} ago`;
}

setInterval(() => {
  if (document.hidden) return;
  for (const time of document.querySelectorAll("time[datetime]")) {
    const text = momentOf(time);
    if (time.textContent !== text && !time.contains(getSelection().anchorNode)) time.textContent = text;
  }
}, 1000);

// --- type-ahead for endpoint URLs --------------------------------------------------------------

let suggesting;
document.addEventListener("input", (event) => {
  const field = event.target.closest("[data-suggest]");
  if (!field || event.inputType === "insertReplacementText") return;
  clearTimeout(suggesting);
  suggesting = setTimeout(async () => {
    const response = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(field.value)}`, { redirect: "error" });
    if (!response.ok) return;
    const lines = (await response.text()).split("\n").filter((line) => line !== "");
    field.list.replaceChildren(...lines.map((line) => Object.assign(document.createElement("option"), { value: line })));
  }, 200);
});

// --- a filter or body is checked, and tried on past events, while it is typed --------------------

const checks = new Map();
function check(field) {
  const state = checks.get(field) ?? {};
  checks.set(field, state);
  clearTimeout(state.timer);
  state.timer = setTimeout(async () => {
    // A newer check supersedes this one.
    state.running?.abort();
    state.running = new AbortController();
    const { signal } = state.running;
    const output = document.getElementById(`${field.id}-check`);
    try {
      const response = await fetch(field.dataset.check, {
        method: "POST", body: new URLSearchParams(new FormData(field.form)), redirect: "error", signal });
      const text = await response.text();
      // The server may still be busy with the previous check.
      if (response.status === 503) check(field);
      if (!response.ok && response.status !== 400) return;
      output.textContent = text;
      output.classList.toggle("wrong", !response.ok);
    } catch (problem) {
      if (problem.name !== "AbortError") throw problem;
    }
  }, 400);
}
document.addEventListener("input", (event) => {
  for (const field of event.target.form?.querySelectorAll("[data-check]") ?? []) {
    const others = ["type", "patterns", field.dataset.checkWith];
    const isRow = field.dataset.checkRows && event.target.name?.startsWith(field.dataset.checkRows);
    if (event.target === field || isRow || others.includes(event.target.name)) check(field);
  }
});
for (const field of document.querySelectorAll("[data-check]")) if (field.value !== "" || field.dataset.checkNow) check(field);

// --- a choice that matters only while a field is empty -------------------------------------------

for (const choice of document.querySelectorAll("[data-without]")) {
  const field = document.getElementById(choice.dataset.without);
  const show = () => { choice.hidden = field.value.trim() !== ""; };
  field.addEventListener("input", show);
  show();
}

// --- times: typed in the visitor's time zone, sent in UTC ------------------------------------------

const zoneOffset = (date) => date.getTimezoneOffset() * 60000;
const localOf = (utc) => {
  const date = new Date(`${utc}Z`);
  return Number.isNaN(date.getTime()) ? "" : new Date(date - zoneOffset(date)).toISOString().slice(0, utc.length);
};
const utcOf = (local) => local && new Date(local).toISOString().slice(0, local.length);

const midnight = (days) => {
  const now = new Date();
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - days);
  return `${new Date(day - zoneOffset(day)).toISOString().slice(0, 10)}T00:00`;
};

// These depend on the visitor's midnight, so the server does not know them.
const namedDays = ["Today", "Yesterday"];
const dayEnd = (days) => (days > 0 ? midnight(days - 1) : "");

function setDay(form, days) {
  for (const [name, value] of [["since", midnight(days)], ["until", dayEnd(days)]]) {
    const field = form.querySelector(`[data-name=${name}]`);
    if (!field) continue;
    field.value = value;
    field.previousElementSibling.value = utcOf(value);
  }
}

function dayButton(field, name) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: `plain ${name.toLowerCase()}`, textContent: name });
  button.addEventListener("click", () => {
    setDay(field.form, namedDays.indexOf(name));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  return button;
}

for (const field of document.querySelectorAll("input[data-utc]")) {
  const sent = Object.assign(document.createElement("input"), { type: "hidden", name: field.name, value: field.value });
  const label = document.querySelector(`label[for=${field.id}]`);
  label.textContent = label.textContent.replace(" (UTC)", "");
  field.dataset.name = field.name;
  field.removeAttribute("name");
  field.value = localOf(sent.value);
  field.before(sent);
  field.addEventListener("change", () => { sent.value = utcOf(field.value); });
  const hasChoices = field.form.querySelector(":is(input, select)[name=range]:not([type=hidden])");
  if (field.dataset.name === "since" && !hasChoices) field.after(...namedDays.map((name) => dayButton(field, name)));
}

for (const range of document.querySelectorAll("select#range")) {
  const custom = range.querySelector("option[value=custom]");
  for (const name of namedDays) custom.before(new Option(name, "custom"));
  range.addEventListener("change", () => {
    const days = namedDays.indexOf(range.selectedOptions[0].text);
    if (days < 0) return;
    setDay(range.form, days);
    range.form.querySelector("[data-name=since]").dispatchEvent(new Event("change", { bubbles: true }));
  });
}

for (const custom of document.querySelectorAll(".pick input[name=range][value=custom]")) {
  const bound = (name) => custom.form.querySelector(`[data-name=${name}]`).value;
  namedDays.forEach((name, days) => {
    const choice = custom.closest("label").cloneNode(true);
    const radio = choice.querySelector("input");
    radio.dataset.day = days;
    radio.checked = false;
    choice.querySelector("span").textContent = name;
    radio.addEventListener("change", () => setDay(custom.form, days));
    custom.closest("label").before(choice);
    if (bound("since") === midnight(days) && bound("until") === dayEnd(days)) radio.checked = true;
  });
}

// --- lists: select all, j and k ----------------------------------------------------------------

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-all]")) {
    const boxes = event.target.closest("table").querySelectorAll("tbody input[type=checkbox]");
    for (const box of boxes) box.checked = event.target.checked;
  }
});

function step(by) {
  const rows = [...document.querySelectorAll("[data-rows] tbody tr:not(.day)")];
  if (rows.length === 0) return;
  const now = rows.findIndex((row) => row.classList.contains("at"));
  const next = Math.min(rows.length - 1, Math.max(0, now + by));
  rows[now]?.classList.remove("at");
  rows[next].classList.add("at");
  rows[next].querySelector("a")?.focus({ preventScroll: true });
  rows[next].scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input:not([type=checkbox]), textarea, select")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const help = document.getElementById("help");
  if (document.querySelector("dialog[open]")) {
    if (event.key !== "Escape") return;
    document.querySelector("dialog[open]").close();
  } else if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "x") document.querySelector("tr.at input[type=checkbox]")?.click();
  else if (event.key === "?" && help) help.showModal();
  else if (event.key === "Escape") document.querySelectorAll("details.ask[open]").forEach((d) => { d.open = false; });
  else return;
  event.preventDefault();
});

// --- copy --------------------------------------------------------------------------------------

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
  button.textContent = "Copied";
});

// --- send: payload of a type, JSON checked while typing ---------------------------------------------

// Choosing another type loads its recipients, and its sample payload unless the data was edited.
document.addEventListener("change", async (event) => {
  const type = event.target;
  if (!type.matches("[data-samples]")) return;
  const data = document.getElementById("data");
  document.getElementById("recipients").textContent = "";
  const response = await fetch(`${type.dataset.samples}?type=${encodeURIComponent(type.value)}`, { redirect: "error" }).catch(() => null);
  if (!response?.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  if (fresh.getElementById("type").value !== type.value) return;
  document.getElementById("recipients").textContent = fresh.getElementById("recipients").textContent;
  const origin = document.getElementById("data-origin");
  if (data.dataset.kept || data.value !== data.defaultValue) {
    origin.textContent = "";
    return;
  }
  const sample = fresh.getElementById("data");
  origin.replaceChildren(...document.adoptNode(fresh.getElementById("data-origin")).childNodes);
  data.defaultValue = data.value = sample.value;
  data.rows = sample.rows;
  data.dispatchEvent(new Event("input", { bubbles: true }));
});

function jsonProblem(text, most) {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > most) return `${bytes} bytes; at most ${most} are allowed.`;
  try {
    JSON.parse(text);
    return "";
  } catch (error) {
    return `Not valid JSON yet: ${error.message}`;
  }
}

function checkJson(area) {
  const note = document.getElementById(area.dataset.json);
  const problem = jsonProblem(area.value, Number(area.dataset.most));
  note.textContent = problem || "Valid JSON.";
  note.className = problem ? "wrong" : "help";
  if (problem) area.setAttribute("aria-invalid", "true"); else area.removeAttribute("aria-invalid");
}

let typing;
document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-json]")) return;
  clearTimeout(typing);
  typing = setTimeout(checkJson, 250, event.target);
});
