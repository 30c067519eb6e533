// The portal's pages work without this script. It shows local times, keeps relative ones current, shows the outcome of
// a retried or resent delivery, and reports a frame's height, its path and the end of the session to the parent page.
"use strict";

document.documentElement.classList.add("scripted");

// The outcome of an action is shown once: reloading or bookmarking the page does not repeat it.
{
  const address = new URL(location.href);
  if (address.searchParams.has("note")) {
    for (const name of ["note", "done", "more", "from", "changed", "gained"]) address.searchParams.delete(name);
    history.replaceState(history.state, "", address);
  }
}

const lang = document.documentElement.lang;
const clockAhead = document.body.dataset.now ? Date.parse(document.body.dataset.now) - Date.now() : 0;
const local = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "medium" });
const zoned = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "long" });
const isUtc = ["UTC", "Etc/UTC", "Etc/GMT", "GMT"].includes(local.resolvedOptions().timeZone);

// Hours have two digits, as in lists.
const timeOfDay = { hour: "2-digit", minute: "2-digit" };
const clock = new Intl.DateTimeFormat(lang, timeOfDay);
const clockOfDay = new Intl.DateTimeFormat(lang, { month: "short", day: "numeric", ...timeOfDay });
const plain = lang.startsWith("en") ? "en-GB" : lang;
const minuteOfDay = { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const dated = new Intl.DateTimeFormat(plain, minuteOfDay);
const datedWithYear = new Intl.DateTimeFormat(plain, { ...minuteOfDay, year: "numeric" });
const clockOfYear = new Intl.DateTimeFormat(lang, { year: "numeric", month: "short", day: "numeric", ...timeOfDay });

// Times are shown in full, in headlines with the date only if it is not today, or as how long ago they were.
// The tooltip has the time zone and UTC.
function localize(root) {
  for (const time of root.querySelectorAll("time[datetime]:not([data-utc])")) {
    const zone = `${zoned.format(new Date(time.dateTime))} (${local.resolvedOptions().timeZone.replaceAll("_", " ")})`;
    if ("full" in time.dataset) time.textContent = time.dataset.full === "clock" ? clockOf(new Date(time.dateTime)) : local.format(new Date(time.dateTime));
    if (!isUtc) time.title = `${zone} · ${time.title}`;
    time.dataset.utc = "";
  }
}
// The time zone of full times is shown once on each page.
for (const zone of document.querySelectorAll("[data-zoned]")) {
  zone.textContent = zone.dataset.zoned.replace("#", local.resolvedOptions().timeZone.replaceAll("_", " "));
}

// Relative times, worded like the server's, by the server's clock.
const [wordNow, wordDue, wordIn, wordAgo, wordClock, wordDay, ...units] = document.body.dataset.times.split("|");

function clockOf(date) {
  const now = new Date(Date.now() + clockAhead);
  if (date.toDateString() === now.toDateString()) return wordClock.replace("{0}", clock.format(date));
  return wordDay.replace("{0}", (date.getFullYear() === now.getFullYear() ? clockOfDay : clockOfYear).format(date));
}

// Older than a day, as the server writes it.
function datedOf(date) {
  return (date.getFullYear() === new Date(Date.now() + clockAhead).getFullYear() ? dated : datedWithYear).format(date);
}

function lengthOf(seconds) {
  if (seconds < 60) return `${seconds}\u00a0${units[0]}`;
  const minutes = Math.floor((seconds + 30) / 60);
  if (minutes < 60) return `${minutes}\u00a0${units[1]}`;
  if (seconds < 86400) return `${Math.floor(minutes / 60)}\u00a0${units[2]}${minutes % 60 === 0 ? "" : ` ${minutes % 60}\u00a0${units[1]}`}`;
  return seconds < 172800 ? `${Math.floor((seconds + 1800) / 3600)}\u00a0${units[2]}` : `${Math.floor((seconds + 43200) / 86400)}\u00a0${units[3]}`;
}

localize(document);
// For the panel beside a list, which is filled later.
window.timesIn = localize;

function momentOf(time) {
  const ago = Date.now() + clockAhead - Date.parse(time.dateTime);
  if ("span" in time.dataset) return ago < 0 ? wordIn.replace("{0}", lengthOf(Math.max(1, Math.floor(-ago / 1000)))) : lengthOf(Math.max(1, Math.floor(ago / 1000)));
  if ("due" in time.dataset && ago > -1000) return wordDue;
  if (Math.abs(ago) < 1000) return wordNow;
  if (ago >= 86400000) return datedOf(new Date(time.dateTime));
  return (ago < 0 ? wordIn : wordAgo).replace("{0}", lengthOf(Math.floor(Math.abs(ago) / 1000)));
}

function showMoments() {
  if (document.hidden) return;
  for (const time of document.querySelectorAll("time[datetime]:not([data-full])")) {
    const text = momentOf(time);
    // An endpoint's next attempt may be for another delivery.
    const next = text === wordDue ? time.closest("[data-next-attempt]") : null;
    if (next?.dataset.nextAttempt) {
      next.textContent = next.dataset.nextAttempt;
      next.dataset.trying = "";
      continue;
    }
    next?.setAttribute("hidden", "");
    if (time.textContent !== text && !time.contains(getSelection().anchorNode)) time.textContent = text;
  }
}
showMoments();
setInterval(showMoments, 1000);

// Replaces a part of the page by its state in a fresh copy, unless the visitor is using it. Details stay open or closed
// as the visitor left them. The tokens of forms differ in each copy, although all of them work. An outcome is shown only
// once, so only the focus delays it.
const withoutToken = (part) => part.innerHTML.replaceAll(/name="csrf" value="[^"]*"/g, "");
function isUsed(part) {
  if (part.contains(document.activeElement) || "outcome" in part.dataset) return part.contains(document.activeElement);
  const isEdited = (field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked;
  const selected = getSelection().isCollapsed ? null : getSelection().anchorNode;
  return part.contains(selected) || part.matches(":active")
    || part.querySelector("details[open]:not([id])") !== null || [...part.querySelectorAll("input, textarea")].some(isEdited);
}
function renew(part, fresh) {
  const next = fresh.getElementById(part.id);
  if (!next || !part.isConnected || isUsed(part)) return;
  for (const box of part.querySelectorAll("details[id]")) {
    const twin = fresh.getElementById(box.id);
    if (twin) twin.open = box.open;
  }
  if (withoutToken(part) === withoutToken(next)) return;
  part.className = next.className;
  part.hidden = next.hidden;
  part.replaceChildren(...document.adoptNode(next).childNodes);
}

// Polls the page of deliveries that are being sent again, which may be open in the panel, until it shows the outcome:
// every second for two minutes, then every ten, for up to an hour.
const oftenAsked = 120;
const mostAsked = 3600;
let asking = false;
async function showOutcome(followed) {
  const ofPage = followed.dataset.follow.startsWith(location.pathname);
  const response = await fetch(followed.dataset.follow, { redirect: "error" });
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!followed.isConnected) return;
  const isOpen = fresh.querySelector("[data-follow]") !== null;
  if (!isOpen) delete followed.dataset.follow;
  if (ofPage) document.title = fresh.title;
  localize(fresh);
  for (const part of document.querySelectorAll(isOpen ? "[data-outcome=live]" : "[data-outcome], [data-current]")) renew(part, fresh);
}
setInterval(async () => {
  const followed = document.querySelector("[data-follow]");
  if (!followed || asking || document.hidden) return;
  followed.asked = (followed.asked ?? 0) + 1;
  if (followed.asked > oftenAsked && followed.asked % 10 !== 0) return;
  asking = true;
  try { await showOutcome(followed); } catch { /* asked again a second later */ }
  asking = false;
  if (followed.asked >= mostAsked) delete followed.dataset.follow;
}, 1000);

// Keeps the row of the opened delivery in step with the panel.
setInterval(() => {
  const shown = document.querySelector("#panel [data-delivery]");
  const row = document.querySelector("[data-rows] tr.opened");
  if (!shown || !row?.querySelector("a[data-open]").pathname.endsWith(`/${shown.dataset.delivery}`)) return;
  for (const cell of row.querySelectorAll("[data-cell]")) {
    const part = shown.querySelector(`[data-cell="${cell.dataset.cell}"]`);
    const html = part?.innerHTML ?? "";
    if (cell.innerHTML !== html) cell.replaceChildren(...(part ? part.cloneNode(true).childNodes : []));
  }
}, 500);

// Refreshes a page every 15 seconds while it is in use, more often while an attempt is due.
function repeat(refresh) {
  const unusedAfter = 1_800_000;
  let used = Date.now();
  for (const type of ["pointermove", "keydown", "scroll", "focus"]) addEventListener(type, () => { used = Date.now(); }, { passive: true });
  const look = () => {
    if (!document.hidden && Date.now() - used < unusedAfter) refresh().catch(() => { /* asked again later */ });
  };
  let turns = 0;
  setInterval(() => {
    turns += 1;
    if (turns % 5 === 0 || document.querySelector("[data-trying]")) look();
  }, 3_000);
  addEventListener("focus", look);
}

// Refreshes the first page of a delivery list while it is in use: shown rows change in place, and new ones are only
// counted, so that rows do not move under the reader.
const found = document.getElementById("found");
if (found) {
  const rowsOf = (part) => [...part.querySelectorAll("tbody tr")];
  const keyOf = (row) => row.querySelector("a[data-open]").pathname;
  const follow = async () => {
    const list = document.querySelector("#list[data-fresh]");
    if (!list) return;
    const asked = new URL(location.href);
    asked.searchParams.delete("open");
    // Only the rows are used, so the server need not count the matches.
    const rowsOnly = new URL(asked);
    rowsOnly.searchParams.set("refresh", "yes");
    const response = await fetch(rowsOnly, { redirect: "error" });
    const next = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("list");
    if (!response.ok || !next || !list.isConnected) return;
    localize(next);
    const rows = rowsOf(next);
    const shown = new Map(rowsOf(list).map((row) => [keyOf(row), row]));
    const known = rows.findIndex((row) => shown.has(keyOf(row)));
    const added = known < 0 ? rows.length : known;
    for (const row of rows) {
      for (const cell of shown.get(keyOf(row))?.querySelectorAll("[data-cell]") ?? []) {
        const other = row.querySelector(`[data-cell="${cell.dataset.cell}"]`);
        if (cell.innerHTML !== other.innerHTML) cell.replaceChildren(...other.cloneNode(true).childNodes);
      }
    }
    const text = added === 0 ? "" : list.dataset.fresh.replace("#", `${new Intl.NumberFormat(lang).format(added)}${known < 0 && shown.size > 0 ? "+" : ""}`);
    const fresh = document.getElementById("fresh");
    if (fresh.textContent === text) return;
    fresh.replaceChildren(...(text === "" ? [] : [Object.assign(document.createElement("a"), { href: asked.href, textContent: text })]));
  };
  repeat(follow);
}

// Refreshes the states, counts and newest deliveries of endpoints while their page is in use. A theme preview has none.
if (location.pathname.startsWith("/portal/") && document.querySelector("[data-current]")) {
  repeat(async () => {
    const response = await fetch(location.href, { redirect: "error" });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!response.ok) return;
    localize(fresh);
    for (const part of document.querySelectorAll("[data-current]")) renew(part, fresh);
    showMoments();
  });
}

// Filters would fill a phone's screen, so they open on demand there.
for (const box of document.querySelectorAll(".filter-box")) {
  if (matchMedia("(max-width: 860px)").matches && !("wrong" in box.dataset)) box.open = false;
}

// Days and bounds of a period are in the viewer's time zone, unless the URL names another.
for (const field of document.querySelectorAll("input[name=zone]")) {
  if (!("set" in field.dataset) || field.value) continue;
  field.value = local.resolvedOptions().timeZone;
  for (const name of field.form.querySelectorAll("[data-zone]")) name.textContent = `(${field.value.replaceAll("_", " ")})`;
}

// The URL of a list contains only the filters that are set.
document.addEventListener("formdata", (event) => {
  if (event.target.method !== "get") return;
  const range = event.formData.get("range");
  const bounds = range === "custom" ? [] : ["since", "until"];
  const zone = ["today", "yesterday", "custom"].includes(range) ? [] : ["zone"];
  for (const name of [...bounds, ...zone]) event.formData.delete(name);
  for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
});

// Keeps the values typed into such a form, including a secret: only the previous result is replaced.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const last = document.getElementById(form.dataset.keeps ?? "");
  if (!last) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  try {
    const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "error" });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById(last.id);
    last.replaceChildren(...document.adoptNode(fresh).childNodes);
    last.focus();
  } catch { form.submit(); }
});

// Enables the buttons that need a selection while there is one. One that has words for a number is hidden until then.
function offer() {
  for (const button of document.querySelectorAll("[data-needs]")) {
    const number = button.form.querySelectorAll(`[name=${button.dataset.needs}]:checked`).length;
    button.disabled = number === 0;
    if (!button.dataset.text) continue;
    button.hidden = number === 0;
    button.textContent = number === 1 ? button.dataset.one : button.dataset.text.replace("#", new Intl.NumberFormat(lang).format(number));
  }
}
offer();
addEventListener("pageshow", offer);

// Filters apply immediately, and replace the list.
if (found) new MutationObserver(() => {
  offer();
  showBoxes();
  for (const field of document.querySelectorAll("[data-filter] [name]")) {
    const parts = [`${field.id}-error`, `${field.id}-help`].filter((id) => document.getElementById(id));
    field.setAttribute("aria-describedby", parts.join(" "));
    if (parts.includes(`${field.id}-error`)) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
}).observe(found, { childList: true });

// Handles the select-all box, and boxes that change the number on the button.
document.addEventListener("change", (event) => {
  if ("all" in event.target.dataset) {
    for (const box of event.target.form.querySelectorAll("[name=id]")) box.checked = event.target.checked;
  }
  offer();
  const counted = event.target.closest("[data-counts]");
  if (counted) recount(counted);
});
// Counts the deliveries to retry: the ticked kinds of the ticked endpoints, if there are several.
function recount(counted) {
  const kinds = [...counted.querySelectorAll("[data-count]")];
  const lines = [...counted.querySelectorAll("[data-per]")];
  const isTicked = (i) => kinds[i]?.checked ?? true;
  const sum = (numbers) => numbers.filter((_, i) => isTicked(i)).reduce((all, one) => all + Number(one), 0);
  const ticked = lines.filter((box) => box.checked).map((box) => sum(box.dataset.per.split(",")));
  const number = lines.length === 0 ? sum(kinds.map((box) => box.dataset.count)) : ticked.reduce((all, one) => all + one, 0);
  const shown = new Intl.NumberFormat(lang).format(Math.min(500, number));
  for (const part of counted.querySelectorAll("[data-text]")) {
    part.textContent = number === 0 && part.dataset.none ? part.dataset.none : number === 1 && part.dataset.one ? part.dataset.one : part.dataset.text.replace("#", shown);
  }
  counted.querySelector("button[data-text]").disabled = number === 0;
}
for (const button of document.querySelectorAll("[data-tick-all]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    for (const box of button.form.querySelectorAll("[data-per]")) box.checked = true;
    recount(button.form);
  });
}
addEventListener("pageshow", () => {
  for (const counted of document.querySelectorAll("[data-counts]:has([data-count], [data-per])")) recount(counted);
});
function showBoxes() {
  for (const box of document.querySelectorAll("[data-all]")) box.hidden = false;
}
showBoxes();

// On a phone, the navigation is one scrolling line: scroll it to the open page.
const openPage = document.querySelector(".portal-bar nav [aria-current]");
if (openPage) openPage.parentElement.scrollLeft = openPage.offsetLeft - openPage.parentElement.offsetLeft - 40;

// Event types: a group includes all its types, future ones too; its box is indeterminate if only some are ticked.
// Unticking one type of a ticked group selects the others individually.
const typeGroups = [...document.querySelectorAll("[data-type-group]")].map((part) => ({
  part, all: part.querySelector("[data-type-all]"), boxes: [...part.querySelectorAll(".types input")],
}));
function showGroup({ all, boxes }) {
  if (all) all.indeterminate = !all.checked && boxes.some((box) => box.checked);
}
for (const group of typeGroups) {
  showGroup(group);
  group.part.addEventListener("change", (event) => {
    if (event.target === group.all) for (const box of group.boxes) box.checked = group.all.checked;
    else if (group.all && !event.target.checked) group.all.checked = false;
    showGroup(group);
  });
}
const typeSearch = document.querySelector("[data-type-search]");
if (typeSearch) {
  const none = document.querySelector("[data-type-none]");
  typeSearch.hidden = false;
  typeSearch.addEventListener("input", () => {
    const wanted = typeSearch.value.trim().toLowerCase();
    for (const { part, boxes } of typeGroups) {
      const labels = boxes.map((box) => box.closest("label"));
      for (const label of labels) label.hidden = !label.textContent.toLowerCase().includes(wanted);
      part.hidden = labels.every((label) => label.hidden);
    }
    none.hidden = typeGroups.some(({ part }) => !part.hidden);
  });
  typeSearch.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
}

// Conditions of a filter: rows, and the fields of the ticked types, which fill a row when clicked.
const conditions = document.querySelector("[data-conditions]");
if (conditions) {
  const rows = () => [...conditions.children];
  const pathOf = (row) => row.querySelector("[name^=filter-path-]");
  const blank = (row) => {
    for (const field of row.querySelectorAll("input")) field.value = "";
    row.querySelector("select").selectedIndex = 0;
  };
  const numbered = () => rows().forEach((row, i) => {
    for (const part of row.querySelectorAll("[name^=filter-]")) part.name = part.name.replace(/\d+$/, i);
    row.querySelector("button").value = `filter-drop-${i}`;
    for (const part of [row, row.querySelector("button")]) part.setAttribute("aria-label", part.getAttribute("aria-label").replace(/\d+/, i + 1));
  });
  const added = () => {
    const row = conditions.lastElementChild.cloneNode(true);
    blank(row);
    conditions.append(row);
    numbered();
    return row;
  };
  conditions.parentElement.querySelector("[data-add-condition]").addEventListener("click", (event) => {
    event.preventDefault();
    pathOf(added()).focus();
  });
  conditions.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    if (rows().length > 1) button.closest(".line-row").remove();
    else blank(button.closest(".line-row"));
    numbered();
    pathOf(rows()[0]).focus();
  });
  const picks = document.querySelector("[data-picks]");
  const offerFields = () => {
    const ticked = [...conditions.closest("form").querySelectorAll("[name=type]:checked")].map((box) => box.value);
    const all = ticked.length === 0 || ticked.includes("*");
    for (const one of picks.querySelectorAll("[data-types]")) {
      one.hidden = !all && !one.dataset.types.split(" ").some((type) => ticked.includes(type));
    }
    picks.hidden = !picks.querySelector("[data-types]:not([hidden])");
  };
  if (picks) {
    offerFields();
    conditions.closest("form").addEventListener("change", offerFields);
    picks.addEventListener("click", (event) => {
      const pick = event.target.closest("[data-pick]");
      if (!pick) return;
      const row = rows().find((one) => pathOf(one).value === "") ?? added();
      pathOf(row).value = pick.dataset.pick;
      const value = row.querySelector("[name^=filter-value-]");
      value.placeholder = pick.dataset.value;
      value.focus();
    });
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
  if (button.classList.contains("copied")) return;
  const word = button.matches(".copy") ? "title" : "textContent";
  const [usual, label] = [button[word], button.getAttribute("aria-label")];
  const show = (text, name, isCopied) => {
    button[word] = text;
    button.setAttribute("aria-label", name);
    button.classList.toggle("copied", isCopied);
  };
  show(button.dataset.copied, button.dataset.copied, true);
  setTimeout(() => show(usual, label, false), 2000);
});

// Menus close on Escape, on a click outside, and when a link in them is clicked.
const openMenus = ":is(.languages, .page-menu, .ask)[open]";
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(openMenus)) {
    if (!menu.contains(event.target) || event.target.closest("a")) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" ? event.target.closest(openMenus) : null;
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

if (window.parent !== window) {
  // The parent page already shows the brand; a theme preview, which is not a portal page, shows it itself.
  if (location.pathname.startsWith("/portal/")) document.documentElement.classList.add("framed");
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
