// Says that tickets came in, without moving the list: one cheap question while somebody looks at the page.

const SECONDS = 5;
const bar = document.getElementById("arrivals");

async function look() {
  if (document.hidden || !bar?.isConnected) return;
  let answer;
  try {
    answer = await fetch(bar.dataset.poll, { headers: { "HX-Request": "true" } });
  } catch {
    return; // no connection just now; the next look may have one
  }
  if (answer.redirected || answer.status >= 400) return clearInterval(timer); // signed out: reloading tells more
  if (answer.status === 200) {
    const text = await answer.text();
    if (bar.innerHTML.trim() !== text.trim()) bar.innerHTML = text;
  }
}

const timer = setInterval(look, SECONDS * 1000);
document.addEventListener("visibilitychange", look);

// Tick or clear every box of the page at once, before anything else hears of the change.
document.addEventListener(
  "change",
  (event) => {
    if (!event.target.matches("[data-all]")) return;
    for (const box of event.target.form.querySelectorAll("tbody .check")) box.checked = event.target.checked;
  },
  true,
);
