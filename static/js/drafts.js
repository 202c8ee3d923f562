// What is typed is kept on the server: a second after the last key, and when the field or the page is left.
// Only while the connection is lost it stays in this tab, and the line under the text says so.

const PAUSE = 1000;
const AGAIN = 5000;
const FIELDS = "form[data-draft] textarea[data-send]";
const states = new WeakMap(); // field → what is known of it

const copyOf = (field) => `draft:${location.pathname}:${field.id}`;
const lineOf = (field) => document.getElementById(field.getAttribute("aria-describedby"));

function stateOf(field) {
  if (!states.has(field)) states.set(field, { timer: 0, saving: false, dirty: false, sending: false });
  return states.get(field);
}

function begin() {
  for (const field of document.querySelectorAll(FIELDS)) restore(field);
}

// A value saved elsewhere on the page swaps the composer too; what stands in it goes over.
const carried = new Map();
document.addEventListener("htmx:beforeSwap", () => {
  for (const field of document.querySelectorAll(FIELDS)) {
    const known = field.form.elements.known.value;
    if (field.value !== field.defaultValue) carried.set(field.id, { body: field.value, known, dirty: stateOf(field).dirty });
  }
});

function restore(field) {
  const over = carried.get(field.id);
  carried.delete(field.id);
  if (over) {
    field.value = over.body;
    field.form.elements.known.value = over.known;
    if (over.dirty) later(field, PAUSE);
    return;
  }
  const copy = JSON.parse(sessionStorage.getItem(copyOf(field)) ?? "null");
  if (!copy) return;
  const arrived = copy.sent && Number(field.form.elements.seen.value) > copy.seen;
  if (arrived || field.form.querySelector("[role=alert]") || field.value.includes(copy.body)) {
    sessionStorage.removeItem(copyOf(field));
    return;
  }
  field.value = copy.body;
  field.form.elements.known.value = copy.known;
  changed(field);
  later(field, 0);
}

document.addEventListener("input", (event) => {
  isLeaving = false; // who types has stayed
  if (event.target.matches?.(FIELDS)) changed(event.target);
});
document.addEventListener("focusout", (event) => {
  if (event.target.matches?.(FIELDS)) save(event.target);
});
document.addEventListener("visibilitychange", () => document.hidden && saveAll());
addEventListener("pagehide", saveAll);
addEventListener("online", saveAll);

// The next page may have been written before what is on its way to the server arrived there: until that page has shown
// the text, the copy in this tab stays.
let isLeaving = false;
addEventListener("beforeunload", () => {
  isLeaving = true;
  for (const field of document.querySelectorAll(FIELDS)) {
    const state = stateOf(field);
    if ((state.dirty || state.saving) && !state.sending) keepCopy(field, false);
  }
});

// A text on its way is no draft any more; its copy goes when the next page shows that it arrived.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  for (const field of event.target.querySelectorAll("textarea[data-send]")) {
    const state = stateOf(field);
    clearTimeout(state.timer);
    state.sending = true;
    state.abort?.abort();
    keepCopy(field, true);
  }
});
addEventListener("pageshow", (event) => {
  isLeaving = false;
  if (event.persisted) for (const field of document.querySelectorAll(FIELDS)) stateOf(field).sending = false;
});

function changed(field) {
  stateOf(field).dirty = true;
  later(field, PAUSE);
}

function later(field, wait) {
  const state = stateOf(field);
  clearTimeout(state.timer);
  state.timer = setTimeout(save, wait, field);
}

function saveAll() {
  for (const field of document.querySelectorAll(FIELDS)) save(field);
}

async function save(field) {
  const state = stateOf(field);
  clearTimeout(state.timer);
  if (!state.dirty || state.saving || state.sending || !field.isConnected) return;
  if (state.asks) return keepCopy(field, false); // which of two texts is meant
  state.saving = true;
  const body = field.value;
  state.abort = new AbortController();
  const answer = await post(field, state.abort.signal);
  state.saving = false;
  if (state.sending) return;
  if (answer?.ok) {
    state.dirty = field.value !== body;
    if (!isLeaving) sessionStorage.removeItem(copyOf(field));
    field.form.elements.known.value = answer.known;
    tell(field, answer.said);
    if (state.dirty) later(field, PAUSE);
    return;
  }
  keepCopy(field, false);
  const line = lineOf(field);
  tell(field, answer ? answer.said || line.dataset.signedOut : line.dataset.offline, true);
  if (!answer) later(field, AGAIN);
  if (answer?.elsewhere !== undefined) ask(field, answer);
}

/** Another page of the same person saved another text: one of the two goes on, whichever the person says. */
function ask(field, { known, elsewhere }) {
  const state = stateOf(field);
  const line = lineOf(field);
  state.asks = true;
  const choose = (words, act) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "btn btn-s btn-bare", textContent: words });
    button.addEventListener("click", () => {
      act();
      state.asks = false;
      field.form.elements.known.value = known;
      changed(field);
      field.focus();
    });
    line.append(" ", button);
  };
  choose(line.dataset.take, () => (field.value = elsewhere));
  choose(line.dataset.keep, () => {});
}

async function post(field, signal) {
  const form = field.form;
  const data = new URLSearchParams();
  for (const name of ["csrfmiddlewaretoken", "kind", "seen", "known", "canned_reply", "body"]) {
    if (form.elements[name]) data.set(name, form.elements[name].value);
  }
  try {
    const answer = await fetch(form.dataset.draft, {
      method: "POST",
      body: data,
      headers: { "HX-Request": "true" },
      redirect: "error",
      keepalive: data.toString().length < 60_000, // what browsers let outlive a page
      signal,
    });
    const isOurs = answer.headers.get("Content-Type")?.includes("json");
    if (!isOurs) document.dispatchEvent(new Event("desk:refused")); // by somebody before the desk: most likely signed out
    return { said: "", ...(isOurs ? await answer.json() : {}), ok: answer.ok && isOurs };
  } catch {
    return null;
  }
}

function keepCopy(field, sent) {
  if (!field.value.trim()) return;
  const { seen, known } = field.form.elements;
  const copy = { body: field.value, seen: Number(seen.value), known: known.value, sent };
  sessionStorage.setItem(copyOf(field), JSON.stringify(copy));
}

function tell(field, words, isLost = false) {
  const line = lineOf(field);
  line.classList.toggle("is-lost", isLost);
  if (line.textContent !== words) line.textContent = words;
}

begin();
document.addEventListener("htmx:afterSwap", begin);
