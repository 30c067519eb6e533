// Shows every time on a page in the visitor's time zone, which the page names once, with UTC in the tooltip.
// Without this script, times are in UTC.
"use strict";

const timesZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
// 24-hour clocks have two digits, whatever the language.
const timesHour = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions().hourCycle.startsWith("h2") ? "2-digit" : "numeric";
const timesFull = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const timesMinute = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const timesThisYear = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: timesHour, minute: "2-digit" });
const timesClock = new Intl.DateTimeFormat(undefined, { hour: timesHour, minute: "2-digit", second: "2-digit" });
const timesClockMinute = new Intl.DateTimeFormat(undefined, { hour: timesHour, minute: "2-digit" });
const timesDay = new Intl.DateTimeFormat(undefined, { weekday: "short", hour: timesHour, minute: "2-digit" });
const timesDate = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short", hour: timesHour, minute: "2-digit" });

// 2026-04-29 16:39:49.123 UTC, 16:39:49 UTC, Wed 29 Apr, 16:00 UTC, 29 Apr 16:00 UTC; seconds may be missing.
const timesPattern = /(?:(\d{4}-\d\d-\d\d) |((?:[A-Z][a-z]{2} )?\d{1,2} [A-Z][a-z]{2}),? )?(\d\d:\d\d)(:\d\d(?:\.\d{1,3})?)? UTC/g;
// 2026-04-29 00:00 UTC – 2026-04-30 00:00 UTC, or since 2026-04-29 00:00 UTC.
const timesPeriod = /^(?:since )?(\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC(?: – (\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC)?$/;
const timesKept = "pre, code, textarea, script, style, .json, [data-local], .utc";

function timesLocal(text, date, day, minute, seconds) {
  const rest = `${minute}${seconds ?? ""}`;
  const now = new Date();
  if (date) {
    const then = new Date(`${date}T${rest}Z`);
    const format = seconds ? timesFull : then.getFullYear() === now.getFullYear() ? timesThisYear : timesMinute;
    return format.format(then);
  }
  if (day) {
    const then = new Date(`${day} ${now.getUTCFullYear()} ${minute} UTC`);
    if (then - now > 86400000) then.setUTCFullYear(then.getUTCFullYear() - 1);
    return Number.isNaN(then.getTime()) ? text : (/^\d/.test(day) ? timesThisYear : timesDate).format(then);
  }
  const then = new Date(`${now.toISOString().slice(0, 10)}T${rest}Z`);
  return (seconds ? timesClock : timesClockMinute).format(then);
}

// Replaces a period of exactly one day by the name of that day; leaves any other as it is.
function timesNamedDay(text, date, minute, endDate, endMinute) {
  const midnight = (days) => {
    const now = new Date();
    return new Date(now.getFullYear(), now.getMonth(), now.getDate() - days);
  };
  const from = new Date(`${date}T${minute}Z`);
  if (!endDate) return text.startsWith("since ") && from - midnight(0) === 0 ? "Today" : text;
  const next = new Date(from);
  next.setDate(next.getDate() + 1);
  if (from.getHours() + from.getMinutes() > 0 || next - new Date(`${endDate}T${endMinute}Z`) !== 0) return text;
  if (from - midnight(1) === 0) return "Yesterday";
  return new Intl.DateTimeFormat(undefined, { dateStyle: "medium" }).format(from);
}

function timesIn(root) {
  const walker = document.createTreeWalker(root.body ?? root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) if (walker.currentNode.data.includes(" UTC")) found.push(walker.currentNode);
  for (const node of found) {
    const parent = node.parentElement;
    if (!parent || parent.closest(timesKept)) continue;
    const local = node.data.replace(timesPeriod, timesNamedDay).replace(timesPattern, timesLocal);
    if (local === node.data) continue;
    const utc = node.data.match(timesPattern).join(", ");
    node.data = local;
    if (parent.namespaceURI.endsWith("/xhtml") && !parent.closest("[title]")) parent.title = utc;
  }
  for (const time of root.querySelectorAll("time[title]:not([data-utc])")) {
    time.dataset.utc = "";
    time.title = `${timesFull.format(new Date(time.dateTime))} · ${time.title}`;
  }
  for (const tick of root.querySelectorAll(".ticks [data-at]")) {
    const format = tick.textContent.includes(" ") ? timesDay : timesClockMinute;
    if (tick.textContent.includes(":")) tick.textContent = format.format(new Date(tick.dataset.at));
    tick.removeAttribute("data-at");
  }
}

const timesNamed = document.getElementById("zone");
if (timesNamed) {
  const short = new Intl.DateTimeFormat("en", { timeZoneName: "short" }).formatToParts(new Date()).find((part) => part.type === "timeZoneName").value;
  const zone = timesZone.replaceAll("_", " ");
  timesNamed.textContent = timesZone === "UTC" ? "Times in UTC" : `Times in ${zone.split("/").pop()} (${short})`;
  timesNamed.title = `${zone}. A tooltip shows each time in UTC, too`;
}
