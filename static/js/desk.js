// What the desk does beyond links and forms. Every page works without it.

const editor = document.getElementById("editor");

// A fragment asked for the editor opens it; Close and Escape put the focus back where it was.
let opener = null;
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target === editor) opener = document.activeElement;
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target === editor) {
    if (!editor.matches(":popover-open")) editor.showPopover();
    editor.querySelector("input, select, textarea, a")?.focus();
  } else if (event.detail.target.id === "ticket") {
    closeEditor();
  }
});
editor?.addEventListener("toggle", (event) => {
  if (event.newState === "closed" && opener?.isConnected) opener.focus();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("#editor [data-close]")) {
    event.preventDefault();
    closeEditor();
  }
});

function closeEditor() {
  if (editor.matches(":popover-open")) editor.hidePopover();
}

// Ctrl or Cmd with Enter sends the form that the text stands in; never while an input method is composing.
document.addEventListener("keydown", (event) => {
  const field = event.target.closest?.("[data-send]");
  if (!field || event.isComposing || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  field.form.requestSubmit();
});

// Copy the text of an element and say so.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const lines = document.querySelectorAll(`${button.dataset.copy} code`);
  await navigator.clipboard.writeText([...lines].map((line) => line.textContent).join("\n"));
  document.getElementById("said").textContent = button.title;
});

// One menu is open at a time; a click elsewhere or Escape closes it.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
