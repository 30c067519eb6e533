// Lists: filters that apply immediately, and a panel beside the list. Everything also works without this script.
"use strict";

document.documentElement.classList.add("scripted");

// Global names in this file begin with "list" or "panel", because console.js shares the scope.

// --- filters: fetch the filtered list and replace its parts ---------------------------------------

// The server remembers the chosen columns, so choosing none must be sent too.
let listColumnsChosen = false;

function listUrl(form) {
  // Not form.action: a field may be named "action".
  const url = new URL(form.getAttribute("action"), location.href);
  const values = new FormData(form);
  const isCustom = !values.has("range") || values.get("range") === "custom";
  for (const [name, value] of values) {
    const text = value.trim();
    const isBound = name === "since" || name === "until";
    if (text === "" || (isBound && !isCustom) || (name === "range" && isCustom)) continue;
    url.searchParams.append(name, text);
  }
  if (listColumnsChosen && !url.searchParams.has("col")) url.searchParams.append("col", "");
  return url;
}

function listSwap(fresh) {
  listMoments(fresh);
  const ticked = new Set([...document.querySelectorAll("[data-part] tbody input:checked")].map((box) => box.value));
  for (const part of document.querySelectorAll("[data-part]")) {
    const next = fresh.getElementById(part.id);
    if (next) part.replaceChildren(...document.adoptNode(next).childNodes);
    else part.replaceChildren();
  }
  document.getElementById("list-new")?.replaceChildren();
  for (const form of document.querySelectorAll("[data-part-action]")) {
    const next = fresh.getElementById(form.id);
    if (next) form.action = next.getAttribute("action");
  }
  // Rows that are still there stay ticked.
  for (const box of document.querySelectorAll("[data-part] tbody input[type=checkbox]")) box.checked ||= ticked.has(box.value);
  listTicked();
  listTighten();
  for (const summary of document.querySelectorAll(".pick > summary")) {
    const next = fresh.querySelector(`#${summary.parentElement.id} > summary`);
    if (next) summary.replaceChildren(...document.adoptNode(next).childNodes);
  }
}

let listApplying = null;
async function listApply(url) {
  listApplying?.abort();
  listSearching?.abort();
  listApplying = new AbortController();
  try {
    // A redirect, such as to a delivery whose id was searched for, has no content here: the browser follows it.
    const response = await fetch(url, { redirect: "manual", signal: listApplying.signal });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    // The browser opens any other page, such as the sign-in form.
    if (!fresh.querySelector("[data-filter]")) { location.assign(url); return; }
    if (panelUrl !== null) panelClose();
    if (url.href !== location.href) history.pushState(null, "", url);
    listSwap(fresh);
    listSearch();
  } catch (problem) {
    if (problem.name !== "AbortError") location.assign(url);
  }
}

const listForm = document.querySelector("[data-filter]");
if (listForm) {
  listForm.addEventListener("change", (event) => {
    const name = event.target.name || event.target.dataset.name;
    if (!name) return;
    if (name === "col" || name === "field") listColumnsChosen = true;
    const custom = listForm.querySelector("[name=range][value=custom]:not([data-day])");
    if (custom && (name === "since" || name === "until")) custom.checked = true;
    listApply(listUrl(listForm));
  });
  listForm.addEventListener("submit", (event) => {
    event.preventDefault();
    listApply(listUrl(listForm));
  });
  addEventListener("popstate", () => location.reload());
}

// --- Find: a text search continues by itself until it finds an event or all are searched -----------

let listSearching = null;
async function listSearch() {
  const link = document.querySelector("#found a[data-further]");
  if (!link) return;
  const searching = listSearching = new AbortController();
  const card = link.closest(".card");
  const progress = Object.assign(document.createElement("p"), { role: "status" });
  const stop = Object.assign(document.createElement("button"), { type: "button", textContent: "Stop" });
  const actions = Object.assign(document.createElement("div"), { className: "actions" });
  actions.append(stop);
  stop.addEventListener("click", () => searching.abort("stop"));
  const before = [...card.childNodes];
  let read = 0;
  const tell = (page) => {
    const reach = page.getElementById("searched");
    if (!reach) return;
    read += Number(reach.dataset.read);
    if (!reach.dataset.oldest) return;
    progress.textContent = `Searched ${read.toLocaleString("en")} events, back to ${reach.dataset.oldest}`;
    listMoments(progress);
  };
  tell(document);
  card.replaceChildren(Object.assign(document.createElement("strong"), { textContent: "Searching…" }), progress, actions);
  let last = null;
  try {
    for (let next = link.href; next;) {
      const response = await fetch(next, { redirect: "error", signal: searching.signal });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (!page.querySelector("[data-filter]")) break;
      last = { page, url: next };
      tell(page);
      next = page.querySelector("#found a[data-further]")?.getAttribute("href");
    }
  } catch { /* stopped, or not connected: the page then offers to continue */ }
  // Other filters apply, so this search is outdated.
  if (searching.signal.aborted && searching.signal.reason !== "stop") return;
  if (!last) { card.replaceChildren(...before); return; }
  history.replaceState(null, "", last.url);
  listSwap(last.page);
  const reach = document.getElementById("searched");
  if (reach) reach.textContent = `${progress.textContent}.`;
}

// --- choices that open below their button -------------------------------------------------------

for (const field of document.querySelectorAll("[data-narrow]")) {
  field.hidden = false;
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const choice of field.parentElement.querySelectorAll(".choices > label")) {
      choice.hidden = !choice.textContent.toLowerCase().includes(wanted);
    }
  });
}

// An opened popover is moved inside the window or panel, and closes the others, except a question inside it: a browser
// may report a menu as opened only after a question in it was opened. A closed popover closes its questions.
const listPopovers = ".pick, details.ask, .row-menu, .add-setting";
function listInside(details) {
  const box = details.querySelector(":scope > :not(summary)");
  if (!box || getComputedStyle(box).position !== "absolute") return;
  box.style.translate = "";
  const at = box.getBoundingClientRect();
  // The panel beside a list clips content outside it.
  const around = details.closest("#panel") ?? document.documentElement;
  const start = around.getBoundingClientRect().left + around.clientLeft + 8;
  const end = start + around.clientWidth - 16;
  const shift = Math.max(start - at.left, Math.min(0, end - at.right));
  if (shift !== 0) box.style.translate = `${shift}px`;
}
document.addEventListener("toggle", (event) => {
  const opened = event.target;
  if (!opened.matches(listPopovers)) return;
  if (!opened.open) {
    for (const inner of opened.querySelectorAll("details[open]")) inner.open = false;
    return;
  }
  for (const other of document.querySelectorAll(`:is(${listPopovers})[open]`)) {
    if (!other.contains(opened) && !opened.contains(other)) other.open = false;
  }
  listInside(opened);
}, true);

document.addEventListener("click", (event) => {
  for (const pick of document.querySelectorAll(".pick[open]")) {
    if (!pick.contains(event.target)) pick.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  const pick = event.key === "Escape" && document.querySelector(".pick[open]");
  if (!pick) return;
  pick.open = false;
  pick.querySelector("summary").focus();
  event.stopImmediatePropagation();
}, true);

// --- figures for the ticked items: their number, how long they take, and the number per endpoint -----

function listTickedSum(place, ticked, sum) {
  place.dataset.usual ??= place.textContent;
  const { ticked: kind, rate, parts } = place.dataset;
  let text = place.dataset.usual;
  if (kind === "part") {
    const names = new Set(ticked.map((box) => box.value));
    const counts = parts.split(" ").map((part) => part.split(":")).filter(([name]) => names.has(name));
    text = counts.reduce((all, [, count]) => all + parseInt(count, 10), 0).toLocaleString("en");
    if (counts.some(([, count]) => count.endsWith("+"))) text += "+";
  } else if (!Number.isNaN(sum)) {
    text = kind === "count" ? sum.toLocaleString("en") : listLength(Math.ceil(sum / rate));
  }
  place.textContent = text;
}

/** Formats a duration as the server does. */
function listLength(seconds) {
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 600) return `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? "" : ` ${minutes % 60} min`}`;
  return seconds < 172800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86400)} d`;
}

// --- a button that shows how many are ticked ----------------------------------------------------

for (const button of document.querySelectorAll("[data-counted]")) {
  const usual = button.textContent;
  const boxes = [...button.form.elements].filter((field) => field.type === "checkbox");
  const count = () => {
    const ticked = boxes.filter((box) => box.checked);
    const sum = ticked.reduce((all, box) => all + Number(box.dataset.count ?? NaN), 0);
    button.disabled = boxes.length > 0 && ticked.length === 0;
    const words = sum === 1 ? button.dataset.counted.replace("deliveries", "delivery") : button.dataset.counted;
    button.textContent = sum > 0 ? words.replace("{}", sum.toLocaleString("en")) : usual;
    for (const one of document.querySelectorAll("[data-ticked]")) listTickedSum(one, ticked, sum);
  };
  document.addEventListener("change", count);
  count();
}

// --- a bar that stays in view while rows of a list are ticked -------------------------------------

// Rows below a fold are ticked one by one, or by the box at their head.
const listFolded = ".unsent-fold *";

function listTicked() {
  for (const all of document.querySelectorAll("table [data-all]")) {
    const boxes = [...all.closest("table").querySelectorAll("tbody input[type=checkbox]")];
    const some = boxes.filter((box) => box.checked).length;
    all.checked = some > 0 && some === boxes.length;
    all.indeterminate = some > 0 && some < boxes.length;
  }
  for (const bar of document.querySelectorAll("[data-picked]")) {
    const boxes = bar.closest("form").querySelectorAll("tbody input[type=checkbox]");
    const ticked = [...boxes].filter((box) => box.checked);
    const count = ticked.length;
    const text = bar.querySelector("strong");
    bar.classList.toggle("picked", count > 0);
    if (text) {
      text.hidden = count === 0;
      text.textContent = count > 1 && count === boxes.length ? `All ${count} on this page selected` : `${count} selected`;
    }
    // On a phone, cards have no header with a select-all box.
    const open = [...boxes].filter((box) => !box.matches(listFolded));
    for (const rest of bar.querySelectorAll("[data-rest]")) rest.hidden = count === 0 || open.every((box) => box.checked);
    for (const button of bar.querySelectorAll("button")) button.disabled = count === 0;
    for (const button of bar.querySelectorAll("[data-usual]")) {
      const { usual, again, noun } = button.dataset;
      const words = again && count > 0 && ticked.every((box) => box.dataset.delivered) ? again : usual;
      button.textContent = count > 0 ? words.replace("selected", noun ? `${count} ${noun}${count === 1 ? "" : "s"}` : count) : words;
    }
  }
}
// The scripts that tick rows run before this one. Must not be deferred: a button must not move under a pointer
// that is about to click it.
document.addEventListener("change", listTicked);
addEventListener("pageshow", listTicked);
document.addEventListener("click", (event) => {
  const rest = event.target.closest("[data-rest]");
  if (!rest) return;
  for (const box of rest.form.querySelectorAll("tbody input[type=checkbox]")) box.checked ||= !box.matches(listFolded);
  listTicked();
});

// --- copy: an icon beside each id, URL and piece of code ------------------------------------------

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy-text], [data-copy-of]");
  if (!button) return;
  event.stopPropagation();
  const { copyText, copyOf } = button.dataset;
  await navigator.clipboard.writeText(copyText ?? document.getElementById(copyOf).textContent);
  button.classList.add("copied");
  button.title = "Copied";
  setTimeout(() => { button.classList.remove("copied"); button.title = button.getAttribute("aria-label"); }, 1500);
});

// --- moments: the local time above that in UTC -----------------------------------------------------

// Pages of the portal have a session, no navigation, and the visitor's language.
const listPortal = document.querySelector("body.portal[data-session]");
const listLocal = new Intl.DateTimeFormat(listPortal ? document.documentElement.lang : undefined, { dateStyle: "medium", timeStyle: "medium" });
const listClock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const listDay = new Intl.DateTimeFormat(undefined, { dateStyle: "full" });

/** Regroups the rows of a log by day in the visitor's time zone. */
function listDays(body) {
  const heading = body.querySelector("tr.day");
  if (!heading) return;
  for (const day of body.querySelectorAll("tr.day")) day.remove();
  let last = "";
  for (const clock of body.querySelectorAll("[data-clock]")) {
    const day = listDay.format(new Date(clock.dataset.local));
    if (day === last) continue;
    last = day;
    const next = heading.cloneNode(true);
    next.firstElementChild.textContent = day;
    clock.closest("tr").before(next);
  }
}

function listMoments(root) {
  for (const moment of root.querySelectorAll("[data-local][hidden]")) {
    moment.textContent = ("clock" in moment.dataset ? listClock : listLocal).format(new Date(moment.dataset.local));
    moment.hidden = false;
    const utc = moment.parentElement.querySelector(".utc");
    if (utc) moment.title = utc.title || utc.textContent;
  }
  for (const body of root.querySelectorAll("tbody:has(> tr.day)")) listDays(body);
  window.timesIn?.(root);
}
listMoments(document);
if (matchMedia("(max-width: 640px)").matches) document.getElementById("timeline")?.removeAttribute("open");
document.addEventListener("hookferry:fetched", (event) => { listMoments(event.detail); listNeighbours(event.detail); });
document.addEventListener("hookferry:renewed", () => { listTicked(); panelRenew(); listMark(); });

// --- URLs with their middle cut: the end follows the ellipsis without a gap -----------------------

// A letter that does not fit leaves a gap, so these parts get exact widths. Animations set them, because a style
// attribute would make a part differ from the server's.
const listCuts = ".one-line > :is(.host, .cut), .endpoint-rows :is(.name-url, .line.url) > .cut";
const listRuler = document.createElement("canvas").getContext("2d");

function listFitting(cut) {
  listRuler.font = getComputedStyle(cut).font;
  const dots = listRuler.measureText("…").width;
  const room = cut.getBoundingClientRect().width;
  const range = document.createRange();
  range.selectNodeContents(cut);
  const text = cut.firstChild;
  let fitting = 0;
  for (let low = 1, high = text.length; low <= high;) {
    const middle = (low + high) >> 1;
    range.setEnd(text, middle);
    const width = range.getBoundingClientRect().width;
    if (width + dots <= room) { fitting = width; low = middle + 1; } else high = middle - 1;
  }
  return `${Math.min(room, fitting + dots + 0.1)}px`;
}

function listTighten() {
  const cuts = [...document.querySelectorAll(listCuts)];
  for (const cut of cuts) cut.getAnimations().forEach((animation) => animation.cancel());
  const cutOff = cuts.filter((cut) => cut.firstChild && cut.scrollWidth > cut.clientWidth);
  const widths = cutOff.map(listFitting);
  cutOff.forEach((cut, i) => cut.animate({ minWidth: [widths[i], widths[i]], maxWidth: [widths[i], widths[i]] }, { fill: "forwards" }));
}
new ResizeObserver(listTighten).observe(document.getElementById("main") ?? document.body);
document.addEventListener("hookferry:renewed", listTighten);

// --- the panel beside the list: one row, opened without leaving the list ----------------------------

const panelWide = matchMedia("(min-width: 1100px)");
let panelUrl = null;
let panelLoading = null;

const panelRows = () => [...document.querySelectorAll("[data-rows] tbody tr, [data-rows] li")].filter((row) => panelLink(row));
const panelLink = (row) => row.querySelector("a[data-open]");
const panelPath = (link) => link.pathname + link.search;
const panelId = (link) => decodeURIComponent(new URL(link.href).pathname.split("/").pop());
const panelWord = (name, usual) => document.getElementById("list")?.dataset[name] ?? usual;
const panelOpened = () => new URL(location.href).searchParams.get("open");

function listMark() {
  const open = panelUrl === null ? null : panelOpened();
  for (const row of panelRows()) row.classList.toggle("opened", panelId(panelLink(row)) === open);
}

// Keeps the list for the next and previous links of a full page opened from it. Not in the portal, as browsers may
// deny storage to a frame.
function listKeep() {
  if (listPortal) return;
  const paths = panelRows().map((row) => new URL(panelLink(row).href).pathname);
  if (paths.length > 0) sessionStorage.setItem("list", JSON.stringify({ list: location.pathname + location.search, paths }));
}

function panelShell() {
  const panel = document.createElement("aside");
  panel.id = "panel";
  panel.tabIndex = -1;
  panel.setAttribute("aria-label", panelWord("details", "Details"));
  const header = document.createElement("header");
  const page = Object.assign(document.createElement("a"), { className: "button plain", textContent: panelWord("page", "Open page"), id: "panel-page" });
  const button = (text, label, action) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: text });
    made.setAttribute("aria-label", label);
    made.title = label;
    made.addEventListener("click", action);
    return made;
  };
  header.append(page, button("↑", `${panelWord("previous", "Previous")} (k)`, () => panelStep(-1)), button("↓", `${panelWord("next", "Next")} (j)`, () => panelStep(1)),
    button("×", `${panelWord("close", "Close")} (Esc)`, panelClose));
  const body = Object.assign(document.createElement("div"), { className: "panel-body", id: "panel-body" });
  panel.append(header, body);
  return panel;
}

function panelFill(fresh) {
  const body = document.getElementById("panel-body");
  const unfolded = body.querySelector("#timeline")?.open ?? false;
  const parts = [...fresh.getElementById("main").children].filter((part) => part.id !== "condition");
  body.replaceChildren(...parts.map((part) => document.adoptNode(part)));
  for (const heading of body.querySelectorAll("h1")) {
    const title = Object.assign(document.createElement("h2"), { className: "title" });
    title.append(...heading.childNodes);
    heading.replaceWith(title);
  }
  for (const timeline of body.querySelectorAll("#timeline")) timeline.open = unfolded;
  panelRowRefresh();
  listMoments(body);
  listTighten();
}

// Keeps the row of the opened delivery in step with the panel: the row may no longer match the list's filters.
function panelRowRefresh() {
  const fresh = document.querySelector("#panel template#listed")?.content;
  const row = fresh && panelRows().find((one) => one.classList.contains("opened"));
  if (!row || panelId(new URL(panelUrl, location.href)) !== panelId(panelLink(row))) return;
  for (const cell of row.querySelectorAll("[data-cell]")) {
    const next = fresh.querySelector(`[data-cell="${cell.dataset.cell}"]`);
    if (!next || cell.innerHTML === next.innerHTML || cell.contains(getSelection().anchorNode)) continue;
    cell.replaceChildren(...document.importNode(next, true).childNodes);
    if (cell.title !== next.title && cell.dataset.cell === "result") cell.title = next.title;
  }
}

async function panelRead(url, options = {}) {
  panelLoading?.abort();
  panelLoading = new AbortController();
  const response = await fetch(url, { ...options, signal: panelLoading.signal });
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  // Without the page frame, it is the sign-in form or the notice that the session has ended.
  if (!fresh.querySelector(".side, body.portal[data-session]")) { location.assign(url); return null; }
  return { fresh, url: response.url };
}

async function panelOpen(path, remember) {
  const id = panelId(new URL(path, location.href));
  if (!document.getElementById("panel")) {
    const row = panelRows().find((one) => panelId(panelLink(one)) === id);
    panelInPlace(row, () => {
      document.body.append(panelShell());
      document.body.classList.add("with-panel");
      panelFilters(true);
    });
  }
  panelUrl = path;
  const url = new URL(location.href);
  url.searchParams.set("open", id);
  if (remember && url.href !== location.href) history.replaceState(null, "", url);
  listMark();
  document.getElementById("panel-page").href = path;
  panelPlace();
  try {
    const read = await panelRead(path, { redirect: "error" });
    if (!read || panelUrl !== path) return;
    panelFill(read.fresh);
    document.getElementById("panel").scrollTop = 0;
  } catch (problem) {
    if (problem.name !== "AbortError") location.assign(path);
  }
}

// Rows above the opened one and their conditions take another height beside the panel: the row stays under the pointer.
function panelInPlace(row, change) {
  const top = row?.getBoundingClientRect().top;
  change();
  if (!row || top < 0 || top >= innerHeight) return;
  scrollBy({ top: row.getBoundingClientRect().top - top, behavior: "instant" });
  // Beside the panel, the portal's bars stay in view: the row must not be behind them.
  if (listPortal && window.parent === window) row.scrollIntoView({ block: "nearest", behavior: "instant" });
}

// Filters that need a second line beside the panel fold behind their button.
function panelFilters(isBeside) {
  const box = document.querySelector("details.filter-box");
  const bar = box?.querySelector(".filterbar");
  if (!bar) return;
  const folds = isBeside && bar.offsetHeight > 1.5 * bar.firstElementChild.offsetHeight;
  if (folds || box.classList.contains("folding")) box.open = !folds;
  box.classList.toggle("folding", folds);
}

// A frame as high as its page does not scroll, so the panel is placed beside the opened row.
function panelPlace() {
  const row = panelRows().find((one) => one.classList.contains("opened"));
  if (!listPortal || window.parent === window || !row) return;
  const panel = document.getElementById("panel");
  panel.classList.add("at-row");
  panel.style.top = `${row.getBoundingClientRect().top + scrollY}px`;
}

function panelClose() {
  const opened = panelRows().find((row) => row.classList.contains("opened"));
  panelUrl = null;
  panelLoading?.abort();
  panelInPlace(opened, () => {
    document.getElementById("panel")?.remove();
    document.body.classList.remove("with-panel");
    panelFilters(false);
  });
  const url = new URL(location.href);
  url.searchParams.delete("open");
  history.replaceState(null, "", url);
  listMark();
  if (opened) panelLink(opened).focus({ preventScroll: true });
}

function panelStep(by) {
  const rows = panelRows();
  const now = rows.findIndex((row) => row.classList.contains("opened"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, now + by))];
  if (!next || next === rows[now]) return;
  for (const row of rows) row.classList.toggle("at", row === next);
  next.scrollIntoView({ block: "nearest" });
  panelOpen(panelPath(panelLink(next)), true);
}

// Refreshes the opened delivery, unless the panel is in use.
async function panelRenew() {
  const body = document.getElementById("panel-body");
  if (panelUrl === null || !body || isInUse(body)) return;
  try {
    const from = panelUrl;
    const response = await fetch(from, { headers: { "Hookferry-Live": "1" }, redirect: "error" });
    if (!response.ok || panelUrl !== from) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const part of body.querySelectorAll("[data-live]")) {
      const next = fresh.getElementById(part.id);
      if (!next) continue;
      for (const heading of next.querySelectorAll("h1")) {
        const title = Object.assign(document.createElement("h2"), { className: "title" });
        title.append(...heading.childNodes);
        heading.replaceWith(title);
      }
      listMoments(next);
      if (part.innerHTML !== next.innerHTML) replace(part, next);
    }
    panelRowRefresh();
  } catch { /* shown again at the next change */ }
}

// In other lists, clicking a row follows its link. Menus and questions in it keep their clicks.
function listFollow(target) {
  const row = target.closest("tr");
  const link = row?.querySelector("a[data-row-link]");
  if (!link) return false;
  const other = target.closest("a, button, input, label, summary, details");
  if (getSelection().isCollapsed && !row.contains(other)) link.click();
  return true;
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const within = event.target.closest("#panel .attempts ol a, #panel a[data-panel]");
  if (within) {
    event.preventDefault();
    panelShow(within.pathname + within.search);
    return;
  }
  if (listFollow(event.target)) return;
  const row = event.target.closest("[data-rows] tr, [data-rows] li");
  const link = row && panelLink(row);
  if (!link || !getSelection().isCollapsed) return;
  const other = event.target.closest("a, button, input, label, summary");
  if (other && other !== link) return;
  if (!panelWide.matches) {
    // Without room for the panel, clicking a row follows its link.
    if (!other) link.click();
    return;
  }
  event.preventDefault();
  document.querySelectorAll("[data-rows] .at").forEach((at) => at.classList.remove("at"));
  row.classList.add("at");
  panelOpen(panelPath(link), true);
});

async function panelShow(url, options) {
  try {
    const read = await panelRead(url, options);
    if (!read) return;
    panelUrl = new URL(read.url).pathname + new URL(read.url).search;
    panelFill(read.fresh);
  } catch (problem) {
    if (problem.name !== "AbortError") location.assign(url);
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest("#panel") || form.method !== "post") return;
  event.preventDefault();
  const action = event.submitter?.hasAttribute("formaction") ? event.submitter.formAction : form.action;
  panelShow(action, { method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)) });
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=checkbox]), textarea, select")) return;
  const shown = document.getElementById("panel");
  if (shown && event.key === "Escape" && !document.querySelector("details.ask[open], dialog[open]")) panelClose();
  else if (shown && event.key === "j") panelStep(1);
  else if (shown && event.key === "k") panelStep(-1);
  else if (event.key === "j" || event.key === "k") {
    const link = document.getElementById(event.key === "j" ? "neighbour-next" : "neighbour-previous");
    if (!link) return;
    link.click();
  } else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

function listNeighbours(root) {
  if (listPortal || root.querySelector("[data-open]")) return;
  const kept = JSON.parse(sessionStorage.getItem("list") ?? "null");
  const at = kept ? kept.paths.indexOf(location.pathname) : -1;
  const crumb = root.querySelector("main .crumb");
  if (at < 0 || !crumb) return;
  const nav = Object.assign(document.createElement("nav"), { className: "neighbours" });
  nav.setAttribute("aria-label", "Neighbours in the list");
  const add = (id, text, path) => {
    if (path) nav.append(Object.assign(document.createElement("a"), { id, className: "button plain", textContent: text, href: path }));
  };
  add("neighbour-previous", "↑ Previous", kept.paths[at - 1]);
  add("neighbour-next", "↓ Next", kept.paths[at + 1]);
  crumb.querySelector("a").href = kept.list;
  crumb.append(nav);
}

// The page that reviews all deliveries of a list is not a list, whatever its URL says.
if (document.querySelector("[data-open]") || (panelOpened() && document.querySelector("#list, #found"))) {
  listKeep();
  const list = document.getElementById("list");
  if (list) new MutationObserver(() => { listMark(); listKeep(); }).observe(list, { childList: true });
  const open = panelOpened();
  const site = location.pathname.match(/^(\/sites\/[^/]+|\/portal)(?=\/)/);
  if (open && site && /^(dlv_[0-9a-z]+|[A-Za-z0-9_-]+)$/.test(open)) {
    const row = panelRows().find((one) => panelId(panelLink(one)) === open);
    const path = row ? panelPath(panelLink(row))
      : `${site[0]}/${open.startsWith("dlv_") ? "deliveries" : "events"}/${open}`;
    if (panelWide.matches) panelOpen(path, false);
    else location.replace(path);
  }
} else {
  listNeighbours(document);
}
listSearch();
