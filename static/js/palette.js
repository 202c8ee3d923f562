// Ctrl or Cmd with K: go anywhere, do what the page can do, find a ticket. Places are the links of the rail, actions
// the buttons that have a key; tickets, incidents and articles come from the server.
import { isMac, press, wordsOf } from "./keys.js";
import { isComposing } from "./typing.js";

const WAIT = 150; // ms after the last letter before the server is asked
const MOST = 7; // actions and places each, while something is typed
const dialog = document.getElementById("palette");
const field = dialog.querySelector("input");
const list = document.getElementById("palette-list");

let found = ""; // what the server said last
let answered = ""; // to these words
let isChosen = false; // by an arrow, and not only the first of the list
let isHurried = false; // Enter was pressed before the server had said what there is
let timer;
let asking; // ends the question that is out

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "k" || event.isComposing || event.shiftKey || event.altKey) return;
  if (isMac ? !event.metaKey || event.ctrlKey : !event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  toggle();
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-palette]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  toggle();
});

function toggle() {
  if (dialog.open) return dialog.close();
  if (document.querySelector("dialog[open]")) return;
  field.value = found = answered = "";
  isChosen = isHurried = false;
  dialog.showModal();
  show();
}

field.addEventListener("input", (event) => event.isComposing || look());
field.addEventListener("compositionend", look);

const asked = () => field.value.trim();

function look() {
  clearTimeout(timer);
  isChosen = isHurried = false;
  timer = setTimeout(ask, WAIT);
  show();
}

async function ask() {
  asking?.abort();
  asking = new AbortController();
  const words = asked();
  if (!words) return;
  const address = `${dialog.dataset.jump}?q=${encodeURIComponent(words)}`;
  const options = { headers: { "HX-Request": "true" }, signal: asking.signal };
  const answer = await fetch(address, options).catch(() => null);
  const isRight = answer?.ok && !answer.redirected;
  const markup = isRight ? await answer.text().catch(() => "") : "";
  if (words !== asked()) return;
  [found, answered] = [markup, words];
  show();
  if (isHurried) current()?.click();
}

function show() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = current()?.textContent;
  list.replaceChildren(
    group(dialog.dataset.actions, pick(actions(), words)),
    group(dialog.dataset.places, pick(places(), words)),
  );
  if (words.length) list.insertAdjacentHTML("beforeend", found);
  const isFound = Boolean(list.querySelector(".menu-item"));
  if (words.length) list.append(wayToAll(asked()));
  for (const empty of list.querySelectorAll("ul:not(:has(.menu-item))")) empty.remove();
  const options = [...list.querySelectorAll(".menu-item")];
  options.forEach((option, at) => {
    option.id = `palette-${at}`;
    option.setAttribute("role", "option");
    option.tabIndex = -1;
  });
  if (!isFound && (!words.length || answered === asked())) {
    list.prepend(Object.assign(document.createElement("p"), { className: "muted small", textContent: dialog.dataset.nothing }));
  }
  choose((isChosen && options.find((option) => option.textContent === chosen)) || options[0]);
}

// The list holds a few of each kind; the search has them all.
function wayToAll(words) {
  const box = Object.assign(document.createElement("ul"), { className: "palette-group" });
  const link = Object.assign(document.createElement("a"), { className: "menu-item" });
  link.href = `${dialog.dataset.search}?${new URLSearchParams({ q: words })}`;
  link.append(...[dialog.querySelector(".search .icon").cloneNode(true), dialog.dataset.all.replace("{words}", words)]);
  box.setAttribute("role", "presentation");
  box.append(link);
  return box;
}

// Every button with a key that can be pressed here, once, and what stands in the head and its menus; of the rows only
// those of the bar for the selection.
function actions() {
  const all = [...document.querySelectorAll("main :is([data-key], .toolbar > .btn, .toolbar > details > .btn, a.menu-item)")];
  const here = all.filter((one) => !one.disabled && !one.closest("tbody") && (one.checkVisibility() || one.closest("details")));
  return unique(here.map((one) => ({ title: titleOf(one), keys: one.dataset.key ?? "", icon: one.querySelector(".icon"), act: () => press(one) })));
}

function places() {
  const links = [...document.querySelectorAll(".rail a[href]:not([data-palette])")];
  return unique(links.map((one) => ({ title: titleOf(one), keys: one.dataset.key ?? "", icon: one.querySelector(".icon"), act: () => one.click() })));
}

function titleOf(element) {
  if (element.dataset.title) return element.dataset.title;
  const label = element.querySelector(".label, .cut, .hush")?.textContent || element.getAttribute("aria-label");
  const title = element.title.replace(/ \([^)]*\)$/, "");
  return (label || title || wordsOf(element) || element.placeholder || "").trim().replace(/\s+/g, " ");
}

function unique(entries) {
  return [...new Map(entries.filter((one) => one.title).map((one) => [one.title, one])).values()];
}

function pick(entries, words) {
  const fitting = entries.filter((one) => words.every((word) => one.title.toLowerCase().includes(word)));
  return words.length ? fitting.slice(0, MOST) : fitting;
}

function group(title, entries) {
  const box = document.createElement("ul");
  box.className = "palette-group";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", title);
  const head = Object.assign(document.createElement("li"), { className: "menu-title", textContent: title });
  head.setAttribute("role", "presentation");
  box.append(head, ...entries.map(optionOf));
  return box;
}

function optionOf(entry) {
  const option = document.createElement("li");
  option.className = "menu-item";
  if (entry.icon) option.append(entry.icon.cloneNode(true));
  option.append(Object.assign(document.createElement("span"), { className: "cut", textContent: entry.title }));
  if (entry.keys) option.append(Object.assign(document.createElement("kbd"), { textContent: entry.keys }));
  option.addEventListener("click", () => run(entry.act));
  return option;
}

// Closed first: the dialog gives the focus back, and what is pressed may want it. And after this click is over, which
// would close again the menu that it opens.
function run(act) {
  dialog.close();
  setTimeout(act);
}

const isOfServer = (option) => Boolean(option?.matches("a"));

const current = () => list.querySelector("[aria-selected=true]");

function choose(option) {
  current()?.removeAttribute("aria-selected");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", option?.id ?? "");
}

field.addEventListener("keydown", (event) => {
  if (isComposing(event)) return;
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const options = [...list.querySelectorAll(".menu-item")];
  if (by && options.length) {
    event.preventDefault();
    isChosen = true;
    choose(options[(options.indexOf(current()) + by + options.length) % options.length]);
  } else if (event.key === "Enter") {
    event.preventDefault();
    isHurried = !isChosen && isOfServer(current()) && answered !== asked();
    if (!isHurried) current()?.click();
  }
});
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
