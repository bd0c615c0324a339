#!/usr/bin/python3
"""A plan written as a table in a real browser: a row opened where it stands, its period read as it is typed, saved; the
second who saves; undo; the same at the widths of a phone, a tablet and a desk. And the exported files in LibreOffice."""
import shutil
import subprocess

from accounts import Browser
from convoke import FIXTURES, Case, main, poll, seconds_from_now, skip
from screen import CHROMIUM, Screen

MOMENT = "2024-09-05T09:00:00+00:00"
LOGIN, PASSWORD = "kalyna@example.org", "three quiet lamps burn"
SIZES = {"phone": (375, 812), "tablet": (768, 1024), "desk": (1440, 900)}


class PlanTable(Case):
    def setUp(self):
        super().setUp()
        self.installation.run("import", FIXTURES / "plan.txt", "--now", MOMENT.replace("+00:00", "Z"))
        self.installation.run("user", "add", LOGIN, "--name", "Калина О.П.", "--role", "organiser", "--password-stdin",
                              text=PASSWORD + "\n")
        self.server = self.installation.serve(clock_offset=seconds_from_now(MOMENT))
        self.base = f"http://{self.server.host}:{self.server.port}"

    def signed_in(self, width, height):
        screen = Screen(width, height)
        self.addCleanup(screen.close)
        screen.sign_in(self.base, LOGIN, PASSWORD)
        return screen

    def other(self):
        """Somebody else, without scripts."""
        browser = Browser(self.server)
        browser.send("/login", "/login", login=LOGIN, password=PASSWORD, next="/")
        return browser

    def calm(self, screen, name):
        self.assertLessEqual(screen.overflows(), 0, name)
        self.assertEqual(screen.complaints, [], name)
        screen.photograph(name)

    def test_written(self):
        if not CHROMIUM:
            skip("chromium is not installed")
        screen = self.signed_in(*SIZES["desk"])
        screen.open(self.base + "/manage/plans")
        self.calm(screen, "plans-desk")
        screen.open(self.base + screen.look("document.querySelector('main .row a').getAttribute('href')"))
        self.calm(screen, "plan-table-desk")
        self.assertGreater(screen.look("document.querySelectorAll('tr[data-row]').length"), 3)
        # A row opens where it stands, without another page.
        began = screen.look("performance.timeOrigin")
        screen.look("document.querySelector('tr[data-row] a.edit').click()")
        poll(lambda: screen.look("!!document.querySelector('#row-form')"), "the open row")
        self.assertEqual(screen.look("performance.timeOrigin"), began)
        self.assertEqual(screen.look("document.activeElement.name"), "title")
        screen.look("document.querySelector('#f-period').value = ''")
        screen.fill("#f-period", "22–24 мая")
        poll(lambda: "22" in screen.look("document.querySelector('#reading').textContent") and "2025" in
             screen.look("document.querySelector('#reading').textContent"), "the reading of the period")
        self.calm(screen, "plan-row-open-desk")
        screen.press("#row-form button[value=save]")
        self.assertIn("22–24 мая", screen.text())
        self.calm(screen, "plan-row-saved-desk")
        # Undone by one press.
        screen.press(".last-edit button")
        self.assertNotIn("22–24 мая", screen.text())

    def test_second(self):
        if not CHROMIUM:
            skip("chromium is not installed")
        screen = self.signed_in(*SIZES["desk"])
        screen.open(self.base + "/manage/plans/1")
        screen.look("document.querySelector('tr[data-row] a.edit').click()")
        poll(lambda: screen.look("!!document.querySelector('#row-form')"), "the open row")
        action = screen.look("document.querySelector('#row-form').getAttribute('action')")
        fields = dict(screen.look("Array.from(new FormData(document.querySelector('#row-form')))"))
        fields.update(place="Городской музей", act="save")
        fields.pop("csrf")
        status, _, _ = self.other().send("/manage/plans/1", action, **fields)
        self.assertEqual(status, 303)
        screen.fill("#f-note", "взять отчёты")
        screen.press("#row-form button[value=save]")
        text = screen.text()
        self.assertIn("Городской музей", text)
        self.assertIn("взять отчёты", text)
        screen.complaints.clear()  # the browser notes the answer 409 itself
        self.calm(screen, "plan-merge-desk")
        screen.press("main form button[type=submit]")
        text = screen.text()
        self.assertIn("Городской музей", text)
        self.assertIn("взять отчёты", text)

    def test_sizes(self):
        if not CHROMIUM:
            skip("chromium is not installed")
        organiser = self.other()
        organiser.send("/manage/plans/1", "/manage/plans/1/approvals", do="save", stage="agreed", verb="", post="Методист",
                       name="Явор С.М.", date="2024-09-04", act="протокол № 1")
        row = organiser.get("/manage/plans/1")[2].split('data-row="')[1].split('"')[0]
        organiser.send("/manage/plans/1", f"/manage/plans/1/rows/{row}/move?where=down", back="/manage/plans/1")
        for name, (width, height) in SIZES.items():
            screen = self.signed_in(width, height)
            for page, address in {"table": "", "row": f"?edit={row}", "new": "?add=end", "remove": f"?remove={row}",
                                  "changed": "?show=undated", "history": "/history", "approvals": "/approvals",
                                  "version": "/versions/1"}.items():
                with self.subTest(page=page, size=name):
                    screen.open(f"{self.base}/manage/plans/1{address}")
                    self.calm(screen, f"plan-{page}-{name}")

    def test_event_of_no_plan(self):
        if not CHROMIUM:
            skip("chromium is not installed")
        for name in ("phone", "desk"):
            with self.subTest(size=name):
                screen = self.signed_in(*SIZES[name])
                screen.open(self.base + "/calendar")
                self.calm(screen, f"calendar-organiser-{name}")
                screen.open(self.base + "/manage")
                self.calm(screen, f"manage-{name}")
                screen.press("main .actions a")
                self.calm(screen, f"new-event-{name}")
                screen.fill("#title", f"Встреча с писательницей ({name})")
                screen.fill("#period", "когда-нибудь потом")
                poll(lambda: screen.look("document.querySelector('#reading').classList.contains('is-unread')"), "no reading")
                screen.press("main form button[type=submit]")
                screen.complaints.clear()  # the browser notes the answer 422 itself
                self.calm(screen, f"new-event-unread-{name}")
                self.assertIn(name, screen.look("document.querySelector('#title').value"))
                screen.look("document.querySelector('#period').value = ''")
                screen.fill("#period", "22–24 мая")
                poll(lambda: "2025" in screen.look("document.querySelector('#reading').textContent"), "the reading of the period")
                self.assertFalse(screen.look("!!document.querySelector('.field .message-bad')"))
                screen.fill("#responsible", "Калина О.П.")
                self.calm(screen, f"new-event-typed-{name}")
                screen.press("main form button[type=submit]")
                self.assertRegex(screen.look("location.pathname"), r"^/manage/events/\d+/details$")
                self.calm(screen, f"new-event-added-{name}")
                screen.open(self.base + "/manage/plans")
                self.calm(screen, f"plans-begin-{name}")
        # Without scripts the reading is shown first, and what was typed stays.
        other, page = self.other(), "/manage/events/new"
        typed = {"title": "Встреча без скриптов", "period": "3 июня", "organisation": "1", "kind": "", "responsible": ""}
        status, _, body = other.send(page, page, **typed, read="")
        self.assertEqual(status, 200)
        self.assertIn("2025", body)
        self.assertIn("Встреча без скриптов", body)
        status, headers, _ = other.send(page, page, **typed, read="3 июня")
        self.assertEqual(status, 303)
        titles = [event["title"] for event in self.server.events(self.installation.token())]
        self.assertEqual([title for title in titles if title.startswith("Встреча")],
                         ["Встреча с писательницей (phone)", "Встреча с писательницей (desk)", "Встреча без скриптов"])

    def test_libreoffice(self):
        office = shutil.which("soffice")
        if not office:
            skip("LibreOffice is not installed")
        titles = [event["title"] for event in self.server.events(self.installation.token())]
        self.assertGreater(len(titles), 3)
        for name, target in {"docx": "txt:Text", "xlsx": "csv:Text - txt - csv (StarCalc):44,34,76"}.items():
            with self.subTest(format=name):
                status, _, body = self.server.get(f"/plans/1/export/{name}")
                self.assertEqual(status, 200)
                file = self.installation.write(f"plan.{name}", body)
                done = subprocess.run([office, "--headless", f"-env:UserInstallation=file://{self.installation.folder}/lo",
                                       "--convert-to", target, "--outdir", str(self.installation.folder / "out"), str(file)],
                                      capture_output=True, text=True, timeout=180)
                made = self.installation.folder / "out" / f"plan.{target.split(':')[0]}"
                self.assertTrue(made.exists(), done.stdout + done.stderr)
                text = " ".join(made.read_text(encoding="utf-8-sig").replace('""', '"').split())
                for title in titles:
                    self.assertIn(" ".join(title.split()), text)

    def test_report(self):
        office = shutil.which("soffice")
        if not office:
            skip("LibreOffice is not installed")
        organiser = self.other()
        self.assertIn('href="/plans/1/report.docx"', organiser.get("/plans/1/report")[2])
        cookies = "; ".join(f"{name}={value}" for name, value in organiser.cookies.items())
        status, headers, body = self.server.get("/plans/1/report.docx", Cookie=cookies)
        self.assertEqual(status, 200)
        self.assertIn("attachment", headers["content-disposition"])
        file = self.installation.write("report.docx", body)
        out = self.installation.folder / "out"
        for target in ("txt:Text", "pdf"):
            done = subprocess.run([office, "--headless", f"-env:UserInstallation=file://{self.installation.folder}/lo",
                                   "--convert-to", target, "--outdir", str(out), str(file)],
                                  capture_output=True, text=True, timeout=180)
            self.assertTrue((out / f"report.{target.split(':')[0]}").exists(), done.stdout + done.stderr)
        text = " ".join((out / "report.txt").read_text(encoding="utf-8-sig").split())
        for words in ("Отчёт о выполнении плана", "Заседание «Каталог без пропусков»", "ноябрь 2024 года", "Ольховик Р.С.",
                      "По месяцам"):
            self.assertIn(words, text)


if __name__ == "__main__":
    main()
