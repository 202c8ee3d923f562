// What all parts of the composer do to a text field, so that the browser's own undo still works.

export function insert(field, text) {
  field.focus();
  if (document.execCommand("insertText", false, text)) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

export function replace(field, start, end, text) {
  field.focus();
  field.setSelectionRange(start, end);
  insert(field, text);
}

// What is still being composed belongs to the input method, Enter and arrows too.
export const isComposing = (event) => event.isComposing || event.keyCode === 229;

const BLANK = /\{[a-z_]+\}/g;

export function selectBlank(field, { from = field.selectionEnd, back = false } = {}) {
  const blanks = [...field.value.matchAll(BLANK)];
  const next = back ? blanks.findLast((blank) => blank.index < field.selectionStart) : blanks.find((blank) => blank.index >= from);
  if (!next) return false;
  field.setSelectionRange(next.index, next.index + next[0].length);
  return true;
}

export function say(words) {
  document.getElementById("said").textContent = words;
}
