#!/usr/bin/python3
"""Compares the number of registered cases with the committed one, so that a lost test file is noticed.

    registered_cases.py BUILD          exit 1 when a layer has fewer cases than registered_cases.txt says
    registered_cases.py BUILD --raise  writes today's numbers there (commit the file with the new cases)
"""
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

FILE = Path(__file__).with_name("registered_cases.txt")
NOT_BUILT = "_NOT_BUILT"


def registered(build):
    """The number of cases a layer, as ctest lists them; a layer is the word before the colon of a case's name."""
    run = subprocess.run(["ctest", "--test-dir", build, "--show-only=json-v1"], check=True, capture_output=True)
    names = [test["name"] for test in json.loads(run.stdout)["tests"]]
    unbuilt = [name for name in names if name.endswith(NOT_BUILT)]
    if unbuilt:
        sys.exit("not built, so their cases cannot be counted: " + ", ".join(unbuilt))
    layers = Counter(name.split(":")[0] if ":" in name else "other" for name in names)
    # The fuzz preset runs the targets themselves, every other preset replays their corpus: the same cases.
    layers["fuzz"] += layers.pop("fuzz corpus", 0)
    return layers


def committed():
    rows = [line.split() for line in FILE.read_text().splitlines() if line and not line.startswith("#")]
    return {layer: int(number) for layer, number in rows}


def main(arguments):
    if not 1 <= len(arguments) <= 2:
        print(__doc__, file=sys.stderr)
        return 64
    now = registered(arguments[0])
    if arguments[1:] == ["--raise"]:
        rows = "".join(f"{layer} {now[layer]}\n" for layer in sorted(now))
        FILE.write_text("# Registered cases a layer; raise with: tests/house/registered_cases.py BUILD --raise\n" + rows)
        print(rows, end="")
        return 0
    lost = [(layer, least, now[layer]) for layer, least in committed().items() if now[layer] < least]
    for layer, least, found in lost:
        print(f"{layer}: {found} cases are registered, {least} were")
    if lost:
        print("If that is meant: tests/house/registered_cases.py", arguments[0], "--raise, and say why in the commit.")
    print(sum(now.values()), "cases are registered")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
