// Single keys. An element with data-key="r" is what the key presses: it is clicked, or gets the focus if it is a field.
// "Shift+e" is a letter with Shift, "g i" one key after the other. A key whose element is absent does nothing.
import { currentRow, linkOf, rowKeys } from "./rows.js";

const WAIT = 700; // ms for the next key of a sequence
export const FIELDS = "input:not([type=checkbox], [type=radio], [type=submit], [type=button]), select, textarea, [contenteditable=true]";
export const OPEN = "dialog[open], [popover]:popover-open";

let typed = [];
let timer;

export const singleKeysAreOn = () => document.body.dataset.singleKeys === "on";

document.addEventListener("keydown", (event) => {
  if (!singleKeysAreOn() || !isSingle(event) || isBusy(event.target)) return;
  clearTimeout(timer);
  typed.push(nameOf(event));
  if (typed.length > 1 && !means(typed.join(" "))) {
    // A mistyped sequence does nothing; of one that meant something already, this key begins anew.
    const before = typed.slice(0, -1).join(" ");
    typed = isKnown(before) ? typed.slice(-1) : [];
    if (!typed.length) return event.preventDefault();
    act(before);
  }
  const keys = typed.join(" ");
  const goesOn = isBeginning(keys);
  if (!goesOn) typed = [];
  if (!goesOn && !isKnown(keys)) return;
  event.preventDefault();
  if (!goesOn) return act(keys);
  timer = setTimeout(() => {
    typed = [];
    if (isKnown(keys)) act(keys);
  }, WAIT);
});

// What an input method is composing belongs to it, whatever the key; so does what is pressed with Ctrl, Alt or Cmd.
function isSingle(event) {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return false;
  if (event.repeat && !"jk".includes(event.key)) return false;
  const types = event.getModifierState("AltGraph"); // [ and ] on many layouts
  if (event.metaKey || (!types && (event.ctrlKey || event.altKey))) return false;
  return event.key.length === 1 && event.key !== " ";
}

function isBusy(target) {
  return Boolean(target.closest?.(FIELDS) || document.querySelector(OPEN));
}

function nameOf(event) {
  const key = event.key.toLowerCase();
  return event.shiftKey && key !== event.key.toUpperCase() ? `Shift+${key}` : key;
}

const isKnown = (keys) => Boolean(rowKeys[keys]?.isThere() || find(keys) || inBulk(keys));

const means = (keys) => isKnown(keys) || isBeginning(keys);

function isBeginning(keys) {
  return Boolean(document.querySelector(`[data-key^="${CSS.escape(keys)} "]`));
}

function act(keys) {
  if (rowKeys[keys]?.isThere()) return rowKeys[keys].act();
  const element = isSelecting() && inBulk(keys) ? null : find(keys);
  if (element) return press(element);
  if (isSelecting()) return press(inBulk(keys));
  meanRow(currentRow(), inBulk(keys));
}

// Nothing is selected: the action means this row, which is not selected by it either.
function meanRow(row, button) {
  const box = row.querySelector(".check");
  const [asks, page] = [button.getAttribute("hx-get"), button.name === "go" && button.value];
  if (asks) htmx.ajax("GET", `${asks}?number=${box.value}`, { source: linkOf(row), target: "#editor", swap: "innerHTML" });
  else if (page) location.assign(`${page}?number=${box.value}`);
  else {
    box.checked = true;
    button.click();
  }
}

// Of a row only what stands in the current one is meant; of the rail also what is folded away.
export function find(keys) {
  const all = [...document.querySelectorAll(`[data-key="${CSS.escape(keys)}"]`)].filter((one) => !one.disabled);
  const row = currentRow();
  return (
    all.find((one) => row?.contains(one)) ??
    all.find((one) => one.closest("main") && !one.closest("tbody") && isReachable(one)) ??
    all.find((one) => !one.closest("main"))
  );
}

const isSelecting = () => Boolean(document.querySelector(".bulk.is-open, .rows .check:checked"));
const inBulk = (keys) => (isSelecting() || currentRow()) && document.querySelector(`.bulk [data-key="${CSS.escape(keys)}"]`);

function isReachable(element) {
  return element.checkVisibility() || Boolean(element.closest("details:not([open])")?.checkVisibility());
}

export function press(element) {
  if (element.matches("summary")) return unfold(element.parentElement);
  if (element.matches(FIELDS)) return focusOn(element);
  const form = element.matches("button") ? element.form : null;
  for (const other of form?.querySelectorAll("[data-chosen]") ?? []) other.removeAttribute("data-chosen");
  const lacking = form && !form.noValidate && element.closest("details:not([open])") && form.querySelector(":invalid:not(fieldset)");
  if (lacking) {
    element.dataset.chosen = ""; // Ctrl+Enter in the form means this button
    element.closest("details:not([open])").open = true;
    return focusOn(lacking);
  }
  element.click();
  const next = element.dataset.focus && document.querySelector(element.dataset.focus);
  if (next) focusOn(next);
}

// A pointer on such a label means the field too; arrows among the tabs only walk there.
document.addEventListener("click", (event) => {
  const label = event.detail && event.target.closest("label[data-focus]");
  if (label && !event.target.matches("input")) setTimeout(() => focusOn(document.querySelector(label.dataset.focus)));
});

function unfold(details) {
  details.open = true;
  (details.querySelector("select, textarea, input:not([type=hidden]), button, a") ?? details.firstElementChild).focus();
}

function focusOn(field) {
  field.focus();
  field.scrollIntoView({ block: "nearest" });
  if (field.type === "search") field.select();
}

/** The words of a button, without the key that stands in it. */
export function wordsOf(element) {
  const copy = element.cloneNode(true);
  for (const key of copy.querySelectorAll("kbd")) key.remove();
  return copy.textContent.trim().replace(/\s+/g, " ");
}

// Who cannot see the key on the button hears it or reads it in the title.
export function nameKeys(root = document) {
  for (const element of root.querySelectorAll("[data-key]")) {
    const keys = element.dataset.key;
    const target = element.matches("label") ? (element.control ?? element) : element;
    target.setAttribute("aria-keyshortcuts", keys);
    const title = element.getAttribute("title") ?? "";
    if (!title.endsWith(`(${keys})`)) element.title = `${title || element.ariaLabel || wordsOf(element)} (${keys})`;
  }
}
if (singleKeysAreOn()) nameKeys();
document.addEventListener("htmx:afterSwap", () => singleKeysAreOn() && nameKeys());

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

export function nameForMac(root = document) {
  for (const key of isMac ? root.querySelectorAll("[data-mac]") : []) key.textContent = key.dataset.mac;
}
nameForMac();

// The page of keys opens over the page that one is on; its switch counts at once.
const sheet = document.getElementById("sheet");
document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-sheet]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const answer = await fetch(link.href, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return location.assign(link.href);
  sheet.innerHTML = await answer.text();
  htmx.process(sheet);
  sheet.showModal();
});
sheet?.addEventListener("click", (event) => {
  if (event.target === sheet || event.target.closest("[data-close]")) sheet.close();
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest?.("[data-switch-keys]");
  if (!form || !event.detail.successful) return;
  document.body.dataset.singleKeys = form.elements.single_keys.checked ? "on" : "off";
  document.getElementById("said").textContent = form.dataset.saved;
});

// Copies what the button names and says so.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copies);
  document.getElementById("said").textContent = `${button.dataset.copied} ${button.dataset.copies}`;
});
