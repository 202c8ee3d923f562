// At the beginning of a word `/` opens the list of replies over the text, `#` that of public articles; typing narrows
// it, Enter puts one in. In a note `@` opens that of colleagues. The text keeps the focus: the list is told to screen
// readers as the options of a combobox.
//
// Paths end lines all day here: what may be one (`/v1`, `/models`, `use /v1 twice`), and a number (`#12`), is only put in
// once an arrow has chosen. Enter alone means the first of the list after a bare sign, or after words that no path has:
// several that begin a line or a sentence and stand so in the reply, or some in Chinese.
import { insert, isComposing, replace, selectBlank } from "./typing.js";

// Replies come once and are narrowed here, unless there are too many: then the server looks for them as it looks for
// articles, since it knows error texts. `# ` is a heading and opens nothing.
const partial = new Set(); // addresses whose list says that there are more
const KINDS = [
  {
    trigger: /(?:^|[\s（(，。])([/／][^\n/／]{0,40})$/,
    address: (field, words) => searching(field.dataset.picker, words),
    narrows: (field) => !partial.has(field.dataset.picker),
    isMeant: (words, before) => /[^\x20-\x7e]/.test(words) || (/\S\s+\S/.test(words) && BEGINNING.test(before)),
    fits: (option, words) => Boolean(option.dataset.words?.includes(words)),
  },
  {
    trigger: /(?:^|[\s（(，。])([#＃](?:[^\s#＃][^\n#＃]{0,60})?)$/,
    address: (field, words) =>
      field.dataset.articles && `${field.dataset.articles}?${new URLSearchParams({ q: words })}`,
    narrows: () => false,
    isMeant: (words) => !/^\d/.test(words),
  },
  { trigger: /(?:^|[^A-Za-z0-9._%+-])([@＠](?:[^\n@＠]{0,40}[^\s@＠])?)$/, address: (field) => field.dataset.people, narrows: () => true, isMeant: () => true },
];
const BEGINNING = /(?:^|[\n.!?:。！？：])\s*$/;
const searching = (address, words) =>
  partial.has(address) && words.trim() ? `${address}?${new URLSearchParams({ q: words.trim() })}` : address;
const FIELDS = "textarea[data-picker], textarea[data-people]";
const PAUSE = 150; // before the server is asked for what is still being typed
const lists = new Map(); // address → the markup that is coming or there

let dismissed = null; // { field, start }: closed by Escape, and not opened again by what is typed after it
let open = null; // { field, address, start, panel, options, current, isChosen }
let listed = null; // { field, start }: where a list has been shown, if only for fewer letters
let coming = null; // the address of the list that was asked for last and is not there yet
let hurried = null; // the field where Enter was pressed while the list for what stands there was still coming

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.matches?.(FIELDS) || event.isComposing) return;
  hurried = null;
  look(field);
});
document.addEventListener("compositionend", (event) => {
  if (event.target.matches?.(FIELDS)) look(event.target);
});

async function look(field) {
  const asked = askedIn(field);
  if (!asked) dismissed = listed = null;
  coming = null;
  if (!asked || isDismissed(field, asked)) return close();
  const { address } = asked;
  coming = address;
  if (!lists.has(address) && !asked.narrows && asked.words) await new Promise((done) => setTimeout(done, PAUSE));
  if (askedIn(field)?.address !== address) return;
  const markup = await listAt(address);
  const isNews = markup?.includes(" data-more>") && address === field.dataset.picker && !partial.has(address);
  if (isNews) partial.add(address);
  if (isNews && asked.words.trim()) return look(field); // these are not all: what was typed is looked for
  const now = askedIn(field);
  if (coming === address) coming = null;
  if (now?.address !== address || isDismissed(field, now)) return;
  if (document.activeElement !== field) return close();
  if (markup) show(field, now, markup);
  const isHurried = hurried === field;
  hurried = null;
  if (isHurried && open?.current) choose(open.current);
  else if (isHurried) insert(field, "\n"); // there is nothing to choose: the key meant what it always means
}

function show(field, asked, markup) {
  const { address, start } = asked;
  if (open?.field !== field || open.address !== address) build(field, address, markup);
  listed = { field, start };
  open.start = start;
  narrow(asked);
}

// Asked for once, however many keys are pressed until it is there; a failure is asked for again.
function listAt(address) {
  if (!lists.has(address)) {
    const asking = fetch(address, { headers: { "HX-Request": "true" } })
      .then((answer) => (answer.ok ? answer.text() : null))
      .catch(() => null)
      .then((markup) => {
        if (!markup) lists.delete(address);
        return markup;
      });
    lists.set(address, asking);
  }
  return lists.get(address);
}

const isDismissed = (field, asked) => dismissed?.field === field && dismissed.start === asked.start;

function askedIn(field) {
  if (field.selectionStart !== field.selectionEnd) return null;
  const before = field.value.slice(0, field.selectionStart);
  for (const kind of KINDS) {
    const found = before.match(kind.trigger);
    const words = found?.[1].slice(1);
    const address = found && kind.address(field, words);
    if (!address) continue;
    const start = field.selectionStart - found[1].length;
    const isMeant = !words || kind.isMeant(words, before.slice(0, start));
    return { start, words, narrows: kind.narrows(field), address, isMeant, fits: kind.fits ?? (() => true) };
  }
  return null;
}

function build(field, address, markup) {
  close();
  const panel = document.createElement("div");
  panel.className = "picker";
  panel.innerHTML = markup;
  field.parentElement.append(panel);
  panel.classList.toggle("is-below", field.getBoundingClientRect().top < 360);
  open = { field, address, panel, options: [...panel.querySelectorAll("[role=option]")], start: 0, current: null, isChosen: false };
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-haspopup", "listbox");
  field.setAttribute("aria-expanded", "true");
  field.setAttribute("aria-controls", "picker-list");
  panel.addEventListener("pointerdown", (event) => event.preventDefault()); // the text keeps the focus
  panel.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
}

function narrow(asked) {
  const words = asked.words.toLowerCase().split(/\s+/).filter(Boolean);
  for (const option of open.options) {
    option.hidden = asked.narrows && !words.every((word) => option.dataset.words?.includes(word));
  }
  for (const group of open.panel.querySelectorAll("[role=group]")) {
    group.hidden = !group.querySelector("[role=option]:not([hidden])");
  }
  const shown = visible();
  if (!shown.length) return close();
  if (!shown.includes(open.current)) open.isChosen = false;
  if (open.isChosen) return;
  const fitting = asked.isMeant ? shown.filter((option) => asked.fits(option, words.join(" "))) : [];
  const named = fitting.find((option) => words.every((word) => option.dataset.title?.includes(word)));
  point(fitting.includes(open.current) ? open.current : (named ?? fitting[0] ?? null));
}

const visible = () => open.options.filter((option) => !option.hidden);

function point(option) {
  open.current?.setAttribute("aria-selected", "false");
  open.current = option;
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) open.field.setAttribute("aria-activedescendant", option.id);
  else open.field.removeAttribute("aria-activedescendant");
  for (const preview of open.panel.querySelectorAll(".picker-preview")) {
    preview.hidden = preview.id !== option?.dataset.preview;
  }
}

function move(by) {
  const shown = visible();
  const at = shown.indexOf(open.current);
  open.isChosen = true;
  point(shown.at(at < 0 && by < 0 ? -1 : (at + by) % shown.length));
}

// What is shown may still belong to fewer letters: then the first one of the list that is coming is meant. False where
// none is meant, and the key does what it always does.
function take() {
  const asked = askedIn(open.field);
  if (!open.isChosen && !asked?.isMeant) return false;
  if (asked?.address !== open.address) hurried = open.field;
  else if (open.current) choose(open.current);
  else return false;
  return true;
}

// A list of fewer letters may have come to nothing, and be gone, before that of all letters is there.
function isBetweenLists(field) {
  const asked = listed?.field === field ? askedIn(field) : null;
  return Boolean(asked?.isMeant) && asked.start === listed.start && asked.address === coming;
}

function choose(option) {
  const { field, start, panel } = open;
  const text = option.dataset.insert ?? panel.querySelector(`#${CSS.escape(option.dataset.preview)}`).textContent;
  const end = field.selectionStart;
  close();
  replace(field, start, end, text);
  if (!option.dataset.reply) return;
  field.form.elements.canned_reply.value = option.dataset.reply;
  selectBlank(field, { from: start });
}

function dismiss() {
  dismissed = { field: open.field, start: open.start };
  close();
}

function close() {
  if (!open) return;
  const { field, panel } = open;
  panel.remove();
  for (const name of ["role", "aria-autocomplete", "aria-haspopup", "aria-expanded", "aria-controls", "aria-activedescendant"]) {
    field.removeAttribute(name);
  }
  open = null;
}

// Before anything else hears of the key: Enter chooses here and sends nowhere.
document.addEventListener(
  "keydown",
  (event) => {
    if (isComposing(event)) return;
    const { key, target } = event;
    const isEnter = key === "Enter" && !event.ctrlKey && !event.metaKey;
    if (open?.field === target) {
      if (key === "ArrowDown") move(1);
      else if (key === "ArrowUp") move(-1);
      else if (isEnter || key === "Tab") {
        if (!take()) return;
      } else if (key === "Escape") dismiss();
      else return;
    } else if (isEnter && isBetweenLists(target)) hurried = target;
    else return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);
document.addEventListener("selectionchange", () => {
  if (open && document.activeElement === open.field && !askedIn(open.field)) close();
});
document.addEventListener("focusout", (event) => {
  if (event.target === open?.field) close();
});

// A suggestion named above the text goes in at the cursor; it only takes the place of one that nobody has touched.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-insert]");
  const field = link?.closest("form").querySelector("textarea[data-picker]");
  if (!field || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const untouched = "suggested" in field.form.dataset && field.value === field.defaultValue;
  if (untouched) field.setSelectionRange(0, field.value.length);
  field.focus();
  if (untouched) field.select();
  const start = field.selectionStart;
  insert(field, link.dataset.insert);
  field.defaultValue = untouched ? field.value : field.defaultValue;
  field.form.elements.canned_reply.value = link.dataset.reply;
  for (const other of link.closest(".suggested").querySelectorAll("[aria-current]")) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  selectBlank(field, { from: start });
});
