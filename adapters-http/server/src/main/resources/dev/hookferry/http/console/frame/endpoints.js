// Endpoints: chart tooltips, row menus, the form. Everything also works without this script.
"use strict";

// Global names in this file begin with "ends", because all scripts share one scope.

// --- charts: the numbers of the slot under the pointer or reached by keyboard -------------------------

let endsTip = null;

function endsShow(slot) {
  const title = slot.querySelector("title");
  // Removed so that the browser does not show its own tooltip.
  if (title) {
    slot.dataset.words = title.textContent;
    title.remove();
  }
  const words = slot.dataset.words;
  const cut = words.indexOf(": ");
  endsHide();
  endsTip = Object.assign(document.createElement("div"), { className: "chart-tip" });
  endsTip.setAttribute("role", "status");
  const when = document.createElement("b");
  when.textContent = words.slice(0, cut);
  endsTip.append(when, words.slice(cut + 2));
  document.body.append(endsTip);
  slot.classList.add("at");
  const at = slot.querySelector(".hit").getBoundingClientRect();
  const left = at.left + at.width / 2 - endsTip.offsetWidth / 2;
  endsTip.style.left = `${Math.max(4, Math.min(innerWidth - endsTip.offsetWidth - 4, left))}px`;
  endsTip.style.top = `${at.top - endsTip.offsetHeight - 6 < 4 ? at.bottom + 6 : at.top - endsTip.offsetHeight - 6}px`;
}

function endsHide() {
  endsTip?.remove();
  endsTip = null;
  document.querySelectorAll(".slot.at").forEach((slot) => slot.classList.remove("at"));
}

document.addEventListener("pointerover", (event) => {
  const slot = event.target.closest?.(".slot");
  if (slot) endsShow(slot);
  else if (endsTip && !document.activeElement?.matches("svg.chart")) endsHide();
});
document.addEventListener("scroll", endsHide, true);

function endsCharts() {
  for (const chart of document.querySelectorAll("svg.chart:has(.slot)")) {
    chart.setAttribute("tabindex", "0");
    chart.setAttribute("aria-roledescription", "chart; arrow keys move through it");
  }
}
endsCharts();
document.addEventListener("hookferry:renewed", endsCharts);
new MutationObserver(endsCharts).observe(document.getElementById("main"), { childList: true, subtree: true });

const endsSlots = (chart) => [...chart.querySelectorAll(".slot")];
document.addEventListener("focusin", (event) => {
  if (event.target.matches("svg.chart")) {
    const slots = endsSlots(event.target);
    if (event.target.matches(":focus-visible")) endsShow(slots[slots.length - 1]);
  }
});
document.addEventListener("focusout", (event) => { if (event.target.matches("svg.chart")) endsHide(); });
document.addEventListener("keydown", (event) => {
  if (!event.target.matches("svg.chart")) return;
  const slots = endsSlots(event.target);
  const now = slots.findIndex((slot) => slot.classList.contains("at"));
  const last = slots.length - 1;
  const next = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: last }[event.key];
  if (event.key === "Escape") endsHide();
  if (next === undefined) return;
  event.preventDefault();
  endsShow(slots[Math.max(0, Math.min(last, next))]);
});

// --- row menus: one open at a time ---------------------------------------------------------------------

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".row-menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector(".row-menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// --- the form: unset settings are listed under "Add setting" -----------------------------------------------

const endsSettings = document.querySelector(".settings");

function endsClear(card) {
  for (const field of card.querySelectorAll("input, textarea, select")) {
    if (field.type === "checkbox") field.checked = false;
    else if (field.tagName === "SELECT") field.selectedIndex = 0;
    else field.value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

const endsIsTyped = (field) => {
  if (field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
  return field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
};
const endsIsSet = (field) => {
  if (field.type === "hidden") return false;
  if (field.type === "checkbox") return field.checked;
  return field.tagName === "SELECT" ? field.selectedIndex > 0 : field.value.trim() !== "";
};

// Returns the caption of a card: the loaded one until its fields change, then one that reflects them.
function endsCaption(card, loaded, usual) {
  const fields = [...card.querySelectorAll("input, textarea, select")];
  if (!fields.some(endsIsTyped)) return loaded;
  return fields.some(endsIsSet) ? "set here" : usual;
}

// Length of the longest menu that needs no filter.
const endsShort = 12;

// Fits the menu into the window: below its button, or above it if there is more room.
function endsFit(menu) {
  const drop = menu.querySelector(".drop");
  const at = menu.getBoundingClientRect();
  const below = innerHeight - at.bottom - 16;
  const isUp = below < 280 && at.top - 16 > below;
  drop.classList.toggle("up", isUp);
  drop.style.maxHeight = `${Math.max(160, Math.min(520, isUp ? at.top - 16 : below))}px`;
}

function endsNarrow(menu) {
  const wanted = menu.querySelector("input").value.trim().toLowerCase();
  const choices = [...menu.querySelectorAll(".choices > button")];
  for (const choice of choices) choice.hidden = !choice.textContent.toLowerCase().includes(wanted);
  menu.querySelector(".drop > p").hidden = choices.some((choice) => !choice.hidden);
}

function endsMenu(menu) {
  const cards = [...endsSettings.querySelectorAll(".setting")];
  const choices = menu.querySelector(".choices");
  choices.replaceChildren(...cards.filter((card) => card.hidden).map((card) => {
    const choice = Object.assign(document.createElement("button"), { type: "button", className: "plain" });
    const inherited = document.createElement("span");
    inherited.textContent = card.dataset.inherited;
    choice.append(card.querySelector("summary b").textContent, inherited);
    choice.addEventListener("click", () => {
      card.hidden = false;
      card.open = true;
      menu.open = false;
      endsMenu(menu);
      card.querySelector("input, textarea, select")?.focus();
    });
    return choice;
  }));
  menu.hidden = choices.childElementCount === 0;
  const filter = menu.querySelector("input");
  filter.value = "";
  filter.hidden = choices.childElementCount <= endsShort;
  endsNarrow(menu);
  document.getElementById("settings-none").hidden = cards.some((card) => !card.hidden);
}

if (endsSettings) {
  const menu = Object.assign(document.createElement("details"), { className: "add-setting" });
  const summary = Object.assign(document.createElement("summary"), { className: "button", textContent: "Add setting" });
  const drop = Object.assign(document.createElement("div"), { className: "drop" });
  const filter = Object.assign(document.createElement("input"), { type: "search", id: "add-setting-q", placeholder: "Filter settings", autocomplete: "off", spellcheck: false });
  filter.setAttribute("aria-label", "Filter settings");
  drop.append(filter, Object.assign(document.createElement("div"), { className: "choices" }),
    Object.assign(document.createElement("p"), { className: "soft small", textContent: "No setting matches.", hidden: true }));
  menu.append(summary, drop);
  endsSettings.querySelector(".settings-head").append(menu);
  for (const card of endsSettings.querySelectorAll(".setting")) {
    const state = card.querySelector("summary .soft");
    card.dataset.inherited = state.textContent;
    card.hidden = !card.open;
    const remove = Object.assign(document.createElement("button"), { type: "button", className: "plain remove-setting", textContent: "Remove setting" });
    remove.setAttribute("aria-label", `Remove setting ${card.querySelector("summary b").textContent}`);
    remove.addEventListener("click", () => {
      endsClear(card);
      card.hidden = true;
      card.dataset.inherited = card.querySelector(".stack").dataset.usual;
      endsMenu(menu);
      summary.focus();
    });
    const shown = state.textContent;
    card.addEventListener("input", () => { state.textContent = endsCaption(card, shown, card.querySelector(".stack").dataset.usual); });
    card.addEventListener("change", () => { state.textContent = endsCaption(card, shown, card.querySelector(".stack").dataset.usual); });
    // Placed beside the fields, because a summary must not contain another control.
    card.querySelector(".stack").append(remove);
  }
  endsMenu(menu);
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  // Done before it opens: "toggle" fires later, so the menu would jump and lose text typed by then.
  summary.addEventListener("click", () => {
    endsFit(menu);
    filter.value = "";
    endsNarrow(menu);
  });
  menu.addEventListener("toggle", () => {
    if (!menu.open) return;
    if (!filter.hidden && matchMedia("(hover: hover)").matches) filter.focus({ preventScroll: true });
  });
  for (const moved of ["scroll", "resize"]) addEventListener(moved, () => { if (menu.open) endsFit(menu); }, { passive: true });
  filter.addEventListener("input", (event) => {
    event.stopPropagation();
    endsNarrow(menu);
  });
  menu.addEventListener("keydown", (event) => {
    const choices = [...menu.querySelectorAll(".choices > button:not([hidden])")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      menu.open = false;
      summary.focus();
    } else if (step && menu.open) {
      const next = choices.indexOf(document.activeElement) + step;
      if (next < 0 && !filter.hidden) filter.focus();
      else choices[Math.max(0, Math.min(choices.length - 1, next))]?.focus();
      event.preventDefault();
    } else if (event.key === "Enter" && event.target === filter) {
      event.preventDefault();
      choices[0]?.click();
    }
  });
}

// --- settings of a site: QLM's section appears with its envelope, the section list follows scrolling -----

const endsSections = document.querySelector(".sections");
if (endsSections) {
  const envelope = document.getElementById("envelope");
  envelope.addEventListener("change", () => {
    if (envelope.value !== "qlm") return;
    for (const part of [document.getElementById("qlm"), endsSections.querySelector("[data-for=qlm]")]) part.hidden = false;
  });
  const links = [...endsSections.querySelectorAll("a")];
  const at = () => {
    const last = innerHeight + scrollY >= document.documentElement.scrollHeight - 4;
    const shown = links.filter((link) => !link.parentElement.hidden);
    const passed = shown.filter((link) => document.querySelector(link.hash).getBoundingClientRect().top < 180);
    const now = last ? shown[shown.length - 1] : passed[passed.length - 1] ?? shown[0];
    for (const link of links) {
      if (link === now) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  addEventListener("scroll", at, { passive: true });
  at();
}

// --- settings of a site: the button shows the number of changes, unless some need correction ---------------

const endsChanges = document.querySelector("form[data-counts-changes=yes]");
if (endsChanges?.querySelector(".save-bar")) {
  const save = endsChanges.querySelector(".save-bar button.first");
  const discard = endsChanges.querySelector(".save-bar a");
  const count = () => {
    const changed = [...endsChanges.elements].filter((field) => field.name && field.type !== "hidden" && endsIsTyped(field)).length;
    save.disabled = changed === 0;
    save.textContent = changed === 0 ? "Save" : `Save ${changed} ${changed === 1 ? "change" : "changes"}`;
    discard.hidden = changed === 0;
  };
  endsChanges.addEventListener("input", count);
  endsChanges.addEventListener("change", count);
  addEventListener("pageshow", count);
  count();
}

// --- the form: rows, added and removed without a request ----------------------------------------------------

function endsNumber(line, number) {
  for (const part of line.querySelectorAll("[name], button[value]")) {
    if (part.tagName === "BUTTON") part.value = part.value.replace(/-\d+$/, `-${number}`);
    else part.name = part.name.replace(/-\d+$/, `-${number}`);
  }
  for (const part of [line, ...line.querySelectorAll("[aria-label]")]) {
    part.setAttribute("aria-label", part.getAttribute("aria-label").replace(/\d+$/, number + 1));
  }
}

function endsBlank(line) {
  line.querySelectorAll("input[type=hidden]").forEach((field) => field.remove());
  for (const field of line.querySelectorAll("input, select")) {
    if (field.type === "password") field.type = "text";
    if (field.type === "checkbox") Object.assign(field, { checked: false, defaultChecked: false, disabled: false });
    else if (field.tagName === "SELECT") field.selectedIndex = 0;
    else Object.assign(field, { value: "", defaultValue: "" });
    if (field.placeholder.startsWith("unchanged")) field.placeholder = "";
  }
}

for (const lines of document.querySelectorAll("[data-lines]")) {
  const add = lines.parentElement.querySelector("[data-add-line]");
  const numbered = () => [...lines.children].forEach(endsNumber);
  add.addEventListener("click", (event) => {
    event.preventDefault();
    const line = lines.lastElementChild.cloneNode(true);
    endsBlank(line);
    lines.append(line);
    numbered();
    line.querySelector("input").focus();
  });
  lines.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    const line = button.closest(".line-row");
    if (lines.children.length > 1) line.remove();
    else endsBlank(line);
    numbered();
    add.focus();
    lines.querySelector("input").dispatchEvent(new Event("input", { bubbles: true }));
  });
  lines.addEventListener("change", (event) => {
    if (event.target.type !== "checkbox") return;
    event.target.closest(".line-row").querySelector("[name*='-value-']").type = event.target.checked ? "password" : "text";
  });
}

// --- the form: fields of the newest event of the chosen types, for the filter --------------------------------

const endsPaths = document.getElementById("filter-paths");
const endsChosen = (form) => [...form.getAll("type"), form.get("patterns")].join("\n");

if (endsPaths) {
  const form = document.getElementById("filter").form;
  const newest = document.getElementById("filter-newest");
  let known = endsChosen(new FormData(form));
  let asked = known;
  let waits = 0;
  const cell = (text) => {
    const place = document.createElement("td");
    place.append(Object.assign(document.createElement("code"), { textContent: text }));
    return place;
  };
  const renew = async () => {
    const typed = new FormData(form);
    const chosen = endsChosen(typed);
    asked = chosen;
    if (chosen === known) return;
    const response = await fetch(endsPaths.dataset.from, { method: "POST", body: new URLSearchParams(typed), redirect: "error" });
    const text = await response.text();
    if (!response.ok || chosen !== asked) return;
    known = chosen;
    const paths = text.split("\n").filter((line) => line !== "").map((line) => line.split("\t"));
    endsPaths.replaceChildren(...paths.map(([path]) => Object.assign(document.createElement("option"), { value: path })));
    newest.hidden = paths.length === 0;
    newest.querySelector("tbody").replaceChildren(...paths.map(([path, value]) => {
      const row = document.createElement("tr");
      row.append(cell(path), cell(value));
      return row;
    }));
  };
  form.addEventListener("input", (event) => {
    if (!["type", "patterns"].includes(event.target.name)) return;
    clearTimeout(waits);
    waits = setTimeout(renew, 300);
  });
}

// --- the form: event types as a tree, whose groups are prefixes ----------------------------------------------

const endsList = document.querySelector(".type-picker [data-types]");
const endsPatterns = document.getElementById("patterns");

const endsWords = () => endsPatterns.value.split(/[\s,;]+/).filter((word) => word !== "");

function endsSetPattern(pattern, on) {
  const words = endsWords().filter((word) => word !== pattern);
  if (on) words.push(pattern);
  endsPatterns.value = words.join(", ");
  endsPatterns.dispatchEvent(new Event("input", { bubbles: true }));
}

function endsTick(text, what, note) {
  const label = Object.assign(document.createElement("label"), { className: "tick" });
  const box = Object.assign(document.createElement("input"), { type: "checkbox", id: `group-${what}` });
  const name = document.createElement("code");
  name.textContent = text;
  label.append(box, name, note);
  box.addEventListener("change", () => endsSetPattern(what, box.checked));
  return { label, box };
}

if (endsList && endsPatterns) {
  const ticks = [...endsList.querySelectorAll("label")].map((label) => ({ label, box: label.querySelector("input") }));
  const groups = new Map();
  for (const tick of ticks) {
    const prefix = tick.box.value.match(/^[^._]+[._]/)?.[0] ?? "";
    groups.set(prefix, [...(groups.get(prefix) ?? []), tick]);
  }
  const tree = Object.assign(document.createElement("div"), { className: "tree" });
  const search = Object.assign(document.createElement("input"), { type: "search", id: "types-q", placeholder: "Filter event types", autocomplete: "off" });
  search.setAttribute("aria-label", "Filter event types");
  const all = endsTick("*", "*", "all types, also those added later");
  tree.append(search, all.label);
  const parts = [];
  for (const [prefix, members] of groups) {
    const box = prefix !== "" && members.length > 1 ? endsTick(`${prefix}*`, `${prefix}*`, "also types added later") : null;
    const list = Object.assign(document.createElement("div"), { className: box ? "ticks-list" : "" });
    list.append(...members.map((tick) => tick.label));
    const part = document.createElement("div");
    if (box) part.append(box.label);
    part.append(list);
    tree.append(part);
    parts.push({ part, members, box: box?.box ?? null, pattern: `${prefix}*` });
  }
  endsList.replaceWith(tree);

  // A type that a pattern includes is shown as ticked, but not sent as well.
  const show = () => {
    const words = endsWords();
    all.box.checked = words.includes("*");
    for (const { members, box, pattern } of parts) {
      for (const tick of members) {
        const included = words.some((word) => word.endsWith("*") && tick.box.value.startsWith(word.slice(0, -1)));
        if (tick.box.disabled === included) continue;
        tick.box.disabled = included;
        tick.box.checked = included;
      }
      if (!box) continue;
      const count = members.filter((tick) => tick.box.checked).length;
      box.disabled = words.includes("*");
      box.checked = box.disabled || words.includes(pattern);
      box.indeterminate = !box.checked && count > 0;
    }
    all.box.indeterminate = !all.box.checked && ticks.some((tick) => tick.box.checked);
  };
  endsPatterns.addEventListener("input", show);
  tree.addEventListener("change", show);
  // The field is needed only for patterns that the tree does not show.
  const shown = new Set(["*", ...parts.filter(({ box }) => box).map(({ pattern }) => pattern)]);
  const isOther = endsPatterns.matches("[aria-invalid]") || endsWords().some((word) => !shown.has(word));
  if (ticks.length > 0) endsPatterns.closest("details").open = isOther;
  search.addEventListener("input", () => {
    const wanted = search.value.trim().toLowerCase();
    for (const { part, members } of parts) {
      for (const tick of members) tick.label.hidden = !tick.box.value.toLowerCase().includes(wanted);
      part.hidden = members.every((tick) => tick.label.hidden);
    }
  });
  show();
}
