// Pasted JSON, commands and traces become a block of code by themselves. One undo takes the block off, the next the text.
import { insert, replace } from "./typing.js";

document.addEventListener("paste", (event) => {
  const field = event.target;
  if (!field.matches?.("textarea[data-send]") || event.clipboardData.files.length) return;
  const text = event.clipboardData.getData("text/plain").replaceAll("\r\n", "\n");
  const language = languageOf(text.trim());
  if (language === null || isInBlock(field)) return;
  event.preventDefault();
  const start = field.selectionStart;
  insert(field, text);
  const before = start && field.value[start - 1] !== "\n" ? "\n" : "";
  const after = field.value[start + text.length] === "\n" ? "" : "\n";
  replace(field, start, start + text.length, `${before}\`\`\`${language}\n${text.trimEnd()}\n\`\`\`${after}`);
});

function languageOf(text) {
  if (/^[{[]/.test(text) && text.length > 20 && isJson(text)) return "json";
  if (/^(?:\$ )?curl\s+\S/.test(text)) return "sh";
  if (!text.includes("\n")) return null;
  if (/^HTTP\/\d/m.test(text)) return "http";
  if (/^Traceback \(most recent call last\)/m.test(text) || /^\s+at .+[(:]\d+/m.test(text)) return "";
  const stamped = text.split("\n").filter((line) => /^\[?\w{0,5}\]?\s?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:/.test(line));
  return stamped.length > 1 ? "" : null;
}

function isJson(text) {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

const isInBlock = (field) => (field.value.slice(0, field.selectionStart).match(/^```/gm) ?? []).length % 2 === 1;
