#!/usr/bin/python3
"""Durable registrations a second over 64 connections, as a ratio to a bare SQLite loop that inserts the same rows.

    registration.py PROGRAM [--seconds 4] [--connections 64] [--rounds 3] [--memory 100000]

Every registration is answered after its commit is on the disk. The bare loop has no server: it inserts the rows that the
server has stored (all columns, the same indexes) in groups of 64 with synchronous=FULL, each group one commit. Rounds
alternate between the two. At the end the server takes as many registrations as --memory says and tells how much its
memory grew; 0 leaves that out.
"""
import argparse
import json
import re
import sqlite3
import statistics
import subprocess
import sys
import time
from pathlib import Path

import sites

LIMIT = 0.3  # of the bare loop's rows a second, at least
GROUP = 64
PLAN = ("План роботи методичного об’єднання бібліотекарів Вишневої громади на 2031 рік\n\n"
        "№\tЗахід\tТермін\tВідповідальний\n"
        "1.\tКонференція «Книга в дорозі»\t24 вересня 2031 року\tЯвір С.М.\n")


# What each request of wrk is. Every one as if from somebody else: one address may change little in a minute.
SCRIPT = """
local number = FIRST
request = function()
  number = number + 1
  local from = string.format("10.%d.%d.%d", math.floor(number / 65536) % 256, math.floor(number / 256) % 256, number % 256)
  local body = string.format('{"name":"Учасниця %d","institution":"Бібліотека № %d"}', number, number % 50)
  return wrk.format("POST", "/api/v1/events/EVENT/registrations",
    {["Authorization"] = "Bearer TOKEN", ["Content-Type"] = "application/json", ["X-Forwarded-For"] = from}, body)
end
"""


class Conference(sites.Convoke):
    """A server with one event whose registration is open."""

    def __init__(self, program):
        super().__init__(program)
        self.environment.pop("CONVOKE_CLOCK_OFFSET")
        self.environment["CONVOKE_TRUSTED_PROXY"] = "127.0.0.1"
        (self.folder / "plan.txt").write_text(PLAN, encoding="utf-8")
        self.command("import", str(self.folder / "plan.txt"))
        self.token = self.command("token", "add", "bench", "--scope", "write").split()[-1]
        # The server is not running yet: its file is nobody else's.
        with sqlite3.connect(self.database) as database:
            self.event = database.execute("SELECT id FROM event").fetchone()[0]
            database.execute("INSERT INTO registration_form (event, switched_on, moderated, waiting_list, fields, consent,"
                             " keep_months, join_url) VALUES (?, 1, 0, 1, '[]', ?, 12, '')", (self.event, json.dumps([""] * 4)))
            database.execute("INSERT INTO registration_places (event, format, offered) VALUES (?, 'hall', 1)",
                             (self.event,))
        database.close()
        self.start()
        self.entered = self.answered = 0

    def register(self, seconds, connections):
        """Registrations a second over `seconds`, each answered when it is durable; wrk leaves the server what it can of
        the processors."""
        script = self.folder / "registrations.lua"
        script.write_text(SCRIPT.replace("FIRST", str(self.entered)).replace("EVENT", str(self.event))
                          .replace("TOKEN", self.token), encoding="utf-8")
        told = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s", str(script),
                               f"http://127.0.0.1:{self.port}"], capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in told or "Socket errors" in told:
            sys.exit("registrations were refused:\n" + told)
        answered, took = re.search(r"(\d+) requests in ([\d.]+)s", told).groups()
        # Those on their way at the end are stored, and their numbers are not given again.
        self.entered += int(answered) + connections
        self.answered += int(answered)
        return int(answered) / float(took)


def bare(rows, schema, folder):
    """Rows a second of a loop that does nothing else."""
    path = Path(folder) / "bare.db"
    for old in Path(folder).glob("bare.db*"):
        old.unlink()
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    for statement in schema:
        database.execute(statement)
    insert = f"INSERT INTO registration VALUES ({', '.join('?' * len(rows[0]))})"
    began = time.monotonic()
    for start in range(0, len(rows), GROUP):
        database.execute("BEGIN IMMEDIATE")
        database.executemany(insert, rows[start:start + GROUP])
        database.execute("COMMIT")
    took = time.monotonic() - began
    database.close()
    return len(rows) / took


def stored(conference):
    """The rows that the server has, and the statements that make their table."""
    copy = conference.folder / "copy.db"
    copy.unlink(missing_ok=True)
    conference.command("backup", str(copy))
    database = sqlite3.connect(copy)
    rows = database.execute("SELECT * FROM registration ORDER BY id").fetchall()
    schema = [row[0] for row in database.execute(
        "SELECT sql FROM sqlite_schema WHERE tbl_name = 'registration' AND type IN ('table', 'index') AND sql IS NOT NULL"
        " ORDER BY type DESC")]
    taken = database.execute("SELECT sum(taken) FROM registration_places").fetchone()[0]
    database.close()
    if not conference.answered <= len(rows) == taken <= conference.entered:
        sys.exit(f"{conference.answered} were answered, {len(rows)} are stored, {taken} places are taken")
    return rows, schema


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", type=int, default=100000)
    chosen = parser.parse_args()
    ours, theirs, ratios = [], [], []
    for _ in range(chosen.rounds):
        with Conference(chosen.program) as conference:
            rate = conference.register(chosen.seconds, chosen.connections)
            rows, schema = stored(conference)
            other = bare(rows, schema, conference.folder)
        ours.append(rate)
        theirs.append(other)
        ratios.append(rate / other)
    print(f"registrations a second over {chosen.connections} connections: {statistics.median(ours):.0f} "
          f"(bare SQLite in groups of {GROUP}: {statistics.median(theirs):.0f})")
    print(f"ratio {statistics.median(ratios):.2f} of the bare loop (at least {LIMIT}), rounds "
          + ", ".join(f"{one:.2f}" for one in ratios))
    if chosen.memory:
        with Conference(chosen.program) as conference:
            while conference.answered < chosen.memory // 10:
                conference.register(1, chosen.connections)
            early, before = conference.answered, conference.resident()
            while conference.answered < chosen.memory:
                conference.register(chosen.seconds, chosen.connections)
            print(f"memory after {early} registrations {before:.1f} MB, after {conference.answered} "
                  f"{conference.resident():.1f} MB")


if __name__ == "__main__":
    main()
