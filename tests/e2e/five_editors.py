#!/usr/bin/python3
"""Five people write the same plan at once, each in a browser of their own: no update is lost, whoever saves second sees
what the others wrote beside what they wrote themselves, and nothing typed is lost."""
import html
import json
import re

from accounts import Browser
from convoke import FIXTURES, Case, main, seconds_from_now
from playwright import SCREENSHOTS, need_playwright, play

MOMENT = "2024-09-05T09:00:00+00:00"
PASSWORD = "three quiet lamps burn"
# What each writes in a cell of their own.
CELLS = [{"place": "Городской музей"}, {"responsible": "Калина О.П., Явор С.М."}, {"number": "77"},
         {"period": "22–24 мая 2025"}, {"title": "Заседание, которое пишут впятером"}]


class FiveEditors(Case):
    def setUp(self):
        need_playwright()
        super().setUp()
        self.installation.run("import", FIXTURES / "plan.txt", "--now", MOMENT.replace("+00:00", "Z"))
        for number in range(len(CELLS)):
            self.installation.run("user", "add", f"{number}@example.org", "--name", f"Редактор {number}", "--role",
                                  "organiser", "--password-stdin", text=PASSWORD + "\n")
        self.server = self.installation.serve(clock_offset=seconds_from_now(MOMENT))

    def signed_in(self, number):
        browser = Browser(self.server)
        status, _, page = browser.send("/login", "/login", login=f"{number}@example.org", password=PASSWORD, next="/")
        self.assertEqual(status, 303, page)
        return browser

    def test_at_once(self):
        browsers = [self.signed_in(number) for number in range(len(CELLS))]
        rows = re.findall(r'data-row="(\d+)"', browsers[0].get("/manage/plans/1")[2])[:len(CELLS)]
        self.assertEqual(len(rows), len(CELLS))
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        editors = [{"cookies": browser.cookies, "alone": f"сама {number}", "cells": {**CELLS[number], "note": f"взять книгу {number}"}}
                   for number, browser in enumerate(browsers)]
        told = play("editors.mjs", base=browsers[0].base, plan="/manage/plans/1", rows=rows, editors=editors,
                    shots=str(SCREENSHOTS))
        self.assertEqual(told[0]["alone"], [303] * len(CELLS), "each in a row of their own: nobody is asked anything")
        self.assertEqual(told[-1], {"left": 0, "complaints": []})
        saves = told[1:-1]
        first = [one for one in saves if one["round"] == 1]
        self.assertEqual(sorted(one["status"] for one in first), [303, 409, 409, 409, 409], first)
        for one in saves:
            if one["status"] == 409:  # the page for both: what was typed is there
                self.assertEqual(sorted(one["kept"]), sorted(editors[one["editor"]]["cells"].values()), one)
        self.assertEqual(sum(one["status"] == 303 for one in saves), len(CELLS))
        self.holds_everything(browsers[0], rows, editors, saves)

    def holds_everything(self, browser, rows, editors, saves):
        page = html.unescape(browser.get(f"/manage/plans/1?edit={rows[0]}")[2])
        form = page[page.index('id="row-form"'):]
        for cells in CELLS:
            for text in cells.values():
                self.assertIn(text, form, "an update is lost")
        last = max((one for one in saves if one["status"] == 303), key=lambda one: one["round"])["editor"]
        self.assertIn(editors[last]["cells"]["note"], form)
        status, _, body = self.server.get("/api/v1/plans/1")
        self.assertEqual(status, 200)
        notes = json.dumps(json.loads(body), ensure_ascii=False)
        for editor in editors[1:]:  # the first row was written by all afterwards
            self.assertIn(editor["alone"], notes)
        # What somebody else chose to write over is in the history, by whom and what.
        history = html.unescape(browser.get("/manage/plans/1/history")[2])
        for number in range(len(editors)):
            self.assertIn(f"Редактор {number}", history)


if __name__ == "__main__":
    main()
