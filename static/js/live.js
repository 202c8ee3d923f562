// Keeps the page true while somebody looks at it: counts, who is here, new messages. One cheap question every five
// seconds; none while the tab is hidden; fewer while there is no connection. What is typed is never touched.
import { nameForMac, nameKeys, singleKeysAreOn } from "./keys.js";

const EVERY = 5_000;
const SLOWEST = 60_000;
const REFUSED = [401, 403, 404];
const TYPES_FOR = 30_000; // after the last key, a person counts as replying
const live = document.getElementById("live");
const said = document.getElementById("said");
const unsent = document.getElementById("unsent");

let rev = live?.dataset.rev ?? "";
let failures = 0;
let asking = null;
let isSignedOut = false;
let timer;
let typedAt = 0;
let waiting = null; // the newest page, of which pieces wait until nobody works in them

function say(words) {
  if (words) said.textContent = words;
}

function address() {
  const url = new URL(live.dataset.poll, location.href);
  const rows = [...document.querySelectorAll("[data-here-of]")].map((slot) => slot.dataset.hereOf);
  const seen = document.querySelector("#reply-form [name=revision]")?.value;
  if (rows.length) url.searchParams.set("rows", rows.join(" "));
  if (seen) url.searchParams.set("seen", seen);
  if (Date.now() - typedAt < TYPES_FOR) url.searchParams.set("state", "replying");
  url.searchParams.set("rev", rev);
  return url;
}

/** One question at a time; who asks meanwhile waits for the same answer. */
function look() {
  if (document.hidden || !live) return Promise.resolve();
  clearTimeout(timer);
  asking ??= ask();
  return asking;
}

async function ask() {
  const answer = await answerOf(address());
  try {
    if (answer) take(answer);
    else lose();
  } catch (problem) {
    reportError(problem); // a fault of this page is no lost connection
  } finally {
    asking = null;
    if (!isSignedOut && !document.hidden) timer = setTimeout(look, Math.min(EVERY * 2 ** failures, SLOWEST));
  }
}

/** With its text; null where none came whole, or none that the desk meant. */
async function answerOf(url) {
  try {
    const headers = { "HX-Request": "true", "HX-Current-URL": location.href };
    const answer = await fetch(url, { headers, cache: "no-store" });
    const { redirected, status } = answer;
    if (!answer.ok && !REFUSED.includes(status)) return null;
    return { redirected, status, text: await answer.text() };
  } catch {
    return null;
  }
}

function lose() {
  failures += 1;
  show("lost");
}

function take(answer) {
  if (answer.redirected || REFUSED.includes(answer.status)) {
    isSignedOut = answer.redirected || answer.status === 401;
    if (isSignedOut) return show("signed-out");
    return;
  }
  if (failures || isSignedOut) show("");
  failures = 0;
  isSignedOut = false;
  if (answer.status === 200) apply(new DOMParser().parseFromString(answer.text, "text/html"));
  if (waiting) refresh(waiting);
}

// One calm line about the connection, said once.
function show(state) {
  for (const line of document.querySelectorAll("#connection [data-when]")) {
    const isOn = line.dataset.when === state;
    if (isOn && line.hidden) say(line.textContent.trim());
    line.hidden = !isOn;
  }
  if (!state) unsent.hidden = true;
}

// Seen beside the button, and heard, each time.
function tellUnsent() {
  unsent.hidden = false;
  say(unsent.textContent.trim());
}

function apply(answer) {
  const root = answer.querySelector("[data-rev]");
  if (!root) return;
  rev = root.dataset.rev;
  for (const count of answer.querySelectorAll("[data-count]")) {
    for (const shown of document.querySelectorAll(`[data-count="${CSS.escape(count.dataset.count)}"]`)) {
      if (shown.textContent !== count.textContent) shown.textContent = count.textContent;
    }
  }
  for (const slot of document.querySelectorAll("[data-here-of]")) {
    fill(slot, answer.querySelector(`[data-here-of="${slot.dataset.hereOf}"]`)?.innerHTML ?? "");
  }
  for (const piece of answer.querySelectorAll("[data-into]")) {
    const place = document.getElementById(piece.dataset.into);
    if (place && fill(place, piece.innerHTML.trim()) && "says" in place.dataset) say(place.textContent.trim());
  }
  const page = answer.querySelector("template[data-page]");
  if (page) {
    refresh(page.content);
    say(root.dataset.said);
  }
}

function fill(place, html) {
  if (place.dataset.shown === html || (place.dataset.shown === undefined && place.innerHTML.trim() === html)) return false;
  place.dataset.shown = html;
  place.innerHTML = html;
  return Boolean(html);
}

// Takes over what changed on the ticket: messages one by one, other regions as a whole once nobody works in them.
function refresh(page) {
  waiting = null;
  merge(document.getElementById("conversation"), page.querySelector("#conversation"));
  for (const region of document.querySelectorAll("[data-live]")) {
    const fresh = page.querySelector(`#${CSS.escape(region.id)}`);
    if (!fresh || !region.isConnected || shape(region) === shape(fresh)) continue;
    if (isWorkedIn(region)) waiting = page;
    else replace(region, fresh);
  }
}

function merge(shown, fresh) {
  if (!shown || !fresh) return;
  const ids = new Set([...fresh.children].map((child) => child.id));
  for (const child of [...shown.children]) if (child.id && !ids.has(child.id)) child.remove();
  let before = null;
  for (const child of fresh.children) {
    if (!child.id) {
      before ??= shown.querySelector(":scope > :not([id])"); // the head; it holds nothing new
      continue;
    }
    const old = document.getElementById(child.id);
    if (!old) {
      const copy = document.importNode(child, true);
      copy.classList.add("fresh");
      if (before) before.after(copy);
      else shown.prepend(copy);
      settle(copy);
      before = copy;
      continue;
    }
    before = shape(old) === shape(child) || isWorkedIn(old) ? old : replace(old, child);
  }
}

function replace(old, fresh) {
  const copy = document.importNode(fresh, true);
  const folded = [...copy.querySelectorAll("details")];
  old.querySelectorAll("details").forEach((details, at) => {
    if (details.open && folded[at]) folded[at].open = true;
  });
  if (old.open && copy.matches("details")) copy.open = true;
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  old.replaceWith(copy);
  settle(copy);
  const place = focused && document.getElementById(focused);
  if (place) settleOn(place);
  return copy;
}

// It was led to by a script, as it is again: nobody works in it.
function settleOn(place) {
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

function settle(element) {
  htmx.process(element);
  nameForMac(element);
  if (singleKeysAreOn()) nameKeys(element);
}

// What it says, where it leads and what can be done with it. Times since then differ by themselves, and scripts add what
// is theirs: that is no change.
const TELLING = ["id", "href", "action", "name", "value", "hidden", "disabled", "aria-label"];
function shape(element) {
  const copy = element.cloneNode(true);
  for (const passing of copy.querySelectorAll("time, .when, kbd, [name=csrfmiddlewaretoken]")) passing.remove();
  for (const following of copy.querySelectorAll("[data-following]")) following.removeAttribute("value");
  const parts = [copy, ...copy.querySelectorAll("*")].map((part) =>
    [...TELLING.map((name) => `${part.getAttribute(name)}`), ...[...part.classList].filter((name) => name.startsWith("t-"))].join(" "),
  );
  return [copy.textContent.replace(/\s+/g, " ").trim(), ...parts].join("\n");
}

function isWorkedIn(element) {
  const focused = document.activeElement;
  if (element.contains(focused) && focused.tabIndex >= 0) return true;
  if (element.matches("details[open]:is(.menu, :has(form))") || element.querySelector("details.menu[open], details[open] form")) return true;
  return [...element.querySelectorAll("textarea, input:not([type=hidden])")].some((field) =>
    ["checkbox", "radio"].includes(field.type) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue,
  );
}

// Showing what came meanwhile is reading it: from then on it does not stop the answer any more.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-read]");
  if (!button) return;
  const field = document.querySelector("#reply-form [name=revision]");
  if (field) field.value = button.dataset.read;
  const place = document.getElementById(button.dataset.at) ?? document.querySelector("#conversation > :last-child");
  button.closest("#meanwhile").replaceChildren();
  if (!place) return;
  settleOn(place);
  place.scrollIntoView({ block: "center" });
});

document.addEventListener("input", (event) => {
  if (!event.isTrusted || !event.target.matches?.("textarea[data-send]")) return;
  const isNews = Date.now() - typedAt >= TYPES_FOR;
  typedAt = Date.now();
  if (isNews) look();
});

// Without a connection nothing is sent into the void: the text stays where it is.
document.addEventListener(
  "submit",
  (event) => {
    if (!event.target.querySelector("[data-send], [data-enter]") || (navigator.onLine && !failures)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { target, submitter } = event;
    look().then(() => {
      if (navigator.onLine && !failures) target.requestSubmit(submitter);
      else tellUnsent();
    });
  },
  true,
);

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "ticket") return;
  waiting = null;
  look();
});
document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : look()));
document.addEventListener("desk:refused", look);
addEventListener("online", look);
addEventListener("offline", () => show("lost"));
addEventListener("pageshow", (event) => event.persisted && look());
if (live) look();
