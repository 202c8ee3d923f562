// After an action a whole page comes back. Once it is there it says what happened, for what stands in a page from the
// start is not announced; and the focus goes where it was, or to the nearest thing that is still there. A form that was
// refused has it on the first field to mend, in the order of the page.
import { FIELDS } from "./keys.js";
import { say } from "./typing.js";

const KEPT = "acted";
const LASTS = 30_000; // ms that a page may take to come
const DONE = ":is(#undo-send, #undo-change, .undo-bar) [role=status]";
const WRONG = "main form :is([aria-invalid=true], .error), #held, #changed";

// data-then names the place where the focus belongs afterwards, data-done what to say where the page says nothing.
document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
  const places = form.dataset.then ? [form.dataset.then] : placesOf(submitter ?? form);
  const acted = { at: Date.now(), path: location.pathname, places, done: form.dataset.done ?? "" };
  sessionStorage.setItem(KEPT, JSON.stringify(acted));
});

addEventListener("load", () => {
  const acted = taken();
  const isHere = acted?.path === location.pathname && document.activeElement === document.body;
  if (isRefused()) lead(firstToMend());
  else if (isHere) lead(nearest(acted.places));
  setTimeout(() => say(wordsOf(acted) || document.getElementById("said").textContent), 200);
});

function taken() {
  const acted = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  sessionStorage.removeItem(KEPT);
  return acted && Date.now() - acted.at < LASTS ? acted : null;
}

function isRefused() {
  const status = performance.getEntriesByType("navigation")[0]?.responseStatus; // not every browser tells
  return status ? status === 422 : Boolean(document.querySelector("main [aria-invalid=true]"));
}

function wordsOf(acted) {
  const told = [...document.querySelectorAll(".toasts:not(.connection) .toast")];
  const done = acted && !isRefused() ? [...document.querySelectorAll(DONE)] : [];
  const words = [...told, ...done].map((each) => each.textContent.trim());
  if (!words.length && acted && !isRefused()) return acted.done;
  return words.join(" ");
}

/** Selectors of the control and of all that it stands in, the nearest first. */
function placesOf(control) {
  const { key } = control.dataset;
  const places = key ? [`main [data-key="${CSS.escape(key)}"]`] : [];
  for (let at = control; at && !at.matches("main, body"); at = at.parentElement) {
    if (at.id) places.push(`#${CSS.escape(at.id)}`);
  }
  return places;
}

function nearest(places) {
  for (const place of [...places, "main h1"]) {
    const found = document.querySelector(place);
    const shown = found?.matches("details") ? found.querySelector("summary") : found;
    if (shown?.checkVisibility()) return shown;
  }
  return null;
}

function firstToMend() {
  const wrong = [...document.querySelectorAll(WRONG)].find((each) => each.checkVisibility());
  if (!wrong?.matches(".error")) return wrong;
  return wrong.closest(".field, fieldset, form").querySelector("input:not([type=hidden]), select, textarea") ?? wrong;
}

function lead(place) {
  if (!place) return;
  if (place.tabIndex < 0) place.tabIndex = -1;
  place.focus({ preventScroll: true });
  if (place.matches("textarea")) place.setSelectionRange(place.value.length, place.value.length);
  place.scrollIntoView({ block: place.matches(`${FIELDS}, [role=alert]`) ? "center" : "nearest" });
}
