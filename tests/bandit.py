"""Bandit over the product: each finding is explained here, or the check fails; so it does for one that is gone."""

import json
import subprocess
import sys
from pathlib import Path

from tests.plumbing import TOP

PIECES = "SQL of fixed pieces and names from the models; every value is a parameter"
OWN = "our own style sheet, read from our own folder"
# By file and rule, why it is no hole.
EXPLAINED = {
    ("tickets/forms/rule_case.py", "B101"): "says what the form holds by then; nothing rests on it",
    ("tickets/management/commands/run.py", "B104"): "compared with, to know where the desk answers itself",
    ("tickets/services/counting.py", "B608"): "written by the ORM, values beside it",
    ("tickets/services/failure/days.py", "B608"): PIECES,
    ("tickets/services/failure/writing.py", "B608"): PIECES,
    ("tickets/services/masks.py", "B703"): "every piece is escaped in this function",
    ("tickets/services/reading.py", "B608"): PIECES,
    ("tickets/services/search/find.py", "B608"): PIECES,
    ("tickets/services/search/find.py", "B611"): PIECES,
    ("tickets/services/search/near.py", "B608"): PIECES,
    ("tickets/services/search/near.py", "B611"): PIECES,
    ("tickets/services/search/rare.py", "B608"): PIECES,
    ("tickets/templatetags/composer.py", "B703"): "what the one Markdown filter let through",
    ("tickets/templatetags/faq.py", "B308"): "JSON for a script element, its signs taken out in this line",
    ("tickets/templatetags/faq.py", "B703"): "JSON for a script element, its signs taken out in this line",
    ("tickets/templatetags/jinja.py", "B308"): "rendered from our own template, which escapes",
    ("tickets/templatetags/jinja.py", "B703"): "rendered from our own template, which escapes",
    ("tickets/templatetags/rules.py", "B308"): "rendered from our own template, which escapes",
    ("tickets/templatetags/rules.py", "B703"): "rendered from our own template, which escapes",
    ("tickets/views/bundle.py", "B308"): OWN,
    ("tickets/views/bundle.py", "B703"): OWN,
    ("tickets/views/packet.py", "B308"): OWN,
    ("tickets/views/packet.py", "B703"): OWN,
    ("tickets/views/row.py", "B308"): "a number put into what our own template rendered, which escapes",
    ("tickets/views/row.py", "B703"): "a number put into what our own template rendered, which escapes",
    ("triage/engine/catalogue/entries.py", "B506"): "the safe loader, made quicker",
    ("triage/engine/doctors/stream_words.py", "B105"): "a name of a finding, no password",
    ("triage/engine/doctors/url_address.py", "B104"): "an address that customers write, looked for in texts",
    (
        "triage/engine/lint/article_invention.py",
        "B104",
    ): "an address that customers write, looked for in texts",
    ("triage/engine/lint/objection.py", "B105"): "a name of a finding, no password",
    ("tickets/services/second_judge.py", "B403"): "written by the process of ours that it started",
    ("tickets/services/second_judge.py", "B404"): "starts our own program, without a shell",
    ("tickets/services/second_judge.py", "B603"): "starts our own program, without a shell",
    ("triage/second_judge.py", "B301"): "written by the worker that started it, over a pipe of theirs",
    ("triage/second_judge.py", "B403"): "written by the worker that started it, over a pipe of theirs",
    ("triage/programs.py", "B606"): "starts the server in place of itself, with fixed arguments",
    ("triage/supervise.py", "B404"): "starts our own programs, without a shell",
    ("triage/supervise.py", "B603"): "starts our own programs, without a shell",
}


def main() -> int:
    program = Path(sys.executable).parent / "bandit"
    command = [str(program), "-q", "-r", "triage", "tickets", "-f", "json"]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True)
    findings = json.loads(done.stdout)["results"]
    found = {(finding["filename"].removeprefix("./"), finding["test_id"]) for finding in findings}
    for finding in findings:
        name, rule = finding["filename"].removeprefix("./"), finding["test_id"]
        if (name, rule) not in EXPLAINED:
            print(f"{name}:{finding['line_number']}: {rule} {finding['issue_text']}")
    for name, rule in sorted(EXPLAINED.keys() - found):
        print(f"{name}: {rule} is explained, and not found any more")
    print(f"bandit: {len(findings)} findings, {len(found)} kinds, {len(EXPLAINED)} explained")
    return 0 if found == EXPLAINED.keys() else 1


if __name__ == "__main__":
    sys.exit(main())
