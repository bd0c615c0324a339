#!/usr/bin/python3
"""Registering for an event from outside: somebody on a telephone, and two hundred who race for a hundred places while the
server is killed three times."""
import csv
import http.client
import random
import re
import shutil
import statistics
import subprocess
import threading
import time
import urllib.parse
from email import message_from_bytes, policy

from icalendar import Calendar

from convoke import DEADLINE, Case, main, poll, skip
from screen import CHROMIUM, Screen

PLAN = ("План роботи методичного об’єднання бібліотекарів Вишневої громади на 2031 рік\n\n"
        "№\tЗахід\tТермін\tВідповідальний\n"
        "1.\tКонференція «Книга в дорозі»\t24 вересня 2031 року\tЯвір С.М.\n")
LOGIN, PASSWORD = "kalyna@example.org", "three quiet lamps burn"
HUMAN = 2.2  # seconds: nobody fills in a form faster, and forms that come faster are sent back


class Visitor:
    """A browser without scripts, at an address of its own."""

    def __init__(self, server, source="127.0.0.1"):
        self.server, self.source, self.cookies = server, source, {}

    def ask(self, method, path, form=None):
        server = self.server() if callable(self.server) else self.server
        connection = http.client.HTTPConnection(server.host, server.port, timeout=DEADLINE,
                                                source_address=(self.source, 0))
        try:
            headers = {"Accept-Language": "en"}
            if self.cookies:
                headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            body = None
            if form is not None:
                body = urllib.parse.urlencode(form)
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    key, _, rest = value.partition("=")
                    self.cookies[key] = rest.split(";")[0]
            return answer.status, answer.read().decode("utf-8"), dict(answer.getheaders())
        finally:
            connection.close()

    def hidden(self, path):
        """The hidden fields of the page there."""
        status, page, _ = self.ask("GET", path)
        assert status == 200, (status, page[:2000])
        return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))

    def sign_in(self):
        form = self.hidden("/login")
        status, page, _ = self.ask("POST", "/login", {**form, "login": LOGIN, "password": PASSWORD})
        assert status == 303, (status, page[:2000])


class Conference(Case):
    """An installation with one conference whose registration is open."""

    plan = PLAN

    def prepare(self, **settings):
        self.installation.run("import", self.installation.write("plan.txt", self.plan))
        self.installation.run("user", "add", LOGIN, "--name", "Калина О.П.", "--role", "organiser", "--password-stdin",
                              text=PASSWORD)
        self.token = self.installation.token()
        self.server = self.installation.serve()
        self.event = next(one["id"] for one in self.server.events(self.token) if "Конференція" in one["title"])
        self.desk = f"/manage/events/{self.event}/registration"
        self.organiser = Visitor(lambda: self.server)
        self.organiser.sign_in()
        self.change(on="yes", hall="yes", waiting_list="yes", keep_months="12", **settings)

    def change(self, **settings):
        form = self.organiser.hidden(self.desk)
        status, page, _ = self.organiser.ask("POST", self.desk, {"csrf": form["csrf"], **settings})
        self.assertEqual(status, 303, page[:3000])

    def registrations(self):
        status, answer = self.server.api("GET", f"/events/{self.event}/registrations", self.token)
        self.assertEqual(status, 200, answer)
        return answer

    def mails(self):
        folder = self.installation.mail / "new"
        for file in sorted(folder.iterdir()) if folder.exists() else []:
            if file.name not in self.read:
                self.read.add(file.name)
                mail = message_from_bytes(file.read_bytes(), policy=policy.default)
                self.inbox.setdefault(mail["To"].addresses[0].addr_spec, []).append(mail)
        return self.inbox

    read, inbox = set(), {}

    def mail_to(self, address, subject):
        def there():
            self.found = [one for one in self.mails().get(address, []) if subject in one["Subject"]]
            return self.found
        poll(there, f"'{subject}' to {address}")
        return self.found[-1]

    @staticmethod
    def link_in(mail):
        text = mail.get_body(("plain",)).get_content()
        return re.search(r"/register/link/[\w.-]+", text).group(0)


class Registering(Conference):
    def test_without_scripts(self):
        self.read, self.inbox = set(), {}
        self.prepare(hall_places="1", join_url="https://meet.example.org/secret-room")
        public = Visitor(self.server)
        self.assertIn(f"/register/{self.event}", public.ask("GET", f"/events/{self.event}")[1])
        for name in ("olena", "taras"):
            self.fill_in(name)
            status, page, _ = public.ask("POST", self.link_in(self.mail_to(f"{name}@example.org", "confirm")),
                                         {"do": "confirm"})
            self.assertEqual(status, 200, page)
        mail = self.mail_to("olena@example.org", "You are registered")
        self.assertIn("secret-room", mail.get_body(("plain",)).get_content())
        attached = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
        entry = next(one for one in Calendar.from_ical(attached[0].get_payload(decode=True)).walk("VEVENT"))
        feed = self.server.feed("/feeds/all.ics?lang=uk")
        self.assertIn(str(entry["UID"]).encode(), feed)
        self.assertNotIn(b"secret-room", feed)
        self.assertNotIn("secret-room", public.ask("GET", f"/events/{self.event}")[1])
        self.mail_to("taras@example.org", "waiting list")
        # A GET never acts; the button gives the place to whoever waits.
        link = self.link_in(mail)
        public.ask("GET", link)
        self.assertEqual([one["state"] for one in self.registrations()["registrations"]], ["registered", "waiting"])
        public.ask("POST", link, {"do": "cancel"})
        self.assertEqual([one["state"] for one in self.registrations()["registrations"]], ["cancelled", "registered"])
        self.mail_to("taras@example.org", "A place is free")
        self.assertEqual(Visitor(self.server).ask("GET", self.desk)[0], 303)
        self.assertEqual(self.server.get(f"/api/v1/events/{self.event}/registrations")[0], 401)
        status, page, _ = self.organiser.ask("GET", self.desk + "?q=taras")
        self.assertIn("taras@example.org", page)
        self.assertNotIn("olena@example.org", page)
        _, table, _ = self.organiser.ask("GET", self.desk + "/export/csv")
        self.assertIn('"taras";"taras@example.org"', table)

    def fill_in(self, name):
        visitor = Visitor(self.server)
        form = visitor.hidden(f"/register/{self.event}")
        threading.Event().wait(HUMAN)
        fields = {**form, "name": name, "email": f"{name}@example.org", "institution": "Library 3", "consent": "yes"}
        trapped = visitor.ask("POST", f"/register/{self.event}", {**fields, "website": "https://spam.example"})
        self.assertEqual(trapped[0], 200)
        status, page, _ = visitor.ask("POST", f"/register/{self.event}", fields)
        self.assertEqual(status, 200, page)
        self.assertIn("Look into your mailbox", page)

    def test_tables(self):
        """What LibreOffice reads in both files is what was entered; what begins like a formula stays a text."""
        office = shutil.which("soffice")
        if not office:
            skip("LibreOffice is not installed")
        self.prepare(hall_places="10")
        form = self.organiser.hidden(self.desk)
        for kind, label in (("text", "Телефон"), ("number", "Стаж"), ("long_text", "Пишіть, про що хочете почути")):
            status, page, _ = self.organiser.ask("POST", self.desk + "/fields", {
                "csrf": form["csrf"], "kind": kind, "label_uk": label, "do": "save"})
            self.assertEqual(status, 303, page[:2000])
        people = [("Ґавдзик-О’Ніл Їванна", "gava@example.org", "Бібліотека; «Світанок», філія № 3",
                   {"f1": "0501234567", "f2": "12", "f3": "перше\nдруге \"у лапках\""}),
                  ("=1+2", "", "+380 44 000 00 00", {"f1": "@SUM(A1)", "f2": "-4.5", "f3": "-x"}),
                  ("Ўладзімір Ёлкін", "elka@example.org", "\tтабуляція", {"f1": "3/4", "f2": "1e3", "f3": "2031-09-24"})]
        for name, email, institution, answers in people:
            status, answer = self.server.api("POST", f"/events/{self.event}/registrations", self.token,
                                             {"name": name, "email": email, "institution": institution, "answers": answers})
            self.assertEqual(status, 201, answer)
        wanted = [[row["name"], row["email"], row["institution"]] + [row["answers"].get(key, "") for key in ("f1", "f2", "f3")]
                  for row in self.registrations()["registrations"]]
        self.assertEqual(wanted[1][0], "=1+2")
        for name in ("xlsx", "csv"):
            with self.subTest(format=name):
                rows = self.read_by(office, name)
                self.assertEqual(len(rows[0]), 10, rows[0])
                read = [row[:3] + row[7:] for row in rows[1:]]
                # A text file has no types: what begins like a formula is kept by an apostrophe (OWASP, CSV injection).
                tame = [[("'" + cell if name == "csv" and re.match(r"[=+\-@\t]", cell) else cell) for cell in row] for row in wanted]
                self.assertEqual(read, tame)

    def read_by(self, office, name):
        """The cells of the exported file as LibreOffice has them."""
        cookies = "; ".join(f"{key}={value}" for key, value in self.organiser.cookies.items())
        status, _, body = self.server.get(f"{self.desk}/export/{name}", Cookie=cookies)
        self.assertEqual(status, 200)
        file = self.installation.write(f"list.{name}", body)
        # Field separator ; text delimiter " UTF-8; quoted fields are texts, as the dialogue of LibreOffice offers.
        source = [] if name == "xlsx" else ["--infilter=CSV:59,34,76,1,,0,true,false"]
        out = self.installation.folder / f"out-{name}"
        done = subprocess.run([office, "--headless", f"-env:UserInstallation=file://{self.installation.folder}/lo", *source,
                               "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", str(out), str(file)],
                              capture_output=True, text=True, timeout=180)
        made = out / "list.csv"
        self.assertTrue(made.exists(), done.stdout + done.stderr)
        with open(made, encoding="utf-8-sig", newline="") as text:
            return list(csv.reader(text))

    def test_preview(self):
        """A field shows in the form below while its question is typed, and nothing is stored by that."""
        if not CHROMIUM:
            skip("chromium is not installed")
        self.prepare(hall_places="10")
        desk = Screen(1280, 900)
        try:
            base = f"http://{self.server.host}:{self.server.port}"
            for name, value in self.organiser.cookies.items():
                desk.call("Network.setCookie", name=name, value=value, url=base)
            desk.open(base + self.desk)
            desk.look("document.querySelectorAll('details').forEach(one => { one.open = true })")
            desk.fill("#label--uk", "Номер телефону")
            poll(lambda: "Номер телефону" in desk.look("document.getElementById('preview').innerText"), "the preview")
            self.assertEqual(desk.complaints, [])
            desk.photograph("registration-preview")
        finally:
            desk.close()
        self.assertNotIn("Номер телефону", Visitor(self.server).ask("GET", f"/register/{self.event}")[1])

    def test_on_a_telephone(self):
        if not CHROMIUM:
            skip("chromium is not installed")
        self.read, self.inbox = set(), {}
        self.prepare(hall_places="40")
        phone = Screen(390, 844)
        base = f"http://{self.server.host}:{self.server.port}"
        try:
            phone.open(f"{base}/events/{self.event}")
            phone.press(f'a[href="/register/{self.event}"]')
            began = time.monotonic()
            self.assertLessEqual(phone.overflows(), 0)
            phone.photograph("register-1-form")
            phone.fill("#name", "Верба Наталія")
            phone.fill("#email", "verba@example.org")
            phone.fill("#institution", "Бібліотека-філія № 3")
            phone.look("document.querySelector('input[name=consent]').click()")
            threading.Event().wait(HUMAN)
            phone.press(".answer-buttons button")
            self.assertIn("Перевірте пошту", phone.text())
            phone.photograph("register-2-taken")
            phone.open(base + self.link_in(self.mail_to("verba@example.org", "Підтвердьте")))
            self.assertLessEqual(phone.overflows(), 0)
            phone.photograph("register-3-confirm")
            phone.press("button[value=confirm]")
            took = time.monotonic() - began
            self.assertIn("Вас зареєстровано", phone.text())
            self.assertLessEqual(phone.overflows(), 0)
            phone.photograph("register-4-registered")
            print(f"registered on a telephone in {took:.1f} s")
            self.assertLess(took, 60)
            self.assertEqual(phone.complaints, [])
        finally:
            phone.close()
        _, page, _ = self.organiser.ask("GET", self.desk)
        self.assertIn("Верба Наталія", page)


class Racer(threading.Thread):
    """Registers, confirms and perhaps cancels; asks again whenever the server was away."""

    def __init__(self, race, number, cancels, late):
        super().__init__(daemon=True)
        self.race, self.number, self.cancels, self.late = race, number, cancels, late
        self.address = f"racer{number}@example.org"
        self.acknowledged, self.problem, self.times = "", None, []

    def patiently(self, method, path, form=None):
        pause = threading.Event()
        end = time.monotonic() + 4 * DEADLINE
        while True:
            visitor = self.visitor
            began = time.monotonic()
            try:
                status, page, _ = visitor.ask(method, path, form)
                if status < 500:
                    self.times.append(time.monotonic() - began)
                    return status, page
            except (OSError, http.client.HTTPException):
                pass
            assert time.monotonic() < end, f"no answer to {method} {path}"
            pause.wait(0.05)

    def run(self):
        try:
            self.race_on()
        except Exception as problem:  # told by the case
            self.problem = problem

    def race_on(self):
        race = self.race
        self.visitor = Visitor(lambda: race.server, f"127.0.{1 + self.number // 200}.{1 + self.number % 200}")
        path = f"/register/{race.event}"
        _, page = self.patiently("GET", path)
        form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
        threading.Event().wait(HUMAN)
        race.start_line.wait()
        status, page = self.patiently("POST", path, {**form, "name": f"Racer {self.number}", "email": self.address,
                                                     "institution": f"Library {self.number % 7}", "consent": "yes"})
        assert status == 200 and "Look into your mailbox" in page, (status, page[:1500])
        self.acknowledge("submitted")
        link = race.link_of(self.address)
        status, page = self.patiently("POST", link, {"do": "confirm"})
        assert status == 200, (status, page[:1500])
        self.acknowledge("confirmed")
        if self.late:  # when there is a waiting list, so that somebody moves up
            with race.counted:
                race.counted.wait_for(lambda: race.confirmed == race.RACERS, timeout=4 * DEADLINE)
        if self.cancels:
            status, page = self.patiently("POST", link, {"do": "cancel"})
            assert status == 200, (status, page[:1500])
            self.acknowledge("cancelled")

    def acknowledge(self, what):
        self.acknowledged = what
        with self.race.counted:
            self.race.acknowledgements += 1
            self.race.confirmed += what == "confirmed"
            self.race.counted.notify_all()


class Race(Conference):
    RACERS, PLACES, CANCEL, KILLS = 200, 100, 50, (90, 230, 350)

    def link_of(self, address):
        def there():
            with self.box:
                return self.mails().get(address)
        poll(there, f"a mail to {address}")
        return self.link_in(self.inbox[address][0])

    def test_two_hundred(self):
        self.read, self.inbox, self.box = set(), {}, threading.Lock()
        self.prepare(hall_places=str(self.PLACES))
        self.acknowledgements, self.confirmed, self.counted = 0, 0, threading.Condition()
        self.start_line = threading.Barrier(self.RACERS)
        chance = random.Random(20310924)
        cancelling = chance.sample(range(self.RACERS), self.CANCEL)
        late = set(cancelling[:self.CANCEL // 2])
        racers = [Racer(self, number, number in cancelling, number in late) for number in range(self.RACERS)]
        began = time.monotonic()
        for racer in racers:
            racer.start()
        for limit in self.KILLS:
            with self.counted:
                self.counted.wait_for(lambda: self.acknowledgements >= limit, timeout=4 * DEADLINE)
            self.server.kill()
            self.server = self.installation.serve()
        for racer in racers:
            racer.join(6 * DEADLINE)
        took = time.monotonic() - began
        self.assertEqual([str(racer.problem) for racer in racers if racer.problem], [])
        self.assertFalse(any(racer.is_alive() for racer in racers))
        self.judge(racers, took)

    def judge(self, racers, took):
        answer = self.registrations()
        rows = {row["email"]: row for row in answer["registrations"]}
        self.assertEqual(len(rows), len(answer["registrations"]), "nobody is registered twice")
        states = {}
        for row in rows.values():
            states[row["state"]] = states.get(row["state"], 0) + 1
        lost = [racer.address for racer in racers if racer.address not in rows]
        wrong = [racer.address for racer in racers if racer.acknowledged == "cancelled"
                 and rows[racer.address]["state"] != "cancelled"]
        wrong += [racer.address for racer in racers if racer.acknowledged == "confirmed"
                  and rows[racer.address]["state"] not in ("registered", "waiting")]
        numbers = {state: [row["waiting_number"] for row in rows.values()
                           if row["state"] == state and row["waiting_number"]] for state in ("registered", "waiting")}
        times = sorted(one for racer in racers for one in racer.times)
        print(f"{len(racers)} clients, {self.PLACES} places, {self.CANCEL} cancellations, {len(self.KILLS)} kills in "
              f"{took:.1f} s: {states}; taken {answer['places']['hall']['taken']}; acknowledged and lost: {len(lost)}; "
              f"promoted {len(numbers['registered'])}; a request took {statistics.median(times) * 1000:.0f} ms, "
              f"the slowest of a hundred {times[len(times) * 99 // 100] * 1000:.0f} ms")
        self.assertEqual((lost, wrong), ([], []))
        self.assertEqual(states, {"registered": self.PLACES, "cancelled": self.CANCEL,
                                  "waiting": self.RACERS - self.PLACES - self.CANCEL})
        self.assertEqual(answer["places"]["hall"]["taken"], self.PLACES)
        self.assertTrue(numbers["registered"], "somebody was promoted")
        self.assertLess(max(numbers["registered"]), min(numbers["waiting"]), "whoever came first is first")


if __name__ == "__main__":
    main()
