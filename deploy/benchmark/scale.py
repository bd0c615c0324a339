#!/usr/bin/python3
"""What an edit, many personal calendars and a start cost, and how all that grows with the number of events.

    scale.py PROGRAM [--large] [--calendars 10000]

The events are written straight into a database of the program's own schema that no server has open; edits go through the
API. Times are those of one client on the loopback interface, the rest of the machine being as it is. --large adds a
million events to the table.
"""
import argparse
import http.client
import json
import random
import socket
import sqlite3
import statistics
import sys
import time
import uuid

import sites

EDIT_LIMIT = 3.0  # the first read after an edit, in reads of the unchanged feed
RATE_LIMIT = 2000  # calendars a second, never asked for before
MEMORY_LIMIT = 300  # MB
START_LIMIT = 1.5  # s
PATIENCE = 300  # s, with a server that says it is not ready yet
PER_PERSON = 50  # events that somebody is responsible for
PER_EVENT = 5  # people who are responsible for one
KINDS = ["meeting", "seminar", "round_table", "consultation", "competition", "training"]


def fill(database, events):
    """`events` of one association, each with PER_EVENT of the people, who have PER_PERSON each."""
    chance = random.Random(2)
    people = max(events * PER_EVENT // PER_PERSON, PER_EVENT)
    names = [f"{chance.choice('АБВГДЗКЛМНОПРСТ')}{stem}{number}" for number, stem in
             enumerate(chance.choice(["ойко", "ровченко", "елич", "арчук", "енюк"]) for _ in range(people))]
    db = sqlite3.connect(database)
    db.execute("PRAGMA synchronous=OFF")
    with db:
        db.execute("INSERT INTO organisation (id, name, name_key, zone, language, contact)"
                   " VALUES (1, 'Озерянська асоціація', 'озерянська асоціація', 'Europe/Kyiv', 'uk', '')")
        db.executemany("INSERT INTO person (id, organisation, name, name_key, email, post, language)"
                       " VALUES (?, 1, ?, ?, '', 'бібліотекар', 'uk')",
                       ((number + 1, name, name.lower()) for number, name in enumerate(names)))

        def rows():
            for number in range(events):
                day = f"2025-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
                timed = number % 3 == 0
                yield (number + 1, str(uuid.UUID(int=chance.getrandbits(128), version=4)), number,
                       f"{chance.choice(sites.TOPICS)} {chance.choice(sites.MATTERS)} ({number + 1})", chance.choice(KINDS),
                       "exact_time" if timed else "exact_date", day, day, chance.randint(7, 16) * 60 if timed else None,
                       chance.choice(sites.PLACES), sites.INVITATION, sites.NOW - 86400, sites.NOW - 86400)
        db.executemany(
            "INSERT INTO event (id, uid, organisation, position, section, number, title, kind, involvement, status,"
            " period_precision, period_first, period_last, period_time, period_deadline, period_source, zone, place,"
            " online_url, note, description, responsible_text, sequence, created, modified)"
            " VALUES (?, ?, 1, ?, '', '', ?, ?, 'host', 'dated', ?, ?, ?, ?, 0, '', 'Europe/Kyiv', ?, '', '', ?, '', 0, ?, ?)",
            rows())
        db.executemany(
            "INSERT INTO event_responsible (event, position, person, name, post, organisation) VALUES (?, ?, ?, ?, '', '')",
            ((number + 1, place, (number * PER_EVENT + place) % people + 1, names[(number * PER_EVENT + place) % people])
             for number in range(events) for place in range(PER_EVENT)))
        db.execute("INSERT INTO change_log (number, at, author, entity, entity_id, action, unit)"
                   " VALUES (1, ?, 'bench', 'database', 1, 'insert', 1)", (sites.NOW - 86400,))
    db.close()
    return people


class Client:
    """One connection that reads and edits."""

    def __init__(self, port, token):
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
        self.token = token
        self.edits = 0

    def read(self, path):
        """Seconds and bytes. Who is told to come again in a moment (503) does, and the seconds are those of all tries."""
        began = time.perf_counter()
        while True:
            self.http.request("GET", path)
            answer = self.http.getresponse()
            body = answer.read()
            seconds = time.perf_counter() - began
            if answer.status == 200:
                return seconds, body
            if answer.status != 503 or seconds > PATIENCE:
                sys.exit(f"{path} answers {answer.status}: {body[:200]}")
            time.sleep(0.05)

    def edit(self, event):
        self.edits += 1
        self.http.request("PATCH", f"/api/v1/events/{event}", json.dumps({"title": f"Нова назва {self.edits}"}),
                          {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"})
        answer = self.http.getresponse()
        said = answer.read()
        if answer.status != 200:
            sys.exit(f"the edit of event {event} answers {answer.status}: {said[:200]}")


def started(program, events):
    """A server with so many events, how many people they have, and the seconds to its first answer with a feed."""
    convoke = sites.Convoke(program)
    convoke.command("migrate")
    people = fill(convoke.database, events)
    token = convoke.command("token", "add", "bench").split()[-1]
    began = time.perf_counter()
    convoke.start()
    client = Client(convoke.port, token)
    _, body = client.read("/feeds/all.ics?responsible=1")
    seconds = time.perf_counter() - began
    expected = min(PER_PERSON, events)
    if body.count(b"BEGIN:VEVENT") != expected:
        sys.exit(f"the first person has {body.count(b'BEGIN:VEVENT')} events instead of {expected}")
    return convoke, client, people, seconds


def reads(client, path, event, rounds):
    """Seconds of a first read, of an unchanged feed and of the first read after an edit of `event`: (s, s, s)."""
    cold, _ = client.read(path)
    warm, edited = [], []
    for _ in range(rounds):
        warm += [client.read(path)[0] for _ in range(3)]
        client.edit(event)
        seconds, body = client.read(path)
        # Short enough never to be folded: unfolding a gigabyte takes longer than a server waits for the next request.
        if f"SUMMARY:Нова назва {client.edits}\r\n".encode() not in body:
            sys.exit(f"{path} does not show the edit")
        edited.append(seconds)
    return cold, statistics.median(warm), statistics.median(edited)


def verdict(holds):
    return "ok" if holds else "MISSED"


def many_calendars(program, count):
    """Every person's calendar once, by one client that sends ahead."""
    events = count * PER_PERSON // PER_EVENT
    convoke, _, people, _ = started(program, events)
    with convoke:
        connection = socket.create_connection(("127.0.0.1", convoke.port), timeout=300)
        stream = connection.makefile("rb", buffering=1 << 20)
        ahead, asked, bytes_read = 32, 0, 0
        began = time.perf_counter()
        for number in range(people):
            while asked < min(number + ahead, people):
                asked += 1
                connection.sendall(f"GET /feeds/all.ics?responsible={asked} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            if b" 200 " not in stream.readline():
                sys.exit("a personal calendar is not served")
            length = 0
            while (line := stream.readline()) != b"\r\n":
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            bytes_read += len(stream.read(length))
        seconds = time.perf_counter() - began
        rate, memory = people / seconds, convoke.resident()
        print(f"{people} calendars of {PER_PERSON} events among {events}, each for the first time: {seconds:.2f} s, "
              f"{bytes_read / people / 1024:.0f} KB each")
        print(f"  calendars a second   {rate:8.0f}      limit {RATE_LIMIT}   {verdict(rate >= RATE_LIMIT)}")
        print(f"  resident memory      {memory:8.0f} MB   limit {MEMORY_LIMIT}    {verdict(memory <= MEMORY_LIMIT)}", flush=True)


def growth(program, sizes):
    """The table, and the limits that hold at 100,000 events."""
    paths = {"all": "/feeds/all.ics", "one person": "/feeds/all.ics?responsible=1"}
    rows, checks = [], []
    for events in sizes:
        convoke, client, _, start = started(program, events)
        with convoke:
            rounds = 9 if events <= 100_000 else 3
            figures = {name: reads(client, path, 1, rounds) for name, path in paths.items()}
            rows.append((events, start, convoke.resident(), *figures["all"], *figures["one person"][1:]))
        if events == 100_000:
            checks.append(f"start until a feed is answered, {events} events: {start:6.2f} s   limit {START_LIMIT} s   "
                          f"{verdict(start <= START_LIMIT)}")
            for name, (_, warm, edited) in figures.items():
                checks.append(f"first read after an edit among {events} events, {name}: {edited / warm:5.2f}x of the warm read   "
                              f"limit {EDIT_LIMIT}x   {verdict(edited / warm <= EDIT_LIMIT)}")
    print("\n                          |----------- all.ics, ms -----------|  |-- one person, ms --|")
    print("   events  start s  res. MB        cold       warm   after edit      warm   after edit")
    for events, start, memory, cold, warm, edited, one_warm, one_edited in rows:
        print(f"{events:9} {start:8.2f} {memory:8.0f} {cold * 1000:11.1f} {warm * 1000:10.1f} {edited * 1000:12.1f} "
              f"{one_warm * 1000:9.2f} {one_edited * 1000:12.2f}")
    print("\n" + "\n".join(checks), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--large", action="store_true", help="a million events, too")
    parser.add_argument("--calendars", type=int, default=10_000)
    parser.add_argument("--sizes", type=lambda text: [int(one) for one in text.split(",")], default=[1_000, 10_000, 100_000])
    options = parser.parse_args()
    many_calendars(options.program, options.calendars)
    growth(options.program, options.sizes + ([1_000_000] if options.large else []))


if __name__ == "__main__":
    main()
