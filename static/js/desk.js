// What the desk does beyond links and forms. Every page works without it.
import "./leaving.js";
import "./staying.js";

const editor = document.getElementById("editor");
document.documentElement.classList.add("scripted");

// A fragment asked for the editor opens it beside what was pressed; Close and Escape put the focus back there.
let opener = null;
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target === editor && !editor.contains(event.detail.elt)) opener = event.detail.elt;
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target === editor) {
    if (!editor.matches(":popover-open")) editor.showPopover({ source: opener });
    const first = editor.querySelector("[data-first]");
    (first ?? editor.querySelector("[autofocus], input:not([type=hidden]), select, textarea, a"))?.focus();
  } else if (event.detail.target.id === "ticket") {
    closeEditor();
  }
});
// What was pressed may have been replaced meanwhile; its successor stands at the same address.
editor?.addEventListener("toggle", (event) => {
  if (event.newState !== "closed" || !opener) return;
  const successor = document.querySelector(`[hx-get="${opener.getAttribute("hx-get")}"]`);
  (opener.isConnected ? opener : successor)?.focus();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("#editor [data-close]")) {
    event.preventDefault();
    closeEditor();
  }
});

// What is being loaded says so to those who cannot see it.
document.addEventListener("htmx:beforeRequest", (event) => event.detail.target?.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", (event) => event.detail.target?.removeAttribute("aria-busy"));

function closeEditor() {
  if (editor.matches(":popover-open")) editor.hidePopover();
}

function say(words) {
  document.getElementById("said").textContent = words;
}

// Ctrl or Cmd with Enter sends the form that the text stands in; never while an input method is composing.
document.addEventListener("keydown", (event) => {
  const field = event.target.closest?.("[data-send], [data-enter]");
  if (!field || event.isComposing || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  field.form.requestSubmit(field.form.querySelector("[data-chosen]"));
});

// Words named under the composer are found in the text; a blank is gone to before anything is sent.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-find]");
  if (button) select(document.getElementById("reply-body"), button.dataset.find);
});
document.getElementById("reply-form")?.addEventListener("submit", (event) => {
  const body = document.getElementById("reply-body");
  const open = [...event.target.querySelectorAll("[data-find^='{']")].find((blank) =>
    body.value.includes(blank.dataset.find),
  );
  if (!open) return;
  event.preventDefault();
  select(body, open.dataset.find);
  say(open.parentElement.textContent.trim());
});

function select(field, words) {
  const start = field.value.indexOf(words);
  field.focus();
  if (start >= 0) field.setSelectionRange(start, start + words.length);
}

// A link to something folded unfolds it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-open]");
  const folded = link && document.querySelector(link.dataset.open);
  if (!folded) return;
  folded.open = true;
  folded.querySelector("summary").focus();
});

// Who comes for the outcome, from a row of the list, begins in its form: once the browser has gone to the place itself.
addEventListener("load", () => {
  const outcome = location.hash === "#outcome" && document.querySelector("#outcome details:not([open])");
  if (!outcome) return;
  outcome.open = true;
  outcome.querySelector("select, textarea, input:not([type=hidden])").focus();
});

// Copy the text of an element and say so.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const lines = document.querySelectorAll(`${button.dataset.copy} code`);
  await navigator.clipboard.writeText([...lines].map((line) => line.textContent).join("\n"));
  say(button.dataset.copied);
});

// One menu is open at a time; a click elsewhere closes it.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
// A toast goes by itself once it was read.
setTimeout(() => document.querySelector(".toasts:not(.connection)")?.remove(), 6000);
