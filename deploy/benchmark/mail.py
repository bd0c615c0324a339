#!/usr/bin/python3
"""Mails a second from Convoke to postfix's smtp-sink beside postfix's smtp-source with as many sessions, as a ratio.

    mail.py PROGRAM [--mails 4000] [--sessions 2] [--rounds 5] [--tools FOLDER]

Both send messages of the same size over loopback to the same sink. smtp-source sends one text again and again and keeps
its sessions open (-d); Convoke claims, composes, hands over and stores each mail, its attempt and its copy durably.
Rounds alternate between the two, and the best of each counts: whatever else the machine does only takes away. A second
figure has smtp-source as it is without -d: a session for each message.
"""
import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
from datetime import datetime, timezone

import sites

LIMIT = 0.5  # of smtp-source's mails a second, at least
READERS = 40  # of one event
# Events of one set of readers: two on each of five days, fewer than what comes to a reader as one digest.
EVENTS_OF_READERS = 10
PLAN_NOW = "2025-02-01T09:00:00Z"
DUE = datetime(2025, 2, 23, 12, tzinfo=timezone.utc)


class Sink:
    """smtp-sink, and how many messages it has counted when."""

    def __init__(self, tools):
        self.port = sites.free_port()
        user = ["-u", "nobody"] if os.geteuid() == 0 else []
        environment = dict(os.environ, LD_LIBRARY_PATH=str(tools.libraries))
        self.process = subprocess.Popen([tools.sink, *user, "-c", f"127.0.0.1:{self.port}", "1000"],
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment)
        self.count, self.first, self.last = 0, None, None
        self.changed = threading.Condition()
        threading.Thread(target=self.read, daemon=True).start()
        time.sleep(0.2)
        if self.process.poll() is not None:
            sys.exit("smtp-sink does not start")

    def read(self):
        rest = b""
        while data := os.read(self.process.stdout.fileno(), 65536):
            found = re.findall(rb"mesg=(\d+)", rest + data)
            rest = (rest + data)[-40:]
            if found:
                with self.changed:
                    if self.count == 0:
                        self.first = time.monotonic()
                    self.count, self.last = int(found[-1]), time.monotonic()
                    self.changed.notify_all()

    def wait(self, count):
        with self.changed:
            if not self.changed.wait_for(lambda: self.count >= count, timeout=300):
                sys.exit(f"only {self.count} of {count} mails came")
        return self.count / max(1e-6, self.last - self.first)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


class Tools:
    def __init__(self, folder):
        found = {name: shutil.which(name, path=f"{folder}/usr/sbin:/usr/sbin") for name in ("smtp-sink", "smtp-source")}
        if None in found.values():
            sys.exit("smtp-sink and smtp-source are missing: they are in Debian's package postfix")
        self.sink, self.source = found["smtp-sink"], found["smtp-source"]
        self.libraries = f"{folder}/usr/lib/postfix"


def plan_text(mails):
    events = -(-mails // READERS)
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = [f"Reader{letters[n // 676 % 26]}{letters[n // 26 % 26]}{letters[n % 26]} A.B."
             for n in range(READERS * -(-events // EVENTS_OF_READERS))]

    def readers_of(event):
        first = event // EVENTS_OF_READERS * READERS
        return ", ".join(names[first:first + READERS])

    head = ("План работы методического объединения библиотекарей на 2025 год\n\n"
            "№ п/п\tМероприятия\tСроки проведения\tОтветственный\n")
    rows = "".join(f"{n + 1}.\tСеминар номер {n + 1}\t{3 + n % 5:02}.03.2025\t{readers_of(n)}\n"
                   for n in range(events))
    people = "name,email,language\n" + "".join(f"{name},r{n}@example.org,ru\n" for n, name in enumerate(names))
    return head + rows, people


def prepare(program, mails):
    """A folder with a database in which so many mails fall due before DUE."""
    convoke = sites.Convoke(program)
    plan, people = plan_text(mails)
    (convoke.folder / "plan.txt").write_text(plan, encoding="utf-8")
    (convoke.folder / "people.csv").write_text(people, encoding="utf-8")
    convoke.command("import", str(convoke.folder / "plan.txt"), "--now", PLAN_NOW)
    convoke.command("people", "import", str(convoke.folder / "people.csv"), "--now", PLAN_NOW)
    return convoke


def processor_time(process):
    """Seconds that all its threads have computed."""
    with open(f"/proc/{process.pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ours(program, mails, sessions, tools):
    """(mails a second, seconds of processor time of a mail): the second hardly depends on who else is at work."""
    with prepare(program, mails) as convoke, Sink(tools) as sink:
        offset = int((DUE - datetime.now(timezone.utc)).total_seconds())
        convoke.environment.update(CONVOKE_CLOCK_OFFSET=str(offset), CONVOKE_MAIL=f"smtp://127.0.0.1:{sink.port}",
                                   CONVOKE_MAIL_CONNECTIONS=str(sessions))
        convoke.start()
        rate = sink.wait(mails)
        return rate, processor_time(convoke.process) / mails


def theirs(mails, sessions, size, tools, keep):
    with Sink(tools) as sink:
        environment = dict(os.environ, LD_LIBRARY_PATH=str(tools.libraries))
        command = [tools.source, "-s", str(sessions), "-m", str(mails), "-l", str(size), "-f", "a@example.org",
                   "-t", "b@example.org", *(["-d"] if keep else []), f"127.0.0.1:{sink.port}"]
        began = time.monotonic()
        subprocess.run(command, check=True, env=environment)
        return mails / (time.monotonic() - began)


def size_of_mail(program):
    """Bytes of one of the mails, from a Maildir."""
    with prepare(program, READERS) as convoke:
        offset = int((DUE - datetime.now(timezone.utc)).total_seconds())
        convoke.environment.update(CONVOKE_CLOCK_OFFSET=str(offset))
        convoke.start()
        box = convoke.folder / "mail" / "new"
        for _ in range(200):
            if box.is_dir() and len(files := list(box.iterdir())) >= READERS:
                return int(statistics.mean(file.stat().st_size for file in files))
            time.sleep(0.1)
    sys.exit("no mail was written")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--mails", type=int, default=4000)
    parser.add_argument("--sessions", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--tools", default="build/postfix")
    options = parser.parse_args()
    tools = Tools(os.path.abspath(options.tools))
    size = size_of_mail(options.program)
    figures = {"convoke": [], "kept": [], "anew": []}
    computing = []
    for _ in range(options.rounds):
        rate, computed = ours(options.program, options.mails, options.sessions, tools)
        figures["convoke"].append(rate)
        computing.append(computed)
        figures["kept"].append(theirs(options.mails, options.sessions, size, tools, True))
        figures["anew"].append(theirs(options.mails, options.sessions, size, tools, False))
    best = {name: max(values) for name, values in figures.items()}
    print(f"{options.mails} mails of {size} bytes, {options.sessions} sessions, the best of {options.rounds} rounds\n")
    for name, text in (("kept", "sessions kept (-d)"), ("anew", "a session a message")):
        ratio = best["convoke"] / best[name]
        print(f"smtp-source, {text:20} {best[name]:8.0f}/s   convoke {best['convoke']:8.0f}/s   ratio {ratio:5.2f}   "
              f"limit {LIMIT}   {'ok' if ratio >= LIMIT else 'MISSED'}", flush=True)
    print(f"convoke computes {statistics.median(computing) * 1e6:.0f} us a mail, its start included; "
          f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
