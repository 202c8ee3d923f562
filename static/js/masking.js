// Keys are masked before a form leaves the browser. The server masks once more: this is the first wall, not the only one.

const TAIL = 4;
const KEYS = [
  // Prefixes that vendors give to their keys; what follows is the secret; a full stop at its end is none of it.
  /\b(sk-(?:ant-|or-|proj-|svcacct-|admin-|lf-)?|sess-|gsk_|xai-|pplx-|nvapi-|hf_|r8_|csk-|gh[pousr]_|github_pat_|glpat-|xox[a-z]-|fw_|tvly-|jina_|AIza|ya29\.|AKIA|ASIA|LTAI|AKLT|AKID)([A-Za-z0-9_.\-]{15,}[A-Za-z0-9_\-])/g,
  // What stands after the name of a header or field.
  /((?:bearer\s+|(?:x-api-key|api[-_ ]?key|x-goog-api-key)["']?\s*[:=]\s*["']?))([A-Za-z0-9_.\-]{19,}[A-Za-z0-9_\-])/gi,
  // A token in three parts.
  /\b(eyJ)([A-Za-z0-9_\-]{10,}\.[A-Za-z0-9_\-]{10,}\.[A-Za-z0-9_\-]{10,})/g,
];

/** The text with every key cut to its last four characters, and how many there were. */
export function masked(text) {
  let count = 0;
  for (const pattern of KEYS) {
    text = text.replace(pattern, (_, start, secret) => {
      count += 1;
      return `${start}…${secret.slice(-TAIL)}`;
    });
  }
  return { text, count };
}

let total = 0;

function mask(area) {
  const found = masked(area.value);
  if (!found.count) return;
  area.value = found.text;
  total += found.count;
  const said = document.getElementById("masked");
  said.textContent = total === 1 ? said.dataset.one : said.dataset.more.replace("{n}", total);
}

for (const form of document.querySelectorAll("form[data-masked]")) {
  form.addEventListener("change", (event) => event.target.matches("textarea") && mask(event.target));
  form.addEventListener("submit", () => form.querySelectorAll("textarea").forEach(mask));
  form.addEventListener("paste", (event) => setTimeout(() => mask(event.target)));
  for (const words of form.querySelectorAll("[data-by-script]")) words.textContent = words.dataset.byScript;
}
