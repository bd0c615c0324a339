#!/usr/bin/python3
"""Every rule of the calendar contract has a test named after it, and so has every rule for hostile calendars.

    feed_rules.py BUILD      exit 1 when a rule has no registered case whose name begins with it
    feed_rules.py --control  a missing rule must be noticed

A case says "feed rule 12: …" (or "feed rules 9 and 27: …"), or "threat rule G4: …".
"""
import json
import re
import subprocess
import sys

FEED_RULES = set(range(1, 43))
THREAT_RULES = {f"G{number}" for number in range(1, 9)}
FEED_RULE = re.compile(r"(?:^|: ?)feed rules? (\d+(?:(?:, | and )\d+)*): ")
THREAT_RULE = re.compile(r"(?:^|: ?)threat rules? (G\d+(?:(?:, | and )G\d+)*): ")


def tested(names):
    """The rules that cases of these names are for."""
    feed, threat = set(), set()
    for name in names:
        if found := FEED_RULE.search(name):
            feed.update(map(int, re.findall(r"\d+", found[1])))
        if found := THREAT_RULE.search(name):
            threat.update(re.findall(r"G\d+", found[1]))
    return feed, threat


def missing(names):
    feed, threat = tested(names)
    return ([f"feed rule {rule}" for rule in sorted(FEED_RULES - feed)]
            + [f"threat rule {rule}" for rule in sorted(THREAT_RULES - threat)]
            + [f"there is no feed rule {rule}" for rule in sorted(feed - FEED_RULES)])


def control():
    names = [f"rules: feed rule {rule}: a sentence" for rule in FEED_RULES - {9, 27}]
    names += [f"rules: threat rule {rule}: a sentence" for rule in THREAT_RULES]
    assert missing(names) == ["feed rule 9", "feed rule 27"], missing(names)
    names.append("service:feed rules 9 and 27: a sentence")
    assert missing(names) == [], missing(names)
    assert missing([name for name in names if "G4" not in name]) == ["threat rule G4"]
    assert missing([name.replace("feed rule 3: ", "about feed rule 3 ") for name in names]) == ["feed rule 3"]
    return 0


def main(argument):
    if argument == "--control":
        return control()
    run = subprocess.run(["ctest", "--test-dir", argument, "--show-only=json-v1"], check=True, capture_output=True)
    lacking = missing([test["name"] for test in json.loads(run.stdout)["tests"]])
    for rule in lacking:
        print("no test is named after", rule)
    print(f"{len(FEED_RULES)} feed rules and {len(THREAT_RULES)} rules for hostile calendars, {len(lacking)} without a test")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
