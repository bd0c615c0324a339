#!/usr/bin/python3
"""Mails to postfix's smtp-sink, a mail server that is not ours, told to fail at each command in each of its ways. What it
kept is compared with what was owed: nothing lost, nothing twice but where the answer to a whole mail was lost.
"""
import os
import re
import shutil
import socket
import sqlite3
import subprocess

from convoke import DEADLINE, TREE, main, poll, skip
from mail_faults import READERS, Faults as MailFaults, Taken, check_ledger

TOOLS = TREE / "build" / "postfix"
LATER = 3 * 3600  # by the sender's clock from one fault to the next: whatever was put off is due again

# What smtp-sink is told: soft errors (-r), hard errors (-f), closing without a word (-q) and with a 421 (-Q).
PASSING = [("-q", "connect"), ("-r", "ehlo,helo"), ("-f", "ehlo,helo"), ("-f", "mail"), ("-r", "mail"), ("-r", "rcpt"),
           ("-r", "data"), ("-r", "."), ("-Q", "rcpt"), ("-q", "data"), ("-q", ".")]


class Sink:
    """smtp-sink on a port that the system chose, keeping each message in a file."""

    def __init__(self, folder, *options):
        program = shutil.which("smtp-sink", path=f"{TOOLS}/usr/sbin:/usr/sbin")
        if program is None:
            skip("no smtp-sink: deploy/test takes it out of the package postfix")
        self.folder = folder
        folder.mkdir(mode=0o777)
        folder.chmod(0o777)
        for parent in folder.parents:
            if parent.name.startswith("convoke-e2e-"):
                parent.chmod(0o755)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        user = ["-u", "nobody"] if os.geteuid() == 0 else []
        libraries = dict(os.environ, LD_LIBRARY_PATH=str(TOOLS / "usr/lib/postfix"))
        self.process = subprocess.Popen([program, *user, *options, "-d", f"{folder}/m", f"127.0.0.1:{port}", "100"],
                                        env=libraries, stderr=subprocess.DEVNULL)
        self.url = f"smtp://127.0.0.1:{port}"
        poll(lambda: self.process.poll() is not None or self.listens(port), "smtp-sink")

    @staticmethod
    def listens(port):
        with socket.socket() as knock:
            return knock.connect_ex(("127.0.0.1", port)) == 0

    def taken(self, answered):
        """The messages it took whole."""
        found = []
        for file in sorted(self.folder.iterdir()):
            head = file.read_bytes().split(b"\n\n")[0].decode("ascii", "replace")
            name, reader = re.search(r"(?im)^Message-ID:\s*(<[^>]+>)", head), re.search(r"(?m)^X-Rcpt-Args: <([^>]*)>", head)
            if name and reader:
                found.append(Taken(name.group(1), reader.group(1), answered))
        return found

    def end(self):
        self.process.terminate()
        self.process.wait(DEADLINE)


class SinkFaults(MailFaults):
    def sink(self, *options):
        self.sinks = getattr(self, "sinks", 0) + 1
        sink = Sink(self.installation.folder / f"sink{self.sinks}", *options)
        self.addCleanup(sink.end)
        return sink

    def ask(self, question):
        """One look into the database of the running server; it changes nothing."""
        with sqlite3.connect(f"file:{self.installation.database}?mode=ro", uri=True, timeout=DEADLINE) as database:
            return database.execute(question).fetchall()

    def attempts(self):
        return self.ask("SELECT count(*) FROM delivery_attempt")[0][0]

    def test_passing(self):
        """Every fault that passes, one after another; then the sink is well."""
        owed = self.prepare(READERS)
        ledger, later, told = [], 0, []
        for option, commands in PASSING:
            with self.subTest(option=option, commands=commands):
                sink = self.sink(option, commands)
                before = self.attempts()
                server = self.serve(sink, later=later)
                poll(lambda: self.attempts() > before, "an attempt")
                self.assertEqual(server.terminate(), 0)
                sink.end()
                ledger += sink.taken(answered=commands != ".")
                told += self.ask("SELECT reply FROM delivery_attempt ORDER BY at DESC, number DESC LIMIT 1")[0]
                later += LATER
        self.assertEqual(self.ask("SELECT count(*) FROM reminder WHERE state = 'failed'"), [(0,)])
        sink = self.sink()
        server = self.serve(sink, later=later)
        poll(lambda: len({one.id for one in ledger + sink.taken(True)}) >= owed, "every mail")
        self.assertEqual(server.terminate(), 0)
        sink.end()
        ledger += sink.taken(True)
        wrong, (messages, repeats) = check_ledger(ledger, owed)
        print(f"{owed} mails through {len(PASSING)} faults of smtp-sink: {messages} messages, {repeats} repeats after a lost "
              f"answer, 0 failed; it said {sorted(set(told))}")
        self.assertEqual(wrong, [])

    def test_refused(self):
        """What is refused for good is tried once, and stands in the queue with the server's words."""
        owed = self.prepare(READERS)
        sink = self.sink("-f", "rcpt", "-B", "550 5.1.1 nobody of this name")
        server = self.serve(sink)
        failed = "SELECT count(*) FROM reminder WHERE state = 'failed' AND last_error LIKE '550 5.1.1 nobody%'"
        poll(lambda: self.ask(failed) == [(owed,)], "every refusal")
        self.assertEqual(server.terminate(), 0)
        self.assertEqual(sink.taken(True), [])
        self.assertEqual(self.attempts(), owed)
        chair = self.ask("SELECT count(*) FROM reminder WHERE reason = 'undeliverable'")[0][0]
        print(f"{owed} mails refused: {self.attempts()} attempts, {chair} mails to the chair queued")
        self.assertEqual(chair, owed)
        # Later, and with a sink that takes everything, none of them comes after all.
        well = self.sink()
        server = self.serve(well, later=LATER)
        self.assertEqual(server.terminate(), 0)
        self.assertEqual([one for one in well.taken(True) if one.reader.startswith("r")], [])


# The cases of mail_faults.py are registered by themselves.
for inherited in ("test_kills", "test_checker", "test_stalled", "test_cut"):
    setattr(SinkFaults, inherited, None)
del MailFaults

if __name__ == "__main__":
    main()
