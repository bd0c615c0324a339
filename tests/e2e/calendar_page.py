#!/usr/bin/python3
"""The calendar in a real browser: what waits for a day is dragged onto one, an entry is moved after a question, the agenda
on a phone; and the same day named without scripts."""
import base64
import re
import shutil
import subprocess
from datetime import date

from accounts import Browser
from convoke import main, poll, skip
from playwright import AXE, need_playwright
from plan_table import SIZES, PlanTable as Table
from screen import CHROMIUM


class Calendar(Table):
    test_written = test_second = test_libreoffice = None

    def month(self, screen, month, view=None):
        screen.open(f"{self.base}/calendar?from={month}")
        poll(lambda: screen.look("document.getElementById('calendar-plain').hidden"), "the calendar")
        if view:
            screen.look(f"document.querySelector('.ec-toolbar .ec-{view}').click()")
            poll(lambda: screen.look(f"!!document.querySelector('.ec-toolbar .ec-{view}.ec-active')"), view)

    def entries(self, screen):
        return screen.look("Array.from(document.querySelectorAll('.ec-event')).map(e => e.innerText.trim())")

    def cell(self, screen, day):
        """The middle of the lower part of a day's cell."""
        return screen.look("(() => { const days = Array.from(document.querySelectorAll('.ec-month-view .ec-day')).filter(e =>"
                           f" !e.classList.contains('ec-other-month') && e.querySelector('time').textContent.trim() === '{day}');"
                           " const r = days[0].getBoundingClientRect(); return [r.x + r.width / 2, r.bottom - 12] })()")

    def test_dragged(self):
        if not CHROMIUM:
            skip("chromium is not installed")
        screen = self.signed_in(*SIZES["desk"])
        self.month(screen, "2024-11")
        self.assertIn("Каталог без пропусков", screen.look("document.querySelector('.undated').innerText"))
        x, y = self.cell(screen, 14)
        before = screen.look("performance.timeOrigin")
        screen.look("(() => { const item = document.querySelector('.undated li'), data = new DataTransfer();"
                    " const send = (at, kind, x, y) => at.dispatchEvent(new DragEvent(kind, {bubbles: true, cancelable: true,"
                    " dataTransfer: data, clientX: x, clientY: y})); const calendar = document.getElementById('calendar');"
                    f" send(item, 'dragstart', 0, 0); send(calendar, 'dragover', {x}, {y}); send(calendar, 'drop', {x}, {y}) }})()")
        screen.loaded(before)
        poll(lambda: any("Каталог" in one for one in self.entries(screen)), "the entry on its day")
        self.assertNotIn("Каталог", screen.look("document.querySelector('.undated').innerText"))
        self.calm(screen, "calendar-dated-desk")
        event = screen.look("document.querySelector('.ec-event.can-move a').getAttribute('href')")
        page = Browser(self.server).get(event)[2]
        self.assertIn("ноябрь 2024 года", page)  # the words of the plan stay
        self.assertIn('datetime="2024-11-14"', page)

        def drag(day):
            def entry():
                return screen.look("(() => { const r = document.querySelector('.ec-event.can-move').getBoundingClientRect();"
                                   " return [r.x + r.width / 2, r.y + r.height / 2] })()")
            # Back on its day, and drawn there.
            poll(lambda: abs(entry()[0] - self.cell(screen, 14)[0]) < 20 and entry() == entry(), "the entry at rest")
            x, y = entry()
            to_x, to_y = self.cell(screen, day)
            screen.call("Input.dispatchMouseEvent", type="mousePressed", x=x, y=y, button="left", clickCount=1)
            for part in (0.3, 0.7, 1):
                screen.call("Input.dispatchMouseEvent", type="mouseMoved", x=x + (to_x - x) * part, y=y + (to_y - y) * part,
                            button="left", buttons=1)
            screen.call("Input.dispatchMouseEvent", type="mouseReleased", x=to_x, y=to_y, button="left", clickCount=1)
            poll(lambda: screen.look("document.getElementById('move').open"), "the question")
        drag(20)
        self.assertIn("14 листопада 2024 → 20 листопада 2024", screen.look("document.getElementById('move-text').textContent"))
        self.calm(screen, "calendar-question-desk")
        screen.look("document.querySelector('#move [data-leave]').click()")
        poll(lambda: not screen.look("document.getElementById('move').open"), "the end of the question")
        self.assertIn('datetime="2024-11-14"', Browser(self.server).get(event)[2])
        drag(20)
        screen.press("#move button[type=submit]")
        self.assertIn('datetime="2024-11-20"', Browser(self.server).get(event)[2])
        # The list beside it follows the calendar.
        screen.look("document.querySelector('#calendar-nav [rel=next]').focus()")
        screen.look("document.activeElement.click()")
        poll(lambda: "декабрь" in screen.look("document.querySelector('.undated').innerText").lower() or
             "Описание" in screen.look("document.querySelector('.undated').innerText"), "the list of December")
        self.assertIn("from=2024-12", screen.look("location.search"))
        self.assertEqual(screen.look("document.activeElement.rel"), "next", "who turns by keys goes on turning")
        poll(lambda: screen.look("document.querySelector('.calendar-main [role=status]').textContent") == "Грудень 2024",
             "the month is said aloud")
        self.calm(screen, "calendar-next-desk")

    def test_turned_at_once(self):
        """Who turns pages before the entries have come is told which month is shown, and sees what belongs into it."""
        if not CHROMIUM:
            skip("chromium is not installed")
        screen = self.signed_in(*SIZES["desk"])
        self.month(screen, "2024-11")
        said = "document.querySelector('.calendar-main [role=status]').textContent.trim()"
        self.assertEqual(screen.look(said), "")  # whoever opens a page reads its heading
        # Answers come when it is said, the last one first.
        screen.call("Page.addScriptToEvaluateOnNewDocument", source=(
            "(() => { const ask = window.fetch, held = []; window.held = held; window.fetch = (address, how) =>"
            " String(address).includes('/calendar/entries') ?"
            " new Promise(answered => held.push(() => { const answer = ask(address, how); answered(answer); return answer }))"
            " : ask(address, how) })()"))
        screen.open(f"{self.base}/calendar?from=2024-08")
        for asked in (1, 2):
            poll(lambda: screen.look("window.held.length") == asked, "the question for the entries")
            self.assertFalse(screen.look("document.getElementById('calendar-plain').hidden"))
            screen.look("document.querySelector('#calendar-nav [rel=next]').click()")
        poll(lambda: screen.look("window.held.length") == 3, "the question for October")
        screen.look("window.held[2]().then(answer => answer.ok)")
        poll(lambda: screen.look("document.getElementById('calendar-plain').hidden"), "the calendar")
        poll(lambda: any("читателей" in one for one in self.entries(screen)), "the entries of October")
        poll(lambda: screen.look(said) == "Жовтень 2024", "the month is said aloud")
        for late in (1, 0):
            screen.look(f"window.held[{late}]().then(answer => answer.ok).then(() => new Promise(requestAnimationFrame))"
                        ".then(() => new Promise(requestAnimationFrame))")
        self.assertTrue(any("читателей" in one for one in self.entries(screen)), "what is late takes nothing away")
        self.assertTrue(screen.look("document.getElementById('calendar-problem').hidden"))

    def test_sizes(self):
        if not CHROMIUM:
            skip("chromium is not installed")
        for name, (width, height) in SIZES.items():
            screen = self.signed_in(width, height)
            self.month(screen, "2024-10")
            poll(lambda: any("читателей" in one for one in self.entries(screen)), "the entries")
            shown = "listMonth" if name == "phone" else "dayGridMonth"
            self.assertTrue(screen.look(f"!!document.querySelector('.ec-toolbar .ec-{shown}.ec-active')"), name)
            for view in ("dayGridMonth", "timeGridWeek", "listMonth"):
                self.month(screen, "2024-10", view)
                for scheme in ("light", "dark"):
                    with self.subTest(size=name, scheme=scheme, view=view):
                        screen.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
                        self.calm(screen, f"calendar-{view}-{name}-{scheme}")

    def heard(self, screen):
        """What a screen reader has of the table or list: [[(role, name) of each cell] of each row], as the browser tells it."""
        nodes = screen.call("Accessibility.getFullAXTree")["nodes"]
        known = {node["nodeId"]: node for node in nodes}

        def within(node, roles):
            for child in (known[number] for number in node.get("childIds", []) if number in known):
                if not child.get("ignored") and child["role"]["value"] in roles:
                    yield child
                else:
                    yield from within(child, roles)
        tables = [node for node in nodes if not node.get("ignored") and node["role"]["value"] in ("table", "list")
                  and node["name"]["value"] == screen.look("document.querySelector('.ec-title').textContent")]
        self.assertEqual(len(tables), 1)
        return [[(cell["role"]["value"], cell["name"]["value"])
                 for cell in within(row, ("columnheader", "rowheader", "cell", "link", "heading"))]
                for row in within(tables[0], ("row", "listitem"))]

    def test_heard(self):
        """axe-core finds nothing in any view; and what is read aloud has the order that is seen."""
        need_playwright()
        for name in ("phone", "desk"):
            screen = self.signed_in(*SIZES[name])
            for view in ("dayGridMonth", "timeGridWeek", "listMonth", "dayGridMonth"):
                self.month(screen, "2024-10", view)
                if view == "timeGridWeek":  # from the first of the month to the week of the entry
                    weeks = (date(2024, 10, 1).weekday() + day - 1) // 7
                    screen.look(f"for (let week = 0; week < {weeks}; ++week) document.querySelector('#calendar-nav [rel=next]').click()")
                poll(lambda: screen.look("document.querySelector('.ec-event:has(a)')?.getAttribute('role')") == "none", "the roles")
                screen.look(AXE.read_text(encoding="utf-8"))
                for scheme in ("light", "dark"):
                    screen.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme},
                                                                        {"name": "prefers-reduced-motion", "value": "reduce"}])
                    found = screen.look("axe.run(document).then(told => told.violations.map(one => one.id + ' ' + one.nodes[0].html))")
                    self.assertEqual(found, [], f"{name} {view} {scheme}")
                rows = self.heard(screen)
                if view == "listMonth":
                    self.assertEqual({row[0][0] for row in rows}, {"heading"})
                    self.assertIn("link", [role for row in rows for role, _ in row])
                    continue
                across = 7 if view == "dayGridMonth" else 8
                self.assertEqual({len(row) for row in rows}, {across}, view)
                self.assertEqual(len(rows), 6 if view == "dayGridMonth" else 3)
                self.assertEqual(rows[0][-1][0], "columnheader")
                self.assertIn("неділя", rows[0][-1][1])
                # An entry is heard in the cell of its day, in the column of its weekday, with its date.
                title = screen.look("document.querySelector('.ec-event a bdi').textContent")
                at = [(row, cell) for row, line in enumerate(rows) for cell, (_, said) in enumerate(line) if title in said]
                self.assertEqual(len(at), 1, (title, rows))
                day = int(re.search(r", (\d+) жовтня 2024", rows[at[0][0]][at[0][1]][1]).group(1))
                self.assertEqual(at[0][1], date(2024, 10, day).weekday() + across - 7)
            # A planted fault is found where the component draws.
            screen.look("(() => { const cell = document.createElement('div'); cell.setAttribute('role', 'cell');"
                        " cell.textContent = 'x'; document.querySelector('.ec-main').append(cell) })()")
            found = screen.look("axe.run(document).then(told => told.violations.map(one => one.id))")
            self.assertIn("aria-required-parent", found)

    def test_still(self):
        """The component takes the place of the plain month without a jump, on a slow computer too."""
        if not CHROMIUM:
            skip("chromium is not installed")
        for name, (width, height) in SIZES.items():
            screen = self.signed_in(width, height)
            screen.call("Emulation.setCPUThrottlingRate", rate=4)
            for month in ("2024-09", "2024-10", "2024-12"):
                self.month(screen, month)
                moved = screen.look("new Promise(done => { let sum = 0; new PerformanceObserver(list => { for (const one of"
                                    " list.getEntries()) sum += one.value }).observe({type: 'layout-shift', buffered: true});"
                                    " requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum), 0))) })")
                self.assertLess(moved, 0.1, f"{name} {month}")

    def test_poster(self):
        if not CHROMIUM or not shutil.which("pdfinfo"):
            skip("chromium or pdfinfo is not installed")
        screen = self.signed_in(*SIZES["desk"])
        screen.open(self.base + "/calendar/year?from=2024-09")
        self.calm(screen, "year-desk")
        for name, (width, height) in {"A4": (8.27, 11.69), "A3": (11.69, 16.54)}.items():
            pdf = screen.call("Page.printToPDF", preferCSSPageSize=True, paperWidth=width, paperHeight=height, printBackground=True)
            file = self.installation.write(f"year-{name}.pdf", base64.b64decode(pdf["data"]))
            said = subprocess.run(["pdfinfo", str(file)], capture_output=True, text=True, timeout=60).stdout
            self.assertRegex(said, r"Pages: +1\n", name)
            across, down = map(float, re.search(r"Page size: +([\d.]+) x ([\d.]+)", said).groups())
            self.assertGreater(across, down, said)
            self.assertAlmostEqual(across / 72, height, delta=0.1)
            words = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, timeout=60).stdout
            self.assertIn("Листопад 2024", words)
            self.assertIn("Каталог без", words)

    def test_plain(self):
        browser = self.other()
        page = browser.get("/calendar?from=2024-11")[2]
        action = re.search(r'action="(/events/\d+/day)"', page).group(1)
        stamp = re.search(r'name="stamp" value="([^"]+)"', page).group(1)
        status, headers, _ = browser.send("/calendar?from=2024-11", action, day="2024-11-14", stamp=stamp, was="ноябрь 2024 года",
                                          back="/calendar?from=2024-11")
        self.assertEqual(status, 303)
        page = browser.get("/calendar?from=2024-11&done=dated")[2]
        cell = page.split('datetime="2024-11-14"')[1].split("</td>")[0]
        self.assertIn("Каталог без пропусков", cell)
        # What is held quarterly waits with its quarter, and is moved alone.
        action, stamp = re.search(r'action="(/events/\d+/day)".*?name="stamp" value="([^"]+)">'
                                  r'<input type="hidden" name="of" value="2024-12-31">', page).groups()
        status, headers, _ = browser.send("/calendar?from=2024-11", action, day="2024-11-19", time="15:00", stamp=stamp,
                                          of="2024-12-31", back="/calendar?from=2024-11")
        self.assertEqual(status, 303)
        page = browser.get("/calendar?from=2024-11&done=dated")[2]
        cell = page.split('datetime="2024-11-19"')[1].split("</td>")[0]
        self.assertIn("Сверка списков", cell)
        self.assertNotIn('value="2024-12-31"', page)
        self.assertIn('value="2025-03-31"', browser.get("/calendar?from=2025-02")[2])  # the next one still waits
        event = action.removesuffix("/day")
        self.assertIn(f'href="/manage{event}/days/2024-12-31"', browser.get(event)[2])


del Table

if __name__ == "__main__":
    main()
