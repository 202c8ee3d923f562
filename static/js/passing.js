// Deadlines and waiting times go on while a page stays open, as the server words them (`time_left` and `waited`).

const EVERY = 15_000;
const live = document.getElementById("live");
const words = JSON.parse(live.dataset.durations);
const ahead = Date.parse(live.dataset.now) - Date.now(); // how far this machine's clock is behind the server's

const WRITE = { left, waited };

function left(seconds) {
  return (seconds <= 0 ? words.left : words.late).replace("%(time)s", exact(Math.abs(seconds)));
}

function waited(seconds) {
  const hours = Math.floor(seconds / 3600);
  return hours < 1 ? count(words.minutes, seconds / 60) : hours < 24 ? count(words.hours, hours) : days(seconds);
}

function exact(seconds) {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return count(words.minutes, minutes);
  if (minutes >= 48 * 60) return days(seconds);
  const hours = Math.floor(minutes / 60);
  if (minutes % 60 === 0) return count(words.hours, hours);
  return words.both.replace("%(hours)d", hours).replace("%(minutes)d", minutes % 60);
}

const days = (seconds) => count(seconds < 2 * 86_400 ? words.day : words.days, seconds / 86_400);
const count = (text, number) => text.replace("%(count)d", Math.floor(number));

function goOn() {
  if (document.hidden) return;
  for (const time of document.querySelectorAll("time[data-passing][datetime]:not([datetime=''])")) {
    const seconds = (Date.now() + ahead - Date.parse(time.dateTime)) / 1000;
    const text = WRITE[time.dataset.passing](seconds);
    if (time.textContent !== text) time.textContent = text;
    if (seconds > 0) warn(time.closest(".deadline:not(.is-late)"));
  }
}

function warn(deadline) {
  if (!deadline) return;
  deadline.classList.add("is-late", "t-danger");
  const icon = deadline.querySelector("use");
  icon.setAttribute("href", icon.getAttribute("href").replace("#clock", "#warn"));
}

setInterval(goOn, EVERY);
document.addEventListener("visibilitychange", goOn);
addEventListener("pageshow", (event) => event.persisted && goOn());
