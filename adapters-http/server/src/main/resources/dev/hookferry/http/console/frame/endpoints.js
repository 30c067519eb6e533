// Endpoints: charts that tell what they show, menus of rows, the form. Everything works without this script, too.
"use strict";

// Global names of this file begin with "ends", since all scripts share the scope.

// --- charts: the numbers of the slot that is pointed at or walked to ----------------------------------

let endsTip = null;

function endsShow(slot) {
  const title = slot.querySelector("title");
  // Taken out so that the browser shows no tip of its own.
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

// --- menus of rows: one at a time ----------------------------------------------------------------------

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

// --- the filter of the list applies at once ---------------------------------------------------------------

document.querySelector(".endpoint-filter")?.addEventListener("change", (event) => {
  if (event.target.matches("select")) event.target.form.requestSubmit();
});
