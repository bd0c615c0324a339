"""The program under test as a process, and the servers and readers round it that are not ours.

Nothing here waits for time to pass: a server is ready when it says so, a mail has come when the mail server has it, and
each wait has a deadline. Only processes started here are ended, each by its own handle.
"""
import asyncio
import hashlib
import http.client
import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from datetime import datetime, timezone
from email import message_from_bytes, policy
from pathlib import Path

from aiosmtpd.smtp import SMTP

PROGRAM = os.environ.get("CONVOKE_PROGRAM", "")
TREE = Path(__file__).parents[2]
FIXTURES = Path(__file__).parent / "fixtures"
SHARED_PLANS = TREE.parent / "shared" / "plans"
DEADLINE = 60  # seconds; the sanitizers' builds are several times slower


def skip(reason):
    """Skips the running case, out loud."""
    print("skipped:", reason)
    raise unittest.SkipTest(reason)


def wait_for(event, what):
    """Waits for a threading.Event with the common deadline."""
    if not event.wait(DEADLINE):
        raise AssertionError(f"waited {DEADLINE} s for {what}")


def poll(condition, what):
    """Asks again and again until condition() holds, for things that tell nobody when they happen (files)."""
    end, pause = time.monotonic() + DEADLINE, threading.Event()
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"waited {DEADLINE} s for {what}")
        pause.wait(0.02)


class Installation:
    """A folder with its own database and mail, and the commands run on it."""

    def __init__(self, **settings):
        self.folder = Path(tempfile.mkdtemp(prefix="convoke-e2e-"))
        self.database = self.folder / "data" / "convoke.db"
        self.database.parent.mkdir()
        self.mail = self.folder / "mail"
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("CONVOKE_")}
        self.environment.update(CONVOKE_DATABASE=f"sqlite:{self.database}", CONVOKE_MAIL=f"maildir:{self.mail}")
        self.environment.update({f"CONVOKE_{name.upper()}": str(value) for name, value in settings.items()})
        self.servers = []

    def close(self):
        for server in self.servers:
            server.end()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *arguments, expect=0, text=None):
        done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, input=text,
                              env=self.environment, cwd=self.folder, timeout=DEADLINE)
        if expect is not None and done.returncode != expect:
            raise AssertionError(f"convoke {' '.join(map(str, arguments))}: exit {done.returncode}, not {expect}\n"
                                 f"{done.stdout[-2000:]}{done.stderr[-4000:]}")
        return done

    def serve(self, *arguments, **settings):
        server = Server(self, arguments, settings)
        self.servers.append(server)
        return server

    def write(self, name, text):
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return path

    def token(self, scope="write"):
        return self.run("token", "add", "end to end", "--scope", scope).stdout.split()[-1]

    def mails(self, address="", subject=""):
        """What lies in the Maildir, by the names of the files; to that address alone, with those words as subject."""
        folder = self.mail / "new"
        files = sorted(folder.iterdir()) if folder.exists() else []
        mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
        return [mail for mail in mails if address in mail["To"] and subject in mail["Subject"]]

    def text_mailed(self, address, subject=""):
        """The text of the newest such mail, once there is one."""
        poll(lambda: self.mails(address, subject), f"a mail to {address}: {subject}")
        return self.mails(address, subject)[-1].get_body(("plain",)).get_content()

    def preview(self, first, last, now=None):
        """The reminders due between two days: [{"due", "event", "rule", "recipients", …}]."""
        moment = ["--now", now] if now else []
        return json.loads(self.run("reminders", "preview", "--from", first, "--to", last, "--json", *moment).stdout)


class Server:
    """`convoke serve` on a free port, ready when the constructor returns."""

    def __init__(self, installation, arguments, settings):
        environment = dict(installation.environment)
        environment.update({f"CONVOKE_{name.upper()}": str(value) for name, value in settings.items()})
        self.log = installation.folder / f"serve-{len(installation.servers)}.log"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen([PROGRAM, "serve", "--listen", "127.0.0.1:0", *arguments],
                                            stdout=subprocess.PIPE, stderr=log, env=environment, cwd=installation.folder)
        lines = queue.Queue()

        def read():
            with self.process.stdout:
                for line in self.process.stdout:
                    lines.put(line.decode("utf-8", "replace"))
            lines.put(None)

        threading.Thread(target=read, daemon=True).start()
        self.said, self.lines = "", lines
        while "listening on http://" not in self.said:
            try:
                line = lines.get(timeout=DEADLINE)
            except queue.Empty:
                line = None
            if line is None:
                self.end()
                raise AssertionError(f"the server did not start\n{self.said}{self.complaints()}")
            self.said += line
        address = self.said.split("listening on http://")[1].split()[0]
        self.host, port = address.rsplit(":", 1)
        self.port = int(port)

    def read_more(self):
        """Takes one more line that the server said, waiting for it."""
        line = self.lines.get(timeout=DEADLINE)
        assert line is not None, "the server says nothing more: " + self.said
        self.said += line

    def complaints(self):
        return self.log.read_text(encoding="utf-8", errors="replace")[-6000:]

    def ask(self, method, path, body=None, **headers):
        """One request on a connection of its own: (status, headers in lower case, body)."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=DEADLINE)
        try:
            data = json.dumps(body).encode() if isinstance(body, (dict, list)) else body
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            if isinstance(body, (dict, list)):
                sent.setdefault("Content-Type", "application/json")
            connection.request(method, path, body=data, headers=sent)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def feed(self, path="/feeds/all.ics?lang=ru"):
        status, headers, body = self.get(path)
        assert status == 200 and headers["content-type"] == "text/calendar; charset=utf-8", (status, headers, body[:500])
        self.witness(body)
        return body

    def witness(self, body):
        """Keeps the feed beside what the API says of the events, for the foreign readers of tests/contract."""
        if "CONVOKE_FEEDS_MADE" not in os.environ:
            return
        events, path = [], "/api/v1/events?limit=500"
        while path:
            _, _, answer = self.get(path)
            page = json.loads(answer)
            events, path = events + page["events"], page["next"]
        entries = [{"uid": event["uid"], "has": {"SUMMARY": " ".join(event["title"].split())},
                    "says": {"SEQUENCE": str(event["sequence"]), "DTSTAMP": event["modified"],
                             "LAST-MODIFIED": event["modified"]}} for event in events]
        expected = json.dumps({"by": Path(sys.argv[0]).name, "complete": False, "overrides_unknown": True,
                               "entries": entries})
        folder = Path(os.environ["CONVOKE_FEEDS_MADE"])
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / hashlib.sha256(body + expected.encode()).hexdigest()[:32]
        path.with_suffix(".ics").write_bytes(body)
        path.with_suffix(".json").write_text(expected, encoding="utf-8")

    def api(self, method, path, token, body=None):
        status, _, answer = self.ask(method, "/api/v1" + path, body, Authorization=f"Bearer {token}")
        return status, json.loads(answer) if answer else None

    def events(self, token):
        """Every event, over all pages of the list."""
        found, path = [], "/events?limit=500"
        while path:
            status, answer = self.api("GET", path, token)
            assert status == 200, (status, answer)
            found += answer["events"]
            path = answer["next"] and answer["next"].split("/api/v1", 1)[1]
        return found

    def terminate(self):
        """SIGTERM; the exit code."""
        self.process.terminate()
        return self.process.wait(DEADLINE)

    def kill(self):
        """SIGKILL: the end that no program can prepare for."""
        self.process.kill()
        self.process.wait(DEADLINE)

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()


class Mail:
    """A message as the mail server took it."""

    def __init__(self, envelope, acknowledged):
        self.recipients = list(envelope.rcpt_tos)
        self.bytes = envelope.content
        self.acknowledged = acknowledged
        self.message = message_from_bytes(envelope.content, policy=policy.default)

    @property
    def id(self):
        return self.message["Message-ID"]

    def part(self, content_type):
        return next((part for part in self.message.walk() if part.get_content_type() == content_type), None)

    def text(self):
        return self.part("text/plain").get_content()


class MailServer:
    """aiosmtpd on a free port of its own thread. `hold_from` makes it take that message (counted from 1) and keep its
    answer back: the moment at which a sender must not be sure of anything."""

    def __init__(self, hold_from=None, refuse_first=0):
        self.mails, self.hold_from, self.refuse_first = [], hold_from, refuse_first
        self.holding, self.changed = threading.Event(), threading.Condition()
        self.refused = 0
        self.loop = asyncio.new_event_loop()
        self.released = None
        ready = threading.Event()

        async def start():
            self.released = asyncio.Event()
            self.server = await self.loop.create_server(lambda: SMTP(self, loop=self.loop, enable_SMTPUTF8=True),
                                                        "127.0.0.1", 0)
            self.port = self.server.sockets[0].getsockname()[1]
            ready.set()

        def work():
            asyncio.set_event_loop(self.loop)
            self.loop.create_task(start())
            self.loop.run_forever()

        self.thread = threading.Thread(target=work, daemon=True)
        self.thread.start()
        wait_for(ready, "the mail server")
        self.url = f"smtp://127.0.0.1:{self.port}"

    async def handle_DATA(self, server, session, envelope):
        if self.refused < self.refuse_first:
            self.refused += 1
            with self.changed:
                self.changed.notify_all()
            return "451 4.3.0 come back later"
        hold = self.hold_from is not None and len(self.mails) + 1 >= self.hold_from
        with self.changed:
            self.mails.append(Mail(envelope, not hold))
            self.changed.notify_all()
        if hold:
            self.holding.set()
            await self.released.wait()
        return "250 2.0.0 taken"

    def release(self):
        self.hold_from = None
        self.loop.call_soon_threadsafe(self.released.set)

    def wait(self, enough, what):
        """Waits until enough(mails) holds."""
        end = time.monotonic() + DEADLINE
        with self.changed:
            while not enough(self.mails):
                left = end - time.monotonic()
                if left <= 0 or not self.changed.wait(left):
                    raise AssertionError(f"waited {DEADLINE} s for {what}; there are {len(self.mails)} mails:\n" +
                                         "\n".join(f"{mail.recipients} {mail.message['Subject']}" for mail in self.mails))
            return list(self.mails)

    def close(self):
        async def stop():
            self.released.set()
            self.server.close()
            others = asyncio.all_tasks() - {asyncio.current_task()}
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            self.loop.call_soon(self.loop.stop)

        asyncio.run_coroutine_threadsafe(stop(), self.loop)
        self.thread.join(DEADLINE)
        self.loop.close()


class Case(unittest.TestCase):
    """A case with an installation of its own; on failure it shows what the servers wrote."""

    settings = {}

    def setUp(self):
        self.assertTrue(os.access(PROGRAM, os.X_OK), f"CONVOKE_PROGRAM names no program: '{PROGRAM}'")
        self.installation = Installation(**self.settings)
        self.addCleanup(self.finish)

    def finish(self):
        outcome = self._outcome.result if hasattr(self._outcome, "result") else None
        if outcome and (outcome.failures or outcome.errors):
            for server in self.installation.servers:
                print(f"--- {server.log.name}\n{server.complaints()}")
        self.installation.close()

    def mail_server(self, **arguments):
        server = MailServer(**arguments)
        self.addCleanup(server.close)
        return server


def plan_from(name):
    """A plan of the folder beside the tree, read where it lies; skipped where it is not."""
    path = SHARED_PLANS / name
    if not path.exists():
        skip(f"{name} is not there ({path.parent} holds the documents that are not ours to publish)")
    return path


def seconds_from_now(moment):
    """What CONVOKE_CLOCK_OFFSET must be for the server's clock to stand at `moment` (an ISO instant) now."""
    return int((datetime.fromisoformat(moment) - datetime.now(timezone.utc)).total_seconds())


def main():
    """Runs the cases named on the command line (all without a name). Exit code 77 when all that ran was skipped."""
    program = unittest.main(module="__main__", argv=sys.argv, exit=False, verbosity=2)
    result = program.result
    if not result.wasSuccessful() or result.testsRun == 0:
        sys.exit(1)
    sys.exit(77 if len(result.skipped) == result.testsRun else 0)
