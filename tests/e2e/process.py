#!/usr/bin/python3
"""Starting, stopping and dying: what was acknowledged stays, and nobody is left with half an answer."""
import shutil
import socket
import subprocess
import threading

from convoke import DEADLINE, FIXTURES, PROGRAM, Case, Installation, main, seconds_from_now

MOMENT = "2024-09-05T09:00:00+00:00"


def events_file(count):
    """A calendar of `count` invented events, to make a feed large."""
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example.org//e2e//EN\r\n"
    rows = "".join(
        f"BEGIN:VEVENT\r\nUID:{number}@example.org\r\nDTSTAMP:20240901T080000Z\r\n"
        f"DTSTART;VALUE=DATE:202410{number % 28 + 1:02}\r\nSUMMARY:Занятие {number}: как читать каталог вслух\r\n"
        "END:VEVENT\r\n" for number in range(count))
    return head + rows + "END:VCALENDAR\r\n"


class Stopping(Case):
    settings = {"base_url": "http://plans.example.org", "allowed_hosts": "127.0.0.1"}

    def start(self, *arguments):
        return self.installation.serve(*arguments, clock_offset=seconds_from_now(MOMENT))

    def import_plan(self):
        self.installation.run("import", FIXTURES / "plan.txt", "--now", MOMENT.replace("+00:00", "Z"))

    def test_sigterm(self):
        self.installation.run("import", self.installation.write("events.ics", events_file(1500)),
                              "--now", MOMENT.replace("+00:00", "Z"))
        server = self.start()
        whole = server.feed("/feeds/all.ics")
        idle = socket.create_connection((server.host, server.port), timeout=DEADLINE)
        # A reader so slow that the answer is still on its way when the server is told to stop.
        slow = socket.socket()
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.settimeout(DEADLINE)
        slow.connect((server.host, server.port))
        slow.sendall(f"GET /feeds/all.ics HTTP/1.1\r\nHost: {server.host}:{server.port}\r\n\r\n".encode())
        answer = slow.recv(1000)
        server.process.terminate()
        while True:
            more = slow.recv(65536)
            if not more:
                break
            answer += more
        head, _, body = answer.partition(b"\r\n\r\n")
        self.assertTrue(head.startswith(b"HTTP/1.1 200"), head)
        self.assertEqual(body, whole)
        self.assertEqual(server.process.wait(DEADLINE), 0)
        self.assertEqual(idle.recv(1), b"")
        slow.close()
        idle.close()
        self.installation.run("check")

    def test_second_server(self):
        first = self.start()
        second = subprocess.run([PROGRAM, "serve", "--listen", "127.0.0.1:0"], env=self.installation.environment,
                                cwd=self.installation.folder, capture_output=True, text=True, timeout=DEADLINE)
        self.assertEqual(second.returncode, 3, second.stderr)
        self.assertNotIn("listening", second.stdout)
        self.assertEqual(len(second.stderr.strip().splitlines()), 1, second.stderr)
        self.assertEqual(first.get("/healthz")[0], 200)
        # The lock dies with its process: nothing has to be cleaned up by hand.
        first.kill()
        self.assertEqual(self.start().get("/readyz")[0], 200)

    def test_import_beside(self):
        server = self.start()
        empty_tag = server.get("/feeds/all.ics")[1]["etag"]
        self.import_plan()
        status, headers, body = server.get("/feeds/all.ics", If_None_Match=empty_tag)
        self.assertEqual(status, 200)
        self.assertEqual(body.count(b"BEGIN:VEVENT"), 6)
        event = next(event for event in server.events(self.installation.token()) if "закладок" in event["title"])
        self.installation.run("event", "fix", event["id"], "--date", "2025-03-25", "--now", "2024-09-06T09:00:00Z")
        status, _, body = server.get("/feeds/all.ics", If_None_Match=headers["etag"])
        self.assertEqual(status, 200)
        self.assertIn(b"DTSTART;VALUE=DATE:20250325", body)
        self.installation.run("event", "cancel", event["id"])
        self.assertIn(b"STATUS:CANCELLED", server.feed())

    def test_killed(self):
        self.import_plan()
        token = self.installation.token()
        server = self.start()
        ids = [event["id"] for event in server.events(token)][:4]
        acknowledged = dict.fromkeys(ids, 0)
        enough = threading.Event()

        def write(event):
            for number in range(1, 1000):
                try:
                    status, _ = server.api("PATCH", f"/events/{event}", token, {"place": f"Зала {number}"})
                except OSError:
                    return
                except Exception:  # the answer was cut off: not acknowledged
                    return
                if status == 200:
                    acknowledged[event] = number
                if sum(acknowledged.values()) >= 60:
                    enough.set()

        writers = [threading.Thread(target=write, args=(event,)) for event in ids]
        for writer in writers:
            writer.start()
        self.assertTrue(enough.wait(DEADLINE), server.complaints())
        server.kill()
        for writer in writers:
            writer.join(DEADLINE)
        again = self.start()
        places = {event["id"]: event["place"] for event in again.events(token)}
        for event, number in acknowledged.items():
            kept = int(places[event].removeprefix("Зала ") or 0)
            self.assertGreaterEqual(kept, number, "an acknowledged change is lost")
            self.assertLessEqual(kept, number + 1, "more than the one change in flight")
        self.installation.run("check")

    def test_backup(self):
        self.import_plan()
        server = self.start()
        copy = self.installation.folder / "copy.db"
        self.installation.run("backup", copy)
        server.terminate()
        other = Installation(**self.settings)
        self.addCleanup(other.close)
        other.run("restore", copy)
        now = ("--now", "2024-09-07T09:00:00Z")
        feed = self.installation.run("feed", *now).stdout
        self.assertEqual(feed.count("BEGIN:VEVENT"), 6)
        self.assertEqual(other.run("feed", *now).stdout, feed)
        # A damaged copy is refused and what is there stays.
        damaged = self.installation.folder / "damaged.db"
        shutil.copy(copy, damaged)
        damaged.write_bytes(damaged.read_bytes()[:2000])
        refused = other.run("restore", damaged, expect=None)
        self.assertNotEqual(refused.returncode, 0)
        self.assertEqual(other.run("feed", *now).stdout, feed)


if __name__ == "__main__":
    main()
