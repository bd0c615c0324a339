#!/usr/bin/env python3
"""libical's iterators take seconds to minutes for one step of an impossible rule: no source may reach them.

usage: iterators.py SOURCE_DIR
"""
import pathlib
import re
import sys

BANNED = re.compile(r"\b(icalrecur_\w+|icalcomponent_foreach_recurrence|icalproperty_recurrence_is_excluded|"
                    r"icalcomponent_foreach_tzid)\b")
FOLDERS = ("src", "calendar", "db", "notify", "web")  # a test may ask libical what it reads in a feed of ours


def main():
    root = pathlib.Path(sys.argv[1])
    files = [f for folder in FOLDERS for f in (root / folder).rglob("*") if f.suffix in (".cpp", ".hpp")]
    faults = []
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            code = line.split("//")[0]
            if match := BANNED.search(code):
                faults.append(f"{file.relative_to(root)}:{number}: {match[0]}")
    for fault in faults:
        print(fault)
    print(f"{len(files)} files, {len(faults)} faults")
    # A search that finds no files, or would not find the word, proves nothing.
    return 1 if faults or len(files) < 100 or not BANNED.search("icalrecur_iterator_next(i)") else 0


sys.exit(main())
