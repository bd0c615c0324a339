#!/usr/bin/python3
"""Webhooks from outside: a receiver that is not ours takes the requests, checks their signatures by itself, refuses, puts
off, keeps silent, and is asked again as it was promised."""
import base64
import hashlib
import hmac
import http.server
import json
import threading
from collections import Counter
from datetime import datetime, timedelta

from accounts import Browser
from convoke import DEADLINE, Case, main, poll, seconds_from_now

PLAN = ("План роботи методичного об’єднання бібліотекарів Вишневої громади на 2027 рік\n\n"
        "№\tЗахід\tТермін\tВідповідальний\n"
        "1.\tСемінар «Каталог без страху»\tквітень 2027 року\tЯвір С.М.\n"
        "2.\tЗвіт про передплату\tдо 25 червня 2027 року\tВерба Л.Т.\n")
START = datetime.fromisoformat("2027-03-01T09:00:00+00:00")
LOGIN, PASSWORD = "kalyna@example.org", "three quiet lamps burn"


def genuine(secret, headers, body):
    """The check of README.md, with nothing but Python's own library."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return hmac.compare_digest(wanted, headers["webhook-signature"])


def faults_of(owed, heard, unanswered):
    """What is wrong with a ledger: messages that never came, and repeats of those that had been answered."""
    counts = Counter(heard)
    faults = [f"{one} never came" for one in owed if one not in counts]
    return faults + [f"{one} came {count} times although it was answered" for one, count in counts.items()
                     if count > 1 and one not in unanswered]


class Receiver:
    """An HTTP server on a free port. `answers` are used up one after another, then 204 is said; None keeps silent until
    release()."""

    def __init__(self):
        self.heard, self.answers, self.unanswered = [], [], []
        self.silent_from = None
        self.changed, self.released = threading.Condition(), threading.Event()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                with receiver.changed:
                    number = len(receiver.heard)
                    receiver.heard.append((self.path, headers, body))
                    answer = receiver.answers.pop(0) if receiver.answers else 204
                    if receiver.silent_from is not None and number >= receiver.silent_from:
                        answer = None
                    if answer is None:
                        receiver.unanswered.append(headers["webhook-id"])
                    receiver.changed.notify_all()
                if answer is None:
                    receiver.released.wait(DEADLINE)
                    self.close_connection = True
                    return
                self.send_response(answer)
                if answer == 302:
                    self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass  # a killed program closes its connections

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def ids(self):
        return [headers["webhook-id"] for _, headers, _ in self.heard]

    def types(self):
        return [json.loads(body)["type"] for _, _, body in self.heard]

    def wait(self, count):
        with self.changed:
            enough = self.changed.wait_for(lambda: len(self.heard) >= count, DEADLINE)
        assert enough, f"waited {DEADLINE} s for {count} requests; there are {self.types()}"
        return self.heard[count - 1]

    def close(self):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()


class Webhooks(Case):
    def setUp(self):
        super().setUp()
        self.now = START
        self.receiver = Receiver()
        self.addCleanup(self.receiver.close)
        self.installation.environment["CONVOKE_HOOKS_ALLOW"] = f"127.0.0.1:{self.receiver.port}"
        self.installation.run("import", self.installation.write("plan.txt", PLAN), "--now", "2027-03-01T08:00:00Z")
        self.token = self.installation.token()
        self.url = f"http://127.0.0.1:{self.receiver.port}/hook?of=plans"

    def serve(self, after=timedelta()):
        """The server, or the server again, `after` later."""
        self.now += after
        if self.installation.servers and self.installation.servers[-1].process.poll() is None:
            self.assertEqual(self.installation.servers[-1].terminate(), 0)
        self.server = self.installation.serve(clock_offset=seconds_from_now(self.now.isoformat()))

    def api(self, method, path, body=None, expect=200):
        status, answer = self.server.api(method, path, self.token, body)
        self.assertEqual(status, expect, answer)
        return answer

    def add(self):
        hook = self.api("POST", "/webhooks", {"name": "Дошка оголошень", "url": self.url}, 201)
        self.secret, self.hook = hook["secret"], f"/webhooks/{hook['id']}"
        return hook

    def trial(self):
        """Sends a trial that no earlier one stands in the way of: two within a second are one."""
        poll(lambda: self.api("POST", self.hook + "/test", expect=202)["queued"], "a trial")

    def last(self):
        return self.api("GET", self.hook + "/deliveries")["deliveries"][0]

    def settled(self, state):
        poll(lambda: self.last()["state"] == state, f"{state}; it is {self.last()}")
        return self.last()

    def check(self, request):
        path, headers, body = request
        self.assertEqual(path, "/hook?of=plans")
        self.assertEqual(headers["content-type"], "application/json")
        self.assertTrue(genuine(self.secret, headers, body))
        stamp = datetime.fromtimestamp(int(headers["webhook-timestamp"]), START.tzinfo)
        self.assertLess(abs(stamp - self.now), timedelta(minutes=3))
        self.assertNotIn(b"@example.org", body)
        return json.loads(body)

    def seminar(self):
        return next(one for one in self.server.events(self.token) if "Каталог" in one["title"])

    def test_whole_way(self):
        self.serve()
        self.assertTrue(self.add()["secret"].startswith("whsec_"))
        self.assertNotIn(self.secret, json.dumps(self.api("GET", "/webhooks")))
        self.trial()
        first = self.receiver.wait(1)
        self.assertEqual(self.check(first)["type"], "test")
        # The check itself is no formality.
        _, headers, body = first
        self.assertFalse(genuine(self.secret, headers, body + b" "))
        self.assertFalse(genuine(self.secret, {**headers, "webhook-timestamp": "1"}, body))
        self.assertFalse(genuine("whsec_" + base64.b64encode(b"k" * 32).decode(), headers, body))

        event = self.seminar()
        self.api("PATCH", f"/events/{event['id']}", {"date": "2027-04-08", "time": "10:00"})
        dated = self.check(self.receiver.wait(2))
        self.assertEqual((dated["type"], dated["data"]["event"]["uid"]), ("event.dated", event["uid"]))
        self.assertEqual(dated["data"]["event"]["period"]["start"], "2027-04-08")
        self.api("PATCH", f"/events/{event['id']}", {"date": "2027-04-15", "time": "10:00"})
        moved = self.check(self.receiver.wait(3))
        self.assertEqual((moved["type"], moved["data"]["event"]["period"]["start"]), ("event.moved", "2027-04-15"))
        self.assertGreater(moved["data"]["event"]["sequence"], dated["data"]["event"]["sequence"])
        self.api("PATCH", f"/events/{event['id']}", {"place": "Мала зала"})
        self.assertEqual(self.check(self.receiver.wait(4))["type"], "event.changed")
        self.api("POST", f"/events/{event['id']}/answers", {"kind": "acknowledged", "note": "Готуємось"}, 201)
        answer = self.check(self.receiver.wait(5))
        self.assertEqual((answer["type"], answer["data"]["answer"]["note"]), ("answer.given", "Готуємось"))
        self.reminded(event)

    def reminded(self, event):
        """A step of the ladder, though nobody is entered whom a mail would reach; and the end of the event."""
        self.serve(datetime.fromisoformat("2027-04-01T09:00:00+00:00") - self.now)
        reminder = self.check(self.receiver.wait(6))
        self.assertEqual((reminder["type"], reminder["data"]["reminder"]["rule"]), ("reminder", "exact.14d"))
        self.assertEqual(reminder["data"]["event"]["id"], event["id"])
        self.api("PATCH", f"/events/{event['id']}", {"status": "cancelled"})
        self.assertEqual(self.check(self.receiver.wait(7))["type"], "event.cancelled")
        self.assertEqual(len(set(self.receiver.ids())), 7)
        page = self.page()
        self.assertIn("захід скасовано", page)
        self.assertNotIn(self.secret, page)
        self.assertNotIn(self.secret, self.server.log.read_text(errors="replace"))

        self.api("DELETE", self.hook, expect=204)
        other = next(one for one in self.server.events(self.token) if "передплату" in one["title"])
        self.api("PATCH", f"/events/{other['id']}", {"place": "Кабінет"})
        self.serve(timedelta(minutes=1))
        self.assertEqual(len(self.receiver.heard), 7)

    def page(self):
        browser = Browser(self.server)
        self.installation.run("user", "add", LOGIN, "--name", "Калина О.П.", "--role", "organiser", "--password-stdin",
                              text=PASSWORD)
        browser.send("/login", "/login", login=LOGIN, password=PASSWORD, next="/")
        return browser.get("/manage" + self.hook)[2]

    def test_refusals(self):
        """Every answer means what README.md says it means."""
        self.serve()
        self.add()
        self.receiver.answers = [503, 429, 204]
        self.trial()
        self.assertEqual(self.settled("retrying")["reply"], "503")
        self.serve(timedelta(minutes=2))
        self.receiver.wait(2)
        self.assertEqual(self.settled("retrying")["reply"], "429")
        self.serve(timedelta(minutes=4))
        self.receiver.wait(3)
        self.assertEqual(self.settled("sent")["attempts"], 3)
        self.assertEqual(len(set(self.receiver.ids())), 1, "the same message each time")
        stamps = [headers["webhook-timestamp"] for _, headers, _ in self.receiver.heard]
        self.assertEqual(len(set(stamps)), 3, "signed anew each time")
        for _, headers, body in self.receiver.heard:
            self.assertTrue(genuine(self.secret, headers, body))

        for number, answer in ((4, 302), (5, 400)):
            self.receiver.answers = [answer]
            self.trial()
            self.receiver.wait(number)
            self.assertTrue(self.settled("failed")["reply"].startswith(str(answer)))
        self.assertNotIn("/elsewhere", [path for path, _, _ in self.receiver.heard])

        self.receiver.answers = [410]
        self.trial()
        self.receiver.wait(6)
        self.settled("failed")
        self.assertNotEqual(self.api("GET", "/webhooks")["webhooks"][0]["removed"], None)
        self.api("POST", self.hook + "/test", expect=404)
        self.api("PATCH", f"/events/{self.seminar()['id']}", {"date": "2027-04-08"})
        self.serve(timedelta(minutes=5))
        self.assertEqual(len(self.receiver.heard), 6, "who is gone hears nothing more")

    def test_silence(self):
        self.serve()
        self.add()
        self.receiver.silent_from = 0
        self.trial()
        self.assertEqual(self.settled("retrying")["reply"], "no answer in time")
        self.receiver.silent_from = None
        self.receiver.released.set()
        self.serve(timedelta(minutes=3))
        self.receiver.wait(2)
        self.settled("sent")
        self.assertEqual(len(set(self.receiver.ids())), 1)

    def test_inside(self):
        """Threat E2: nothing inside is reached by an address that somebody enters."""
        self.installation.environment["CONVOKE_HOOKS_ALLOW"] = ""
        self.serve()
        port = self.receiver.port
        for url in (self.url, f"http://localhost:{port}/", "http://127.0.0.1/", "http://[::1]/", "http://0x7f.1/",
                    "http://2130706433/", "http://127.1/", "http://0.0.0.0/", "http://[::]/",
                    "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://192.168.1.1/",
                    "http://172.16.0.1/", "http://100.64.0.1/", "http://[fd00::1]/", "http://[fe80::1]/",
                    "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://224.0.0.1/", "file:///etc/passwd",
                    "gopher://127.0.0.1/", "ftp://example.org/", "http://user@example.org/", "http://example.org:22/",
                    "http://example.org\\@127.0.0.1/", "http://example.org\r\nX: y/", "//example.org/", "example.org", ""):
            status, answer = self.server.api("POST", "/webhooks", self.token, {"name": "x", "url": url})
            self.assertIn(status, (400, 422), (url, answer))
        # A name is judged by where it leads when it is used.
        self.url = "http://localhost/hook"
        self.add()
        self.trial()
        self.assertIn("public internet", self.settled("failed")["reply"])
        self.assertEqual(self.receiver.heard, [])

    def test_killed(self):
        """SIGKILL while answers are outstanding: nothing is lost, and only what had no answer comes again."""
        self.serve()
        self.add()
        self.receiver.silent_from = 9
        seminars = [self.api("POST", "/events", {"title": f"Семінар {number}", "kind": "seminar",
                                                 "period": "квітень 2027 року"}, 201) for number in range(25)]
        for one in seminars:
            self.api("PATCH", f"/events/{one['id']}", {"date": "2027-04-08"})
        self.receiver.wait(12)  # nine answered, the others held
        self.server.kill()
        unanswered = set(self.receiver.unanswered)
        self.assertTrue(unanswered)
        self.receiver.silent_from = None
        self.receiver.released.set()
        self.serve(timedelta(minutes=1))
        owed = len(seminars)
        poll(lambda: len(set(self.receiver.ids())) >= owed, f"{owed} messages")
        self.serve(timedelta(minutes=15))  # what may have arrived is not repeated at once
        poll(lambda: all(one["state"] == "sent" for one in self.api("GET", self.hook + "/deliveries")["deliveries"]),
             "all settled")
        heard = self.receiver.ids()
        told = {json.loads(body)["data"]["event"]["id"] for _, _, body in self.receiver.heard}
        self.assertEqual(told, {one["id"] for one in seminars})
        print(f"{owed} messages, {len(heard)} requests, {len(unanswered)} without an answer")
        self.assertEqual(faults_of(set(heard), heard, unanswered), [])
        self.assertEqual(len(set(heard)), owed)

    def test_checker(self):
        """The ledger's check finds a lost message and a needless repeat."""
        self.assertEqual(faults_of({"a", "b"}, ["a", "b", "b"], {"b"}), [])
        self.assertEqual(len(faults_of({"a", "b"}, ["a"], set())), 1)
        self.assertEqual(len(faults_of({"a", "b"}, ["a", "b", "b"], {"a"})), 1)


if __name__ == "__main__":
    main()
