// Site switch, command palette and keyboard shortcuts: everything they reach has a link as well.
"use strict";

// --- site switch: the sites and their health, fetched when it opens and while a name is typed -----

const siteSwitch = document.getElementById("site-switch");

async function showSites() {
  const form = siteSwitch.querySelector("form");
  const response = await fetch(`${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`, { redirect: "error" });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const choices = page.getElementById("choices");
  if (choices) document.getElementById("site-choices").replaceChildren(...document.adoptNode(choices).childNodes);
}

if (siteSwitch) {
  let typing;
  siteSwitch.addEventListener("toggle", () => {
    if (!siteSwitch.open) return;
    document.getElementById("site-q").focus();
    showSites();
  });
  siteSwitch.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(showSites, 150);
  });
  siteSwitch.addEventListener("keydown", (event) => {
    const links = [...siteSwitch.querySelectorAll("#site-choices a")];
    if (event.key === "Escape") {
      siteSwitch.open = false;
      siteSwitch.querySelector("summary").focus();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && links.length > 0) {
      const at = links.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
      if (at < 0) document.getElementById("site-q").focus();
      else links[Math.min(at, links.length - 1)].focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener("click", (event) => {
    if (siteSwitch.open && !siteSwitch.contains(event.target)) siteSwitch.open = false;
  });
}

// --- counts beside navigation entries: fetched after the page, and again when it is refreshed ---------

const navCounted = document.querySelector(".side nav[data-counts]");
let navAsked = -Infinity;
function navShow(counts) {
  for (const badge of navCounted.querySelectorAll("[data-count]")) {
    badge.textContent = counts[badge.dataset.count] ?? "";
    badge.hidden = badge.textContent === "";
  }
}
async function navCount() {
  if (performance.now() - navAsked < 10000) return;
  navAsked = performance.now();
  try {
    // Marked as automatic, so that it neither extends the session nor consumes a message meant for a page.
    const response = await fetch(navCounted.dataset.counts, { headers: { "Hookferry-Live": "1" }, redirect: "error" });
    if (!response.ok) return;
    const counts = await response.json();
    navShow(counts);
    sessionStorage.setItem("counts", JSON.stringify({ from: navCounted.dataset.counts, counts }));
  } catch { /* asked again as the page renews */ }
}
if (navCounted) {
  // Shows the previous page's counts until the new ones arrive.
  const kept = JSON.parse(sessionStorage.getItem("counts") ?? "null");
  if (kept?.from === navCounted.dataset.counts) navShow(kept.counts);
  navCount();
  document.addEventListener("hookferry:renewed", navCount);
}

// --- palette: navigation pages immediately, the server's results a moment later ---------------------

const palette = document.getElementById("palette");
const paletteField = document.getElementById("palette-q");
const paletteList = document.getElementById("palette-list");
let paletteAt = 0;
let paletteAsked = 0;
let paletteTimer;

// Returns the name of a page without its count.
const navName = (link) => link.firstChild.textContent;

function pagesMatching(text) {
  return [...document.querySelectorAll(".side nav a[data-letter]")]
    .filter((link) => navName(link).toLowerCase().includes(text))
    .map((link) => ({ kind: "Page", name: navName(link), more: `g ${link.dataset.letter}`, path: link.getAttribute("href") }));
}

// An action that needs an endpoint is left out once its verb is typed, to make room for the endpoints.
function actionsMatching(text) {
  return [...document.querySelectorAll("#palette-actions > li")]
    .filter((action) => action.textContent.toLowerCase().includes(text))
    .filter((action) => !action.dataset.fill || `${text} `.indexOf(action.dataset.fill) !== 0)
    .map((action) => ({ kind: "Action", name: action.textContent, more: "", path: action.dataset.path ?? "", fill: action.dataset.fill ?? "" }));
}

function mark(index) {
  const options = [...paletteList.children];
  paletteAt = Math.min(Math.max(index, 0), options.length - 1);
  options.forEach((option, i) => option.setAttribute("aria-selected", String(i === paletteAt)));
  const now = options[paletteAt];
  if (now) {
    paletteField.setAttribute("aria-activedescendant", now.id);
    now.scrollIntoView({ block: "nearest" });
  } else paletteField.removeAttribute("aria-activedescendant");
}

function offer(entries) {
  paletteList.replaceChildren(...entries.map((entry, i) => {
    const option = Object.assign(document.createElement("li"), { id: `palette-${i}` });
    option.setAttribute("role", "option");
    option.dataset.path = entry.path;
    if (entry.fill) option.dataset.fill = entry.fill;
    if (entry.post) option.dataset.post = entry.post;
    for (const part of ["kind", "name", "more"]) {
      const span = Object.assign(document.createElement("span"), { className: part, textContent: entry[part] });
      option.append(span, " ");
    }
    return option;
  }));
  paletteField.setAttribute("aria-expanded", String(entries.length > 0));
  document.getElementById("palette-count").textContent = entries.length === 1 ? "1 result" : `${entries.length} results`;
  mark(0);
}

// Shows the pages and general actions immediately. A response to an outdated query is dropped.
function ask() {
  const text = paletteField.value.trim();
  const pages = text === "" ? [...actionsMatching(""), ...pagesMatching("")]
    : [...pagesMatching(text.toLowerCase()), ...actionsMatching(text.toLowerCase())];
  const mine = ++paletteAsked;
  offer(pages);
  clearTimeout(paletteTimer);
  if (text === "") return Promise.resolve();
  return new Promise((done) => {
    paletteTimer = setTimeout(async () => {
      const response = await fetch(`${palette.dataset.source}?q=${encodeURIComponent(text)}`, { redirect: "error" });
      if (response.ok && mine === paletteAsked) {
        const found = (await response.json()).entries;
        if (mine === paletteAsked) offer([...pages, ...found]);
      }
      done();
    }, 120);
  });
}

function openPalette() {
  if (!palette || palette.open) return;
  paletteField.value = "";
  palette.showModal();
  paletteField.focus();
  ask();
}

// Some actions ask for an endpoint first, others run immediately.
function go(option) {
  if (!option) return;
  if (option.dataset.fill) {
    paletteField.value = option.dataset.fill;
    paletteField.focus();
    paletteField.dispatchEvent(new Event("input", { bubbles: true }));
  } else if (option.dataset.post) {
    const form = Object.assign(document.createElement("form"), { method: "post", action: option.dataset.path });
    form.append(document.querySelector("input[name=csrf]").cloneNode());
    document.body.append(form);
    form.submit();
  } else location.assign(option.dataset.path);
}

if (palette) {
  let pending = Promise.resolve();
  paletteField.addEventListener("input", () => { pending = ask(); });
  paletteField.addEventListener("keydown", async (event) => {
    if (event.key === "ArrowDown") mark(paletteAt + 1);
    else if (event.key === "ArrowUp") mark(paletteAt - 1);
    else if (event.key === "Escape") palette.close();
    else if (event.key === "Enter") {
      event.preventDefault();
      // A pasted id has no results yet.
      if (paletteList.children.length === 0) await pending;
      go(paletteList.children[paletteAt]);
      return;
    } else return;
    event.preventDefault();
  });
  paletteList.addEventListener("click", (event) => go(event.target.closest("[role=option]")));
  palette.addEventListener("click", (event) => { if (event.target === palette) palette.close(); });
  document.getElementById("palette-open").addEventListener("click", openPalette);
}

// --- keyboard ------------------------------------------------------------------------------------

document.getElementById("keys").hidden = false;
document.getElementById("help-open").addEventListener("click", () => document.getElementById("help").showModal());

let afterG = 0;
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k" && palette) {
    event.preventDefault();
    if (palette.open) palette.close(); else openPalette();
    return;
  }
  const busy = event.target.matches("input:not([type=checkbox]), textarea, select") || document.querySelector("dialog[open]");
  if (event.ctrlKey || event.metaKey || event.altKey || busy) return;
  if (event.key === "/") {
    event.preventDefault();
    openPalette();
  } else if (Date.now() - afterG < 1500) {
    afterG = 0;
    const link = document.querySelector(`.side nav a[data-letter="${CSS.escape(event.key)}"]`);
    if (link) {
      event.preventDefault();
      event.stopImmediatePropagation();
      link.click();
    }
  } else if (event.key === "g") afterG = Date.now();
}, true);

// --- the number of deliveries that a replay would send, updated with its form -------------

const replayCount = document.querySelector("output[data-counts-from]");
if (replayCount) {
  const form = replayCount.closest("form");
  let counting;
  let newest = 0;
  const count = async () => {
    const mine = ++newest;
    const asked = new URLSearchParams(new FormData(form));
    asked.delete("csrf");
    const response = await fetch(`${replayCount.dataset.countsFrom}?${asked}`, { redirect: "error" });
    if (response.ok && mine === newest) replayCount.textContent = await response.text();
  };
  form.addEventListener("input", () => { clearTimeout(counting); counting = setTimeout(count, 250); });
  form.addEventListener("change", () => { clearTimeout(counting); counting = setTimeout(count, 250); });
  count();
}

// --- a link to an action's confirmation: it is opened, with its button focused ----------------------------

const askedForms = ["#resume-form", "#rotate-form"];
function showAskedForm() {
  const form = askedForms.includes(location.hash) && document.querySelector(location.hash);
  if (!form) return;
  for (let box = form.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  form.querySelector("button.first, button")?.focus();
}
// Opened by a click, the question whether to test or to resume has its main button focused, too.
document.addEventListener("toggle", (event) => {
  if (event.target.id === "resume" && event.target.open) event.target.querySelector("button.first")?.focus();
}, true);
addEventListener("hashchange", showAskedForm);
addEventListener("pageshow", showAskedForm);

// --- a form's errors: each line links to its field ----------------------------------------------------

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-wrong]");
  if (!link) return;
  const name = link.dataset.wrong;
  const top = name.split(/[.[]/)[0];
  const field = document.getElementById(name) ?? document.getElementsByName(name)[0]
    ?? document.getElementById(link.hash.slice(1)) ?? document.getElementsByName(top)[0]
    ?? document.querySelector(`[data-fields~="${CSS.escape(top)}"] :is(input, select, textarea)`);
  if (!field) return;
  event.preventDefault();
  for (let box = field.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  const seen = field.type === "hidden" ? document.querySelector(`[data-name="${CSS.escape(name)}"]`) ?? field : field;
  seen.focus();
  seen.scrollIntoView({ block: "center" });
});
