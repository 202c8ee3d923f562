// The rows of a list: moving between them by key, ticking them, and finding the place again after a visit.

const rows = () => [...document.querySelectorAll(".rows tbody tr")];
export const linkOf = (row) => row.querySelector(".row-title a");
let lastTicked = null;

/** The row that has the focus, or had it last. */
export function currentRow() {
  return document.activeElement?.closest?.(".rows tbody tr") ?? document.querySelector(".rows tbody tr.is-current");
}

export function goTo(row) {
  if (!row) return;
  const link = linkOf(row);
  link.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function tick(row, on) {
  const box = row?.querySelector(".check");
  if (!box || box.checked === on) return;
  box.checked = on;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

function move(by) {
  const all = rows();
  const at = all.indexOf(currentRow());
  goTo(at < 0 ? all[0] : all[Math.min(Math.max(at + by, 0), all.length - 1)]);
}

function toggle() {
  const row = currentRow();
  tick(row, !row.querySelector(".check")?.checked);
  lastTicked = row.id;
}

/** The rows from the one that was ticked last to this one, whichever stands first. */
function rangeTo(row) {
  const all = rows();
  const to = all.indexOf(row);
  const from = all.findIndex((each) => each.id === lastTicked);
  return from < 0 ? [row] : all.slice(Math.min(from, to), Math.max(from, to) + 1);
}

/** Sets the boxes of all rows but the last one, of which the page is told: it sends the whole form at once. */
function tickBetween(row, on) {
  for (const between of rangeTo(row)) {
    const box = between.querySelector(".check");
    if (box && between !== row) box.checked = on;
  }
  lastTicked = row.id;
}

function toggleRange() {
  const row = currentRow();
  const box = row.querySelector(".check");
  if (!box) return;
  tickBetween(row, true);
  box.checked = true;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

const isThere = () => rows().length > 0;
const hasCurrent = () => Boolean(currentRow());

/** What keys do in a list beyond pressing a button. */
export const rowKeys = {
  j: { isThere, act: () => move(1) },
  k: { isThere, act: () => move(-1) },
  o: { isThere: hasCurrent, act: () => linkOf(currentRow()).click() },
  x: { isThere: hasCurrent, act: toggle },
  "Shift+x": { isThere: hasCurrent, act: toggleRange },
};

// Arrows move in a list that has the focus; they need no switch, for they need the focus.
document.addEventListener("keydown", (event) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.isComposing) return;
  if (!document.activeElement.closest(".rows tbody tr") || document.activeElement.matches("select")) return;
  event.preventDefault();
  move(by);
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest(".rows tbody tr");
  if (!row) return;
  document.querySelector(".rows tr.is-current")?.classList.remove("is-current");
  row.classList.add("is-current");
  keepPlace();
});

// A click with Shift held takes all between the last box and this one along, before the page hears of the change.
document.addEventListener("click", (event) => {
  if (!event.target.matches(".rows tbody .check")) return;
  const row = event.target.closest("tr");
  if (event.shiftKey) tickBetween(row, event.target.checked);
  lastTicked = row.id;
});

// Tick or clear every box of the page at once, before anything else hears of the change.
document.addEventListener(
  "change",
  (event) => {
    if (!event.target.matches("[data-all]")) return;
    for (const box of event.target.form.querySelectorAll("tbody .check")) box.checked = event.target.checked;
  },
  true,
);

// The list one came from, in its order: [ and ] on a ticket follow it, and coming back finds the row again.
const PLACE = "list";
const kept = () => JSON.parse(sessionStorage.getItem(PLACE) ?? "null");

function keepPlace() {
  if (!isThere()) return;
  const tickets = rows().map((row) => linkOf(row).pathname);
  const next = document.querySelector(".pager [rel=next]")?.getAttribute("href") ?? "";
  const address = location.pathname + location.search;
  sessionStorage.setItem(PLACE, JSON.stringify({ address, tickets, next, row: currentRow()?.id ?? "" }));
}

function findPlace() {
  const place = kept();
  const address = location.pathname + location.search;
  if (!place || place.address !== address || !place.row || !isThere()) return;
  // The row may have left the list: then the one that came after it.
  const before = place.tickets.map((path) => `ticket-${path.split("/").at(-2)}`);
  const ids = [...before.slice(before.indexOf(place.row)), ...before.slice(0, before.indexOf(place.row)).reverse()];
  const row = ids.map((id) => document.getElementById(id)).find(Boolean);
  if (row && [document.body, null].includes(document.activeElement)) goTo(row);
}

async function aroundTicket() {
  const place = kept();
  if (!place) return;
  const back = document.querySelector("[data-back]");
  if (back) back.href = place.address;
  const at = place.tickets.indexOf(location.pathname);
  if (at < 0) return;
  if (at === place.tickets.length - 1 && place.next) await readOn(place);
  sessionStorage.setItem(PLACE, JSON.stringify({ ...place, row: `ticket-${location.pathname.split("/").at(-2)}` }));
  lead("[data-before]", place.tickets[at - 1]);
  lead("[data-after]", place.tickets[at + 1]);
  const following = place.tickets.slice(at + 1, at + 11).map((path) => path.split("/").at(-2));
  for (const field of document.querySelectorAll("[data-following]")) field.value = following.join(" ");
}

/** The next page of the list, where the ticket is the last one of the page that was seen. */
async function readOn(place) {
  const answer = await fetch(place.next).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const links = [...page.querySelectorAll(".rows tbody .row-title a")];
  place.tickets.push(...links.map((link) => new URL(link.getAttribute("href"), location.href).pathname));
  place.next = page.querySelector(".pager [rel=next]")?.getAttribute("href") ?? "";
}

function lead(selector, path) {
  const link = document.querySelector(selector);
  if (!link) return;
  link.hidden = !path;
  if (path) link.href = path;
}

if (document.getElementById("ticket")) {
  aroundTicket();
  document.addEventListener("htmx:afterSwap", (event) => event.detail.target.id === "ticket" && aroundTicket());
} else if (isThere()) {
  findPlace();
  if ([document.body, null].includes(document.activeElement)) goTo(document.querySelector(".rows tr.is-new"));
  keepPlace();
}
