#!/usr/bin/env python3
"""Reads a feed of random series with python3-icalendar, expands it with python3-dateutil and compares every
occurrence with what the model says: when it begins, whether it is cancelled, what it is called.

usage: series_readers.py SAMPLE_PROGRAM [SEED] [SERIES]
Exit 77 (skipped) when a library is not installed.
"""
import collections
import datetime
import re
import subprocess
import sys
import zoneinfo

try:
    import icalendar
    from dateutil import rrule
except ImportError:
    print("skipped: python3-icalendar or python3-dateutil is not installed")
    sys.exit(77)

UTC = datetime.timezone.utc


def local(value, zone):
    """The clock on the wall in the series' zone, or midnight of a day: what RRULE counts in."""
    if not isinstance(value, datetime.datetime):
        return datetime.datetime.combine(value, datetime.time())
    return value.astimezone(zone).replace(tzinfo=None) if zone else value.replace(tzinfo=None)


def shown(value):
    if not isinstance(value, datetime.datetime):
        return value.isoformat()
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def zone_of(event):
    start = event["DTSTART"]
    if not isinstance(start.dt, datetime.datetime):
        return None
    return zoneinfo.ZoneInfo(start.params["TZID"]) if "TZID" in start.params else UTC


def form_of(prop):
    """What feeds.md rule 31 compares: the value type and the TZID."""
    value = prop.dts[0].dt if hasattr(prop, "dts") else prop.dt
    return (isinstance(value, datetime.datetime), prop.params.get("TZID"))


def days_in(event, name, zone):
    props = event.get(name, [])
    for prop in props if isinstance(props, list) else [props]:
        for one in prop.dts:
            yield local(one.dt, zone)


def expand(parts, faults):
    master = next(p for p in parts if "RECURRENCE-ID" not in p)
    uid, zone = str(master["UID"]), zone_of(master)
    start = local(master["DTSTART"].dt, zone)
    days = {start}
    if "RRULE" in master:
        rule = master["RRULE"]
        until = local(rule["UNTIL"][0], zone)
        text = rule.to_ical().decode()
        text = ";".join(p for p in text.split(";") if not p.startswith("UNTIL="))
        found = list(rrule.rrulestr("RRULE:" + text, dtstart=start).replace(until=until))
        if start not in found:
            faults.append(f"{uid}: DTSTART is no day of {rule.to_ical().decode()}")
        days |= set(found)
    days |= set(days_in(master, "RDATE", zone))
    days -= set(days_in(master, "EXDATE", zone))
    for name in ("RDATE", "EXDATE"):
        if name in master and form_of(master[name]) != form_of(master["DTSTART"]):
            faults.append(f"{uid}: {name} has another form than DTSTART")
    changed = {}
    for part in parts:
        if part is master:
            continue
        if form_of(part["RECURRENCE-ID"]) != form_of(master["DTSTART"]):
            faults.append(f"{uid}: RECURRENCE-ID has another form than DTSTART")
        key = local(part["RECURRENCE-ID"].dt, zone)
        if key in changed:
            faults.append(f"{uid}: {key} is changed twice")
        if key not in days:
            faults.append(f"{uid}: RECURRENCE-ID {key} is no day of the series")
        changed[key] = part
    out = []
    for key in days:
        part = changed.get(key, master)
        start = part["DTSTART"].dt if part is not master else key.date() if zone is None else key.replace(tzinfo=zone)
        status = "CANCELLED" if part["STATUS"] == "CANCELLED" else ""
        out.append((shown(start), status, re.sub("^(Скасовано|Строк): ", "", str(part["SUMMARY"]))))
    return sorted(out)


def main():
    sample = sys.argv[1]
    seed = sys.argv[2] if len(sys.argv) > 2 else "20261122"
    count = sys.argv[3] if len(sys.argv) > 3 else "600"
    feed = subprocess.run([sample, seed, count], check=True, capture_output=True).stdout
    lines = subprocess.run([sample, seed, count, "--expected"], check=True, capture_output=True).stdout.decode()
    expected = collections.defaultdict(list)
    for line in lines.splitlines():
        uid, start, status, title = line.split("\t")
        expected[uid].append((start, status, title))
    faults, parts = [], collections.defaultdict(list)
    for event in icalendar.Calendar.from_ical(feed).walk("VEVENT"):
        faults += [f"{event['UID']}: {error}" for error in event.errors]
        parts[str(event["UID"])].append(event)
    compared = 0
    for uid in sorted(expected.keys() | parts.keys()):
        if uid not in parts:
            faults.append(f"{uid}: is not in the feed")
            continue
        found = expand(parts[uid], faults)
        want = sorted(expected[uid])
        compared += len(found)
        if len(found) != len(want):
            faults.append(f"{uid}: {len(found)} occurrences, {len(want)} wanted")
            continue
        if any(start == "soft" for start, _, _ in want):
            continue
        for one, other in zip(found, want):
            if one != other:
                faults.append(f"{uid}: {one} found, {other} wanted")
    for fault in faults[:30]:
        print(fault)
    print(f"seed {seed}: {len(parts)} series, {compared} occurrences compared, {len(faults)} faults")
    return 1 if faults or compared < 1000 else 0


sys.exit(main())
