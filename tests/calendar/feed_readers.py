#!/usr/bin/env python3
"""Reads a feed of the sample program with python3-icalendar and compares it with what the sample says it holds.

usage: feed_readers.py SAMPLE_PROGRAM
Exit 77 (skipped) when the library is not installed.
"""
import datetime
import json
import subprocess
import sys

try:
    import icalendar
except ImportError:
    print("skipped: python3-icalendar is not installed")
    sys.exit(77)


def iso(value):
    if isinstance(value, datetime.datetime):
        if value.tzinfo is None:
            return "floating " + value.isoformat()
        return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat()


def main():
    sample = sys.argv[1]
    feed = subprocess.run([sample], check=True, capture_output=True).stdout
    expected = subprocess.run([sample, "--expected"], check=True, capture_output=True).stdout
    expected = {row["uid"]: row for row in map(json.loads, expected.decode().splitlines())}
    calendar = icalendar.Calendar.from_ical(feed)
    faults = []
    found = {}
    for event in calendar.walk("VEVENT"):
        uid = str(event["UID"])
        if uid in found:
            faults.append(f"{uid}: twice")
        found[uid] = {
            "uid": uid,
            "summary": str(event["SUMMARY"]),
            "start": iso(event["DTSTART"].dt),
            "end": iso(event["DTEND"].dt),
        }
        faults += [f"{uid}: {error}" for error in event.errors]
        faults += [f"{uid}: {name}" for name in event if name.startswith("X-INJ")]
    for uid in sorted(expected.keys() | found.keys()):
        if expected.get(uid) != found.get(uid):
            faults.append(f"{uid}: expected {expected.get(uid)}, found {found.get(uid)}")
    zones = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
    if zones != {"Europe/Kyiv", "Europe/Minsk", "Europe/Samara", "Europe/Vilnius"}:
        faults.append(f"zones: {sorted(zones)}")
    for fault in faults:
        print(fault)
    print(f"{len(found)} events, {len(faults)} faults")
    return 1 if faults or len(found) < 20 else 0


sys.exit(main())
