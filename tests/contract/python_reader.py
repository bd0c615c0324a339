#!/usr/bin/python3
"""Reads an archive of feeds with python3-icalendar and prints one canonical JSON line a feed (see readers.py).

usage: python_reader.py ARCHIVE

Three faults of icalendar 4 are put right here, because they would hide the writer's own: it undoes escapes with
successive replacements ("\\\\n" becomes a line break), takes %2C in an address for an escaped comma, and splits
CATEGORIES at escaped commas. What reads lines, parameters, dates and rules is the library's.
"""
import datetime
import json
import re
import sys

import icalendar
import icalendar.parser
import icalendar.prop
from dateutil.rrule import rruleset, rrulestr

MOST_INSTANCES = 60
UTC = datetime.timezone.utc
DATES = {"DTSTART", "DTEND", "DUE", "RECURRENCE-ID", "EXDATE", "RDATE", "DTSTAMP", "CREATED", "LAST-MODIFIED", "COMPLETED"}
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
CARETS = {"^n": "\n", "^'": '"', "^^": "^"}


def unescape(text):
    return ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def split_categories(text):
    return [unescape(part) for part in re.findall(r"(?:\\.|[^,\\])+", text, re.DOTALL)]


icalendar.parser.escape_string = icalendar.parser.unescape_string = lambda text: text
icalendar.parser.unescape_char = icalendar.prop.unescape_char = unescape
icalendar.prop.vCategory.from_ical = staticmethod(split_categories)


def instant(value):
    if not isinstance(value, datetime.datetime):
        return value.isoformat()
    if value.tzinfo is None:
        return value.strftime("%Y-%m-%dT%H:%M:%S floating")
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(value, zone):
    return instant(value) + (f"[{zone}]" if zone and isinstance(value, datetime.datetime) else "")


def rule(value):
    parts = []
    for part in value.to_ical().decode().split(";"):
        name, _, members = part.partition("=")
        if part not in ("INTERVAL=1", "WKST=MO"):
            parts.append(f"{name}={','.join(sorted(members.split(',')))}")
    return ";".join(sorted(parts))


def parameters(value):
    found = []
    for name, text in getattr(value, "params", {}).items():
        if name not in ("VALUE", "TZID"):
            text = ",".join(text) if isinstance(text, list) else str(text)
            found.append(f"{name}=" + re.sub(r"\^[n'^]", lambda caret: CARETS[caret[0]], text))
    return " {" + "; ".join(sorted(found)) + "}" if found else ""


def written(name, value):
    """The canonical values of one property."""
    if isinstance(value, icalendar.prop.vRecur):
        return [rule(value)]
    if isinstance(value, icalendar.prop.vDDDLists):
        return [moment(one.dt, value.params.get("TZID") if hasattr(value, "params") else None) for one in value.dts]
    if name in DATES:
        return [moment(value.dt, value.params.get("TZID"))]
    if isinstance(value, icalendar.prop.vCategory):
        return [str(one) for one in value.cats]
    if isinstance(value, icalendar.prop.vGeo):
        return ["{:.6f};{:.6f}".format(value.latitude, value.longitude)]
    if isinstance(value, (icalendar.prop.vDDDTypes, icalendar.prop.vDuration)):
        return [value.to_ical().decode() + parameters(value)]
    if isinstance(value, list):  # CATEGORIES as this version leaves it
        return [str(one) for one in value]
    return [str(value) + parameters(value)]


def properties(component):
    found = {}
    for name, values in component.items():
        listed = values if isinstance(values, list) and name != "CATEGORIES" else [values]
        for value in listed:
            found.setdefault(name, []).extend(written(name, value))
    return found


def listed(component, name):
    values = component.get(name, [])
    return [one.dt for value in (values if isinstance(values, list) else [values]) for one in value.dts]


def instances(component):
    """The first starts of a series, exceptions taken out and overrides left aside."""
    if "RRULE" not in component and "RDATE" not in component:
        return []
    start = component["DTSTART"].dt
    timed = isinstance(start, datetime.datetime)
    zone = start.tzinfo if timed else None

    def local(day):
        if not isinstance(day, datetime.datetime):
            return datetime.datetime(day.year, day.month, day.day)
        return day.astimezone(zone).replace(tzinfo=None) if day.tzinfo and zone else day.replace(tzinfo=None)

    def resolved(day):
        if not timed:
            return day.date().isoformat()
        return instant(zone.localize(day) if hasattr(zone, "localize") else day.replace(tzinfo=zone))

    series = rruleset()
    series.rdate(local(start))
    if "RRULE" in component:
        parts = dict(component["RRULE"])
        until = parts.pop("UNTIL", None)
        text = icalendar.prop.vRecur(parts).to_ical().decode()
        if until:
            text += ";UNTIL=" + local(until[0]).strftime("%Y%m%dT%H%M%S")
        series.rrule(rrulestr(text, dtstart=local(start)))
    for day in listed(component, "RDATE"):
        series.rdate(local(day))
    for day in listed(component, "EXDATE"):
        series.exdate(local(day))
    found = []
    for day in series:
        found.append(resolved(day))
        if len(found) == MOST_INSTANCES:
            break
    return found


def read(feed):
    calendars = icalendar.Calendar.from_ical(feed, multiple=True)
    if len(calendars) != 1 or calendars[0].name != "VCALENDAR":
        raise ValueError(f"{len(calendars)} calendars")
    calendar = calendars[0]
    components = []
    for component in calendar.subcomponents:
        if component.errors:
            raise ValueError(str(component.errors))
        if component.name != "VTIMEZONE":
            components.append({"type": component.name, "properties": properties(component),
                               "inside": [[inner.name, properties(inner)] for inner in component.subcomponents],
                               "instances": instances(component)})
    return {"properties": properties(calendar), "zones": sorted(str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")),
            "components": components}


def feeds(path):
    with open(path, "rb") as archive:
        while head := archive.readline():
            word, size, name = head.decode().rstrip("\n").split(" ", 2)
            if word != "FEED":
                raise ValueError(f"no archive: {head!r}")
            yield name, archive.read(int(size))
            archive.readline()


def main(path):
    for name, feed in feeds(path):
        try:
            told = read(feed)
        except Exception as error:  # whatever the library throws is what it says of this feed
            told = {"error": f"{type(error).__name__}: {error}"}
        told["name"] = name
        print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1])
