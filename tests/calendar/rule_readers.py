#!/usr/bin/env python3
"""Counts random recurrence rules out with python3-dateutil and with ours and compares the days.

usage: rule_readers.py SAMPLE_PROGRAM [SEED] [RULES]
No rule looks at a day twice; how long the slowest took is printed. Exit 77 (skipped) without python3-dateutil.
"""
import datetime
import random
import subprocess
import sys

try:
    from dateutil import rrule
except ImportError:
    print("skipped: python3-dateutil is not installed")
    sys.exit(77)

# Of a rule that names no day dateutil tries every one until this year; 9999 would take minutes.
rrule.datetime.MAXYEAR = 2042
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
MOST_INSTANCES = 1000
HORIZON = datetime.timedelta(days=3660)
MOST_STEPS = 3660 + 366 * 2  # every day of ten years, and the whole of the first and the last year

# What an expander can be made to choke on, and what people mean by a series (threats G2, G3).
FIXED = [
    ("2026-01-01", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
    ("2026-01-01", "FREQ=MONTHLY;BYMONTHDAY=31"),
    ("2026-01-31", "FREQ=MONTHLY"),
    ("2024-02-29", "FREQ=YEARLY"),
    ("2026-01-01", "FREQ=DAILY"),
    ("2026-01-01", "FREQ=DAILY;INTERVAL=366"),
    ("2026-01-01", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29"),
    ("2026-01-01", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"),
    ("2026-01-01", "FREQ=YEARLY;BYDAY=53MO"),
    ("2026-01-01", "FREQ=YEARLY;BYDAY=-53FR"),
    ("2026-01-01", "FREQ=MONTHLY;INTERVAL=12;BYDAY=5TH"),
    ("2026-01-05", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU"),
    ("2026-01-05", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=MO"),
    ("2026-01-31", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
    ("2026-01-01", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
    ("2026-01-01", "FREQ=MONTHLY;INTERVAL=3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
    ("2026-01-15", "FREQ=MONTHLY;BYDAY=3TH"),
    ("2026-01-01", "FREQ=MONTHLY;BYDAY=-1FR"),
    ("2026-01-01", "FREQ=YEARLY;INTERVAL=366;BYMONTH=1;BYMONTHDAY=1"),
    ("2026-01-01", "FREQ=DAILY;COUNT=1000"),
]


def random_rule(rng):
    frequency = rng.choice(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
    parts = ["FREQ=" + frequency]
    if rng.random() < 0.4:
        parts.append(f"INTERVAL={rng.choice([1, 2, 3, 4, 5, 6, 7, 12, 13, 52, 100, 366])}")
    if rng.random() < 0.5:
        nth = frequency in ("MONTHLY", "YEARLY") and rng.random() < 0.5
        # All counted or none: of BYDAY=1WE,FR dateutil takes the intersection, RFC 5545 the union.
        def one():
            return (rng.choice(["1", "2", "3", "4", "5", "-1", "-2", "-5"]) if nth else "") + rng.choice(DAYS)
        parts.append("BYDAY=" + ",".join(sorted({one() for _ in range(rng.randint(1, 4))})))
    if frequency != "WEEKLY" and rng.random() < 0.35:
        days = {rng.choice([*range(1, 32), -1, -2, -15, -31]) for _ in range(rng.randint(1, 3))}
        parts.append("BYMONTHDAY=" + ",".join(map(str, sorted(days))))
    if rng.random() < 0.3:
        months = {rng.randint(1, 12) for _ in range(rng.randint(1, 3))}
        parts.append("BYMONTH=" + ",".join(map(str, sorted(months))))
    if len(parts) > 2 and rng.random() < 0.25 and any(p.startswith("BY") for p in parts):
        parts.append("BYSETPOS=" + str(rng.choice([1, 2, 3, -1, -2, 5, -5])))
    if rng.random() < 0.25:
        parts.append("WKST=" + rng.choice(DAYS))
    if rng.random() < 0.3:
        parts.append(f"COUNT={rng.randint(1, 40)}")
    start = datetime.date(2024, 1, 1) + datetime.timedelta(days=rng.randint(0, 1500))
    return start.isoformat(), ";".join(parts)


def expected(start, text):
    """The days of RFC 5545: DTSTART is the first instance whether the rule names it or not."""
    count, parts = MOST_INSTANCES, []
    for part in text.split(";"):
        if part.startswith("COUNT="):
            count = min(count, int(part[6:]))
        else:
            parts.append(part)
    begin = datetime.datetime.fromisoformat(start)
    last = begin + HORIZON
    # The end keeps dateutil from looking for days that never come until the year 9999.
    rule = rrule.rrulestr("RRULE:" + ";".join(parts), dtstart=begin).replace(until=last)
    days = [begin]
    for day in rule:
        if len(days) >= count:
            break
        if day > begin:
            days.append(day)
    return [day.date().isoformat() for day in days]


def main():
    sample = sys.argv[1]
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20261122
    wanted = int(sys.argv[3]) if len(sys.argv) > 3 else 2500
    rng = random.Random(seed)
    rules = FIXED + [random_rule(rng) for _ in range(wanted)]
    text = "".join(f"{start} 2199-12-31 {rule}\n" for start, rule in rules)
    answers = subprocess.run([sample], input=text, check=True, capture_output=True, text=True).stdout.splitlines()
    assert len(answers) == len(rules), (len(answers), len(rules))
    faults, compared, refused, most_steps, slowest = [], 0, 0, 0, 0
    for (start, rule), answer in zip(rules, answers):
        if answer.startswith("refused "):
            refused += 1
            # Refusing is right for what names no day at all; a rule that has days must not be refused.
            reason = answer.removeprefix("refused ")
            if "do not exist" not in reason and "sixth" not in reason:
                faults.append(f"{start} {rule}: {reason}")
            elif "do not exist" in reason and len(expected(start, rule)) > 1:
                faults.append(f"{start} {rule}: refused, and it has days")
            continue
        steps, took, *days = answer.split()
        most_steps, slowest = max(most_steps, int(steps)), max(slowest, int(took))
        compared += 1
        want = expected(start, rule)
        if days != want:
            odd = next((i for i, (a, b) in enumerate(zip(days, want)) if a != b), min(len(days), len(want)))
            faults.append(f"{start} {rule}: {len(days)} days, {len(want)} wanted; differ from {odd}: "
                          f"{days[odd:odd + 3]} {want[odd:odd + 3]}")
    if most_steps > MOST_STEPS:
        faults.append(f"{most_steps} steps for one rule, {MOST_STEPS} allowed")
    for fault in faults[:30]:
        print(fault)
    print(f"seed {seed}: {compared} rules compared, {refused} refused, {len(faults)} faults; "
          f"most steps {most_steps}, slowest {slowest} us")
    return 1 if faults or compared < 2000 else 0


sys.exit(main())
