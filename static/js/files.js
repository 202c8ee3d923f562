// Files that are pasted or dropped onto a form with a field for files are chosen there. What is pasted onto a ticket's
// page outside of any field opens the form for evidence with it.

const FIELD = "input, textarea, select, [contenteditable=true]";
let carried = null; // what was pasted before its form was there

document.addEventListener("paste", (event) => {
  const { clipboardData: data, target } = event;
  const text = data.getData("text/plain");
  const input = inputOf(target);
  if (data.files.length && !text && input) {
    event.preventDefault();
    return give(input, data.files);
  }
  const opener = document.querySelector("[data-paste-here]");
  if (!opener || target.closest?.(FIELD) || document.querySelector("dialog[open], [popover]:popover-open")) return;
  if (!text.trim() && !data.files.length) return;
  event.preventDefault();
  carried = { text, files: text ? [] : [...data.files] };
  opener.click();
});

document.addEventListener("htmx:afterSwap", (event) => {
  const field = event.detail.target.id === "editor" && event.detail.target.querySelector(".paste-form textarea");
  if (!field || !carried) return;
  field.value = carried.text;
  if (carried.files.length) give(inputOf(field), carried.files);
  carried = null;
});

for (const kind of ["dragover", "drop"]) {
  document.addEventListener(kind, (event) => {
    const input = event.dataTransfer?.types.includes("Files") && inputOf(event.target);
    if (!input) return;
    event.preventDefault(); // otherwise the browser leaves the page for the file
    if (kind === "drop") give(input, event.dataTransfer.files);
  });
}

function inputOf(element) {
  return element?.closest?.("form")?.querySelector("input[type=file][data-files]");
}

function give(input, files) {
  const all = new DataTransfer();
  for (const file of [...input.files, ...files]) all.items.add(file);
  input.files = all.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}
