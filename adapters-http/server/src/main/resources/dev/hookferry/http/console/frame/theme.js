// Updates the preview of a portal's theme while typing; without this script, a button does.
"use strict";

const themeForm = document.getElementById("theme-form");
const themeAccent = document.getElementById("accent");
const themePicked = document.getElementById("picked");
let themeTimer = 0;

async function themeShow() {
  if (!themeForm.checkValidity()) return;
  const query = new URLSearchParams(new FormData(themeForm));
  for (const frame of document.querySelectorAll(".previews iframe")) {
    const url = new URL(frame.src);
    for (const [name, value] of query) url.searchParams.set(name, value);
    if (url.href !== frame.src) frame.src = url.href;
  }
  for (const [name, value] of query) {
    const field = document.querySelector(`#theme-save input[name="${name}"]`);
    if (field) field.value = value;
  }
  const reply = await fetch(`${themeForm.action}?${query}`, { redirect: "error" });
  if (!reply.ok) return;
  const fresh = new DOMParser().parseFromString(await reply.text(), "text/html");
  document.getElementById("contrast").replaceChildren(...fresh.getElementById("contrast").childNodes);
}

document.getElementById("picker").hidden = false;
themePicked.addEventListener("input", () => { themeAccent.value = themePicked.value; });
themeForm.addEventListener("input", () => {
  if (/^#[0-9a-f]{6}$/i.test(themeAccent.value)) themePicked.value = themeAccent.value;
  clearTimeout(themeTimer);
  themeTimer = setTimeout(themeShow, 150);
});

// Replaces a newly created link with a notice once it has expired.
const linkExpiring = document.querySelector("#made [data-expiring]");
if (linkExpiring) {
  const end = Date.parse(linkExpiring.querySelector("time").dateTime);
  setTimeout(() => {
    const note = linkExpiring.closest("p");
    note.textContent = "The link has expired. Create another one.";
    note.setAttribute("role", "status");
    for (const part of document.querySelectorAll("#made a, #made button, #made code")) part.remove();
  }, Math.max(0, end - Date.now() - clockAhead));
}
