// Escape closes what is open and gives the focus back to what opened it; where nothing is open it leaves the field, so
// that single keys work again. Dialogs, the editor and the lists over the text close by themselves.
import { FIELDS, OPEN } from "./keys.js";
import { isComposing } from "./typing.js";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || isComposing(event) || document.querySelector(OPEN)) return;
  const { target } = event;
  const folded = document.querySelector("details.menu[open]") ?? target.closest?.("details.resolve[open]");
  if (folded) return fold(folded);
  const panel = target.closest?.(".send-panel");
  if (panel) return put(panel);
  if (target.matches?.(FIELDS)) target.blur();
});

function fold(details) {
  details.open = false;
  details.querySelector("summary").focus();
}

// What "Not now" does, and the panel of a refused form goes too.
function put(panel) {
  panel.classList.remove("is-open");
  panel.querySelector("a[href='#composer']").click();
  document.querySelector(".send-reply summary").focus({ preventScroll: true });
}
