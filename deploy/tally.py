#!/usr/bin/python3
"""Counts what ctest wrote as JUnit XML, and says what failed and what was skipped.

    tally.py RESULT.xml        one run: its failures with their output, its skipped cases with the reason
    tally.py --total FOLDER    every *.xml there; the last line is "N passed, N failed, N skipped"

Exit status 1 when something failed or when nothing ran at all. A case is skipped when ctest says so (exit code 77) or
when a passing case printed a line with "skipped: REASON". With CI=true a skipped contract, mail, browser or end-to-end
case is a failure: there, what they need must have been installed.
"""
import os
import re
import sys
import xml.etree.ElementTree as xml
from collections import namedtuple
from pathlib import Path

Case = namedtuple("Case", "name outcome reason output seconds")  # outcome: passed, failed, skipped

MUST_RUN_IN_CI = re.compile(r"^(contract|e2e|notify|house)\b")
SKIPPED = re.compile(r"^.*?\bskipped: *(.*)$", re.MULTILINE)
OUTPUT_LINES = 60


def read_case(element, strict):
    name = element.get("name")
    output = element.findtext("system-out") or ""
    seconds = float(element.get("time") or 0)
    said = SKIPPED.search(output)
    reason = said.group(1).strip() if said else ""
    status = element.get("status")
    if status == "fail":
        return Case(name, "failed", "", output, seconds)
    if status == "notrun" and element.find("skipped") is None:
        return Case(name, "failed", "did not run", output, seconds)
    if status in ("notrun", "disabled") or said:
        if strict and MUST_RUN_IN_CI.match(name):
            return Case(name, "failed", "skipped in CI: " + reason, output, seconds)
        return Case(name, "skipped", reason or "no reason given", output, seconds)
    return Case(name, "passed", "", "", seconds)


def read_cases(path, strict):
    # Test output may hold bytes that XML forbids; ctest copies them as they are.
    text = re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd",
                  Path(path).read_text(encoding="utf-8", errors="replace"))
    return [read_case(element, strict) for element in xml.fromstring(text).iter("testcase")]


def counts(cases):
    return [sum(case.outcome == outcome for case in cases) for outcome in ("passed", "failed", "skipped")]


def sentence(numbers):
    return "{} passed, {} failed, {} skipped".format(*numbers)


def report(path, strict):
    cases = read_cases(path, strict)
    for case in cases:
        if case.outcome == "failed":
            lines = case.output.strip().splitlines()
            print(f"\nFAILED {case.name} {case.reason}")
            print("\n".join("    " + line for line in lines[-OUTPUT_LINES:]))
    for case in cases:
        if case.outcome == "skipped":
            print(f"SKIPPED {case.name}: {case.reason}")
    slow = sorted(cases, key=lambda case: -case.seconds)[:3]
    print("slowest:", ", ".join(f"{case.name} {case.seconds:.1f} s" for case in slow))
    # Not the closing form: this is one run of several, and only the last line counts all of them.
    print(f"{Path(path).stem}: " + sentence(counts(cases)).replace(",", ";"))
    return 1 if counts(cases)[1] else 0


def total(folder, strict):
    numbers = [0, 0, 0]
    for path in sorted(Path(folder).glob("*.xml")):
        numbers = [a + b for a, b in zip(numbers, counts(read_cases(path, strict)))]
    stages = Path(folder) / "failed-stages"
    for name in stages.read_text().splitlines() if stages.exists() else []:
        print("FAILED stage", name)
        numbers[1] += 1
    if numbers[0] + numbers[1] == 0:
        print("no test ran")
        numbers[1] = 1
    print(sentence(numbers))
    return 1 if numbers[1] else 0


def main(arguments):
    strict = os.environ.get("CI", "").lower() in ("1", "true", "yes")
    if len(arguments) == 2 and arguments[0] == "--total":
        return total(arguments[1], strict)
    if len(arguments) == 1:
        return report(arguments[0], strict)
    print(__doc__, file=sys.stderr)
    return 64


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
