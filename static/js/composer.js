// The composer: blanks by Tab, ways to send, and the bar that takes a reply back.
import "./drafts.js";
import "./pasting.js";
import "./picker.js";
import { isComposing, say, selectBlank } from "./typing.js";

// Tab goes from blank to blank; after the last one it leaves the field like everywhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Tab" || event.defaultPrevented || isComposing(event)) return;
  if (event.ctrlKey || event.altKey || event.metaKey || !event.target.matches?.("#reply-body")) return;
  if (selectBlank(event.target, { back: event.shiftKey })) event.preventDefault();
});

// A way to send that asks something first opens its panel inside the composer.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-panel]");
  if (!link) return;
  const menu = link.closest("details");
  if (menu) menu.open = false;
  requestAnimationFrame(() => document.querySelector(link.hash)?.querySelector("select, textarea, input:checked")?.focus());
});
// Enter in a panel means its own button, not the first one of the form.
document.addEventListener("keydown", (event) => {
  const panel = event.target.closest?.(".send-panel");
  if (!panel || event.key !== "Enter" || !event.target.matches("input") || isComposing(event)) return;
  event.preventDefault();
  panel.querySelector("button").click();
});

function countDown(bar) {
  const ends = performance.now() + Number(bar.dataset.seconds) * 1000;
  const shown = bar.querySelector(".countdown");
  const timer = setInterval(tick, 250);
  tick();
  function tick() {
    const left = Math.ceil((ends - performance.now()) / 1000);
    if (left > 0 && bar.isConnected) {
      if (shown) shown.textContent = `${left} s`;
      return;
    }
    clearInterval(timer);
    if (!bar.isConnected) return;
    bar.remove();
    if (bar.id !== "undo-send") return;
    for (const chip of document.querySelectorAll(".is-held, .msg-foot")) chip.remove();
    say(bar.dataset.gone);
  }
}
for (const bar of document.querySelectorAll("#undo-send, #undo-change")) countDown(bar);

// What was done on the ticket since is newer than what the bar takes back.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "ticket") document.getElementById("undo-change")?.remove();
});
