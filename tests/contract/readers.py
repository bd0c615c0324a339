#!/usr/bin/python3
"""Holds feeds before three readers that share no code with their writer: libical, ical.js and python3-icalendar.

    readers.py generated PROGRAM COUNT     calendars that PROGRAM (generate.cpp) makes up; or its tables: hostile, messages, edges
    readers.py made FOLDER                 the feeds that tests left there (tests/support/feed_witness.hpp)
    readers.py start FOLDER                empties it before the tests begin
    readers.py control PROGRAM             feeds spoilt on purpose: every fault must be noticed

The readers get an archive (a line "FEED SIZE NAME", SIZE bytes, a line break, and so on) and print a JSON line a feed:
{"name", "error"} or {"name", "properties", "zones", "components": [{"type", "properties", "inside", "instances"}]},
where properties are {NAME: [values]}. A value is its text with the parameters in braces; a time is its instant in UTC
with the zone it was written in; a rule has its parts sorted; "instances" are the first starts of a series. All three
must print the same, and the same as the expectation: {"name", "complete", "entries": [{"uid", …}]}, see `wrong_in`.

Environment: CONVOKE_LIBICAL_READER, CONVOKE_ICAL_JS. Exit 77 when ical.js or Node.js is not installed.
"""
import datetime
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent
LIBICAL = os.environ.get("CONVOKE_LIBICAL_READER", "")
ICAL_JS = os.environ.get("CONVOKE_ICAL_JS", "")
MOST_SHOWN = 20


def commands():
    node = shutil.which("nodejs") or shutil.which("node")
    if not node or not Path(ICAL_JS).is_file():
        print("skipped: ical.js and Node.js are not installed (deploy/test does it)")
        sys.exit(77)
    return {"libical": [LIBICAL], "python3-icalendar": [sys.executable, "-B", str(HERE / "python_reader.py")],
            "ical.js": [node, str(HERE / "ical_js_reader.mjs"), ICAL_JS]}


def read_by_all(archive, folder):
    """{reader: the file with what it printed}; the readers run side by side."""
    running = {}
    for name, command in commands().items():
        output = Path(folder) / f"{name}.jsonl"
        with open(output, "wb") as file:
            running[name] = (subprocess.Popen([*command, str(archive)], stdout=file, stderr=subprocess.PIPE), output)
    for name, (process, _) in running.items():
        _, complaint = process.communicate()
        if process.returncode != 0:
            raise SystemExit(f"{name} ended with {process.returncode}: {complaint.decode(errors='replace')[-2000:]}")
    return {name: output for name, (_, output) in running.items()}


def difference(one, other, path=""):
    """Where two values differ first."""
    if type(one) is not type(other):
        return f"{path}: {one!r} and {other!r}"
    if isinstance(one, dict):
        for key in sorted(one.keys() | other.keys()):
            if one.get(key) != other.get(key):
                return difference(one.get(key), other.get(key), f"{path}/{key}")
    if isinstance(one, list) and len(one) == len(other):
        for index, (a, b) in enumerate(zip(one, other)):
            if a != b:
                return difference(a, b, f"{path}/{index}")
    return f"{path}: {one!r} and {other!r}"


def instant(local):
    """"2027-03-28T03:30 Europe/Kyiv", or that "+90" minutes, as RFC 5545 3.3.5 means it: the first of two, and with the
    offset before a gap."""
    text, zone, *later = local.split(" ")
    moment = datetime.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(datetime.timezone.utc)
    moment += datetime.timedelta(minutes=sum(map(int, later)))
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def resolved(day_or_time):
    return instant(day_or_time) if " " in day_or_time else day_or_time


def only(component, name):
    values = component["properties"].get(name, [])
    return values[0] if len(values) == 1 else values or None


def key_of(component):
    recurrence = only(component, "RECURRENCE-ID")
    return only(component, "UID") + (f" on {recurrence.split('[')[0]}" if recurrence else "")


def wrong_with(entry, component):
    """What `component`, as read, says otherwise than the expected `entry`."""
    properties = component["properties"]
    start = (only(component, "DTSTART") or only(component, "DUE") or "").split("[")[0]
    checks = [("type", entry.get("type"), component["type"])]
    checks += [(name, value, only(component, name)) for name, value in entry.get("says", {}).items()]
    checks += [(f"number of {name}", number, len(properties.get(name, []))) for name, number in entry.get("count", {}).items()]
    checks += [(f"text of {name}", text, text if text in str(only(component, name)) else only(component, name))
               for name, text in entry.get("has", {}).items()]
    for name, local in entry.get("at", {}).items():
        checks.append((name, resolved(local), str(only(component, name)).split("[")[0]))
    if "only" in entry:
        checks.append(("names of properties", [], sorted(properties.keys() - set(entry["only"]))))
    if "alarms" in entry:
        checks.append(("alarms", entry["alarms"], len(component["inside"])))
    checks += [(name, values, properties.get(name, [])) for name, values in entry.get("lists", {}).items()]
    if "within" in entry:
        first, last = entry["within"]
        checks.append(("day", f"{first} to {last}", f"{first} to {last}" if first <= start[:10] <= last else start))
    if "instances" in entry:
        checks.append(("instances", [resolved(one) for one in entry["instances"]], component["instances"]))
    return [f"{name} is {found!r} and not {expected!r}" for name, expected, found in checks
            if expected is not None and expected != found]


def wrong_in(expected, told):
    """What a reader found otherwise than the database says."""
    found = {}
    wrong = [f"{name} of the calendar is {only(told, name)!r} and not {value!r}"
             for name, value in expected.get("calendar", {}).items() if only(told, name) != value]
    for component in told["components"]:
        key = key_of(component)
        if key in found:
            wrong.append(f"{key} stands twice")
        found[key] = component
    entries = {entry["uid"] + (f" on {resolved(entry['recurrence'])}" if "recurrence" in entry else ""): entry
               for entry in expected["entries"]}
    for key, component in found.items():
        if key in entries:
            wrong += [f"{key}: {what}" for what in wrong_with(entries[key], component)]
        elif " on " not in key or not expected.get("overrides_unknown", False):
            wrong.append(f"{key} is in the feed and not in the database")
    if expected.get("complete", True):
        wrong += [f"{key} is in the database and not in the feed" for key, entry in entries.items()
                  if key not in found and not entry.get("may_be_missing")]
    return wrong


def compare(archive, expectations):
    """(feeds, components, faults): reads the archive by all and holds what they say against one another."""
    faults, feeds, components = [], 0, 0
    with tempfile.TemporaryDirectory(prefix="convoke-readers-") as folder:
        outputs = {name: open(path, encoding="utf-8") for name, path in read_by_all(archive, folder).items()}
        names = list(outputs)
        for expected in expectations:
            told = {name: json.loads(outputs[name].readline()) for name in names}
            feeds += 1
            for name in names:
                if told[name]["name"] != expected["name"]:
                    raise SystemExit(f"{name} lost its place: {told[name]['name']} instead of {expected['name']}")
                if "error" in told[name]:
                    faults.append((expected["name"], f"{name} refuses it: {told[name]['error']}"))
            if any("error" in one for one in told.values()):
                continue
            first = told[names[0]]
            components += len(first["components"])
            for name in names[1:]:
                if told[name] != first:
                    faults.append((expected["name"], f"{names[0]} and {name} differ at "
                                                     + difference(first, told[name])[:600]))
            faults += [(expected["name"], what[:600]) for what in wrong_in(expected, first)]
        for name, output in outputs.items():
            if output.readline():
                raise SystemExit(f"{name} told of more feeds than there are")
            output.close()
    return feeds, components, faults


def write_archive(path, feeds):
    with open(path, "wb") as archive:
        for name, body in feeds:
            archive.write(b"FEED %d %s\n" % (len(body), name.encode()) + body + b"\n")


def conclude(feeds, components, faults, began, least):
    for name, what in faults[:MOST_SHOWN]:
        print(f"{name}: {what}")
    spoilt = len({name for name, _ in faults})
    print(f"{feeds} feeds with {components} entries, read alike by 3 readers: {feeds - spoilt}; faults: {len(faults)}; "
          f"{time.monotonic() - began:.1f} s")
    if feeds < least:
        print(f"fewer than {least} feeds: nothing was shown")
    return 1 if faults or feeds < least else 0


def generated(program, count, *more):
    commands()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="convoke-generated-") as folder:
        said = subprocess.run([program, str(count), folder, *more], check=True, capture_output=True, text=True)
        print(said.stdout, end="")
        with open(Path(folder) / "expected.jsonl", encoding="utf-8") as lines:
            result = compare(Path(folder) / "feeds", map(json.loads, lines))
        code = conclude(*result, began, int(count) if count.isdecimal() else 1)
        if code and os.environ.get("CONVOKE_KEEP"):
            shutil.copytree(folder, os.environ["CONVOKE_KEEP"], dirs_exist_ok=True)
    return code


def made(folder):
    commands()
    began = time.monotonic()
    expectations, feeds = [], []
    for path in sorted(Path(folder).glob("*.json")):
        expectation = json.loads(path.read_text(encoding="utf-8"))
        expectation["name"] = f"{path.stem[:12]} of '{expectation.pop('by')}'"
        feeds.append((expectation["name"], path.with_suffix(".ics").read_bytes()))
        expectations.append(expectation)
    if not feeds:
        print("skipped: no test that makes feeds has run")
        return 77
    with tempfile.TemporaryDirectory(prefix="convoke-made-") as scratch:
        write_archive(Path(scratch) / "feeds", feeds)
        return conclude(*compare(Path(scratch) / "feeds", expectations), began, 1)


def start(folder):
    """Feeds of an earlier run would be read again."""
    for path in Path(folder).glob("*.*"):
        path.unlink()
    Path(folder).mkdir(parents=True, exist_ok=True)
    return 1 if list(Path(folder).iterdir()) else 0


# What a spoilt writer might do, and what must be said of it.
SPOILT = [
    ("a title that is another", lambda body: body.replace(b"SUMMARY:", b"SUMMARY:x", 1)),
    ("a start in another hour", lambda body: swap_start(body)),
    ("an entry that is not there", lambda body: cut(body, b"BEGIN:VEVENT", b"END:VEVENT\r\n")),
    ("an entry that stands twice", lambda body: twice(body, b"BEGIN:VEVENT", b"END:VEVENT\r\n")),
    ("an injected property", lambda body: body.replace(b"CLASS:PUBLIC", b"CLASS:PUBLIC\r\nX-INJECTED:1", 1)),
    ("a status that is another", lambda body: body.replace(b"STATUS:CONFIRMED", b"STATUS:CANCELLED", 1)),
    ("a sequence that fell", lambda body: body.replace(b"SEQUENCE:", b"SEQUENCE:9", 1)),
    ("a zone without its explanation", lambda body: cut(body, b"BEGIN:VTIMEZONE", b"END:VTIMEZONE\r\n")),
    ("offsets that are not the zone's", lambda body: body.replace(b"TZOFFSETTO:+0200", b"TZOFFSETTO:+0100")),
    ("a line that is no property", lambda body: body.replace(b"CLASS:PUBLIC", b"CLASS PUBLIC", 1)),
    ("a page where a calendar should be", lambda body: b"<html>maintenance</html>\r\n"),
]


def swap_start(body):
    head, found, rest = body.partition(b"DTSTART;TZID=Europe/Kyiv:20261112T10")
    return head + found[:-2] + b"09" + rest if found else body


def cut(body, begin, end):
    head, found, rest = body.partition(begin)
    return head + rest.partition(end)[2] if found else body


def twice(body, begin, end):
    head, found, rest = body.partition(begin)
    inner, closing, after = rest.partition(end)
    return head + 2 * (found + inner + closing) + after if found else body


def control(program):
    commands()
    with tempfile.TemporaryDirectory(prefix="convoke-control-") as folder:
        subprocess.run([program, "plain", folder], check=True, capture_output=True)
        expected = json.loads((Path(folder) / "expected.jsonl").read_text(encoding="utf-8"))
        archive = (Path(folder) / "feeds").read_bytes()
        body = archive.partition(b"\n")[2][:-1]
        unnoticed = []
        for what, spoil in [("nothing", lambda same: same), *SPOILT]:
            spoilt = spoil(body)
            if what != "nothing" and spoilt == body:
                unnoticed.append(f"{what}: the plain feed has nothing of the kind to spoil")
                continue
            write_archive(Path(folder) / "spoilt", [(expected["name"], spoilt)])
            faults = compare(Path(folder) / "spoilt", [expected])[2]
            if bool(faults) == (what == "nothing"):
                unnoticed.append(f"{what}: {faults[:1] or 'unnoticed'}")
    print("\n".join(unnoticed) or f"{len(SPOILT)} faults, each noticed")
    return 1 if unnoticed else 0


def main(arguments):
    known = {"generated": generated, "made": made, "start": start, "control": control}
    if not arguments or arguments[0] not in known:
        print(__doc__, file=sys.stderr)
        return 64
    return known[arguments[0]](*arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
