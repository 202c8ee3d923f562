"""A retry loop to copy: honours Retry-After, grows with full jitter, gives up in the end.

The snippets read BASE_URL and API_KEY from the environment, the request from request.json.
"""

from collections.abc import Mapping
from types import MappingProxyType

LONGEST_FIRST_WAIT = 3600


def backoff_snippet(language: str, wait: int | None = None) -> str:
    """`language` is curl, python or javascript (ValueError otherwise); `wait` is the first pause in seconds.

    A wait of more than an hour is written as one hour: nobody keeps a loop asleep that long.
    """
    template = SNIPPETS.get(language)
    if template is None:
        raise ValueError(f"no backoff snippet for {language!r}; there are {', '.join(SNIPPETS)}")
    first = min(max(wait or 1, 1), LONGEST_FIRST_WAIT)
    return template.replace("FIRST_WAIT", str(first)).replace("LONGEST_WAIT", str(max(60, first)))


_PYTHON = '''\
import os, random, time, urllib.error, urllib.request
from email.utils import parsedate_to_datetime

RETRY = {408, 429, 500, 502, 503, 504, 529}


def retry_after(headers):
    """Seconds that the server asks for, or None. It may send a number or a date."""
    value = headers.get("Retry-After")
    if value is None:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (TypeError, ValueError):
        return None


def send(request, tries=6, first=FIRST_WAIT, longest=LONGEST_WAIT):
    for attempt in range(tries):
        asked = None
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            if error.code not in RETRY or attempt == tries - 1:
                raise
            asked = retry_after(error.headers)
            error.close()
        except OSError:
            if attempt == tries - 1:
                raise
        pause = min(longest, first * 2**attempt)
        if asked is None:
            time.sleep(random.uniform(pause / 2, pause))
        elif asked > longest:
            raise SystemExit(f"The server asks to wait {asked:.0f} s: try again later.")
        else:
            time.sleep(asked + random.uniform(0, 1))


if __name__ == "__main__":
    with open("request.json", "rb") as file:
        body = file.read()
    print(send(urllib.request.Request(
        os.environ["BASE_URL"] + "/chat/completions",
        data=body,
        headers={"Authorization": "Bearer " + os.environ["API_KEY"], "Content-Type": "application/json"},
    )).decode())
'''

_JAVASCRIPT = """\
import { readFile } from "node:fs/promises";

const RETRY = new Set([408, 429, 500, 502, 503, 504, 529]);
const sleep = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

// Seconds that the server asks for, or null. It may send a number or a date.
function retryAfter(response) {
  const value = response.headers.get("retry-after");
  if (value === null) return null;
  const seconds = Number(value);
  if (!Number.isNaN(seconds)) return Math.max(0, seconds);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, (date - Date.now()) / 1000);
}

async function send(url, options, { tries = 6, first = FIRST_WAIT, longest = LONGEST_WAIT } = {}) {
  for (let attempt = 0; ; attempt++) {
    const last = attempt === tries - 1;
    let asked = null;
    try {
      const response = await fetch(url, { ...options, signal: AbortSignal.timeout(120000) });
      if (!RETRY.has(response.status) || last) return response;
      asked = retryAfter(response);
      await response.body?.cancel();
    } catch (error) {
      if (last) throw error;
    }
    const pause = Math.min(longest, first * 2 ** attempt);
    if (asked === null) await sleep(pause / 2 + Math.random() * (pause / 2));
    else if (asked > longest) throw new Error(`The server asks to wait ${asked} s: try again later.`);
    else await sleep(asked + Math.random());
  }
}

const response = await send(`${process.env.BASE_URL}/chat/completions`, {
  method: "POST",
  headers: { Authorization: `Bearer ${process.env.API_KEY}`, "Content-Type": "application/json" },
  body: await readFile("request.json"),
});
console.log(await response.text());
if (!response.ok) process.exitCode = 1;
"""

_CURL = """\
#!/bin/sh
tries=6 first=FIRST_WAIT longest=LONGEST_WAIT attempt=1
while :; do
  status=$(curl -sS --max-time 120 -D headers.txt -o answer.json -w '%{http_code}' \\
    "$BASE_URL/chat/completions" \\
    -H "Authorization: Bearer $API_KEY" -H 'Content-Type: application/json' \\
    --data-binary @request.json)
  case "$status" in
    000|408|429|500|502|503|504|529) ;;
    *) break ;;
  esac
  [ "$attempt" -lt "$tries" ] || break
  pause=$((first << (attempt - 1)))
  [ "$pause" -le "$longest" ] || pause=$longest
  # Retry-After in seconds, when the server sends it, is a floor.
  asked=
  [ "$status" = 000 ] || asked=$(tr -d '\\r' < headers.txt |
    sed -n 's/^[Rr][Ee][Tt][Rr][Yy]-[Aa][Ff][Tt][Ee][Rr]: *\\([0-9]\\{1,9\\}\\)$/\\1/p' | tail -n 1)
  if [ -n "$asked" ]; then
    if [ "$asked" -gt "$longest" ]; then
      echo "The server asks to wait $asked s: try again later." >&2
      exit 1
    fi
    pause=$asked
  fi
  jitter=$(($(od -An -N2 -tu2 /dev/urandom) % 1000))
  sleep "$pause.$(printf '%03d' "$jitter")"
  attempt=$((attempt + 1))
done
cat answer.json
case "$status" in 2??) ;; *) exit 1 ;; esac
"""

SNIPPETS: Mapping[str, str] = MappingProxyType({"curl": _CURL, "python": _PYTHON, "javascript": _JAVASCRIPT})
