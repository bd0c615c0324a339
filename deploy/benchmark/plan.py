#!/usr/bin/python3
"""What it costs to open a plan of 2,000 rows as the table that organisers write, and to take it home as a file.

    plan.py PROGRAM [--rows 2000]

Times are those of one client on the loopback interface, from the request to the last byte, the rest of the machine being
as it is. The plan has a version, so that what changed since its approval is looked for as well.
"""
import argparse
import http.client
import re
import statistics
import sys
import time
import urllib.parse

import sites

LIMIT = 0.3  # s, to open the table
ROUNDS = 15
LOGIN, PASSWORD = "bench@example.org", "three quiet lamps burn"
MONTHS = ["вересень", "жовтень", "листопад", "грудень", "січень", "лютий", "березень", "квітень", "травень"]


def plan_of(rows):
    lines = ["План роботи Озерянського методичного об’єднання бібліотекарів на 2024/2025 навчальний рік", "",
             "№\tЗахід\tТермін\tВідповідальний\tПримітка"]
    for number in range(rows):
        if number % 50 == 0:
            lines.append(f"Розділ {number // 50 + 1}\t\t\t\t")
        year = 2024 if number % 9 < 4 else 2025
        lines.append(f"{number % 50 + 1}.\t{sites.TOPICS[number % len(sites.TOPICS)]} "
                     f"{sites.MATTERS[number % len(sites.MATTERS)]} ({number + 1})\t{MONTHS[number % 9]} {year} року\t"
                     f"Калина О.П., методист\tвзяти звіт {number}")
    return "\n".join(lines) + "\n"


class Browser:
    def __init__(self, port):
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.port, self.cookies = port, {}

    def ask(self, method, path, fields=None):
        headers = {"Accept-Language": "uk", "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = urllib.parse.urlencode(fields) if fields is not None else None
        if body is not None:
            headers.update({"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin",
                            "Origin": f"http://127.0.0.1:{self.port}"})
        self.http.request(method, path, body, headers)
        answer = self.http.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return answer.status, answer.read()

    def token(self, path):
        return re.search(rb'name="csrf" value="([^"]+)"', self.ask("GET", path)[1]).group(1).decode()

    def timed(self, path):
        """Median and worst seconds of ROUNDS reads, and the bytes of one."""
        times = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            status, body = self.ask("GET", path)
            times.append(time.perf_counter() - began)
            if status != 200:
                sys.exit(f"{path} answers {status}: {body[:200]}")
        return statistics.median(times), max(times), len(body)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("program")
    options.add_argument("--rows", type=int, default=2000)
    chosen = options.parse_args()
    with sites.Convoke(chosen.program) as convoke:
        file = convoke.folder / "plan.txt"
        file.write_text(plan_of(chosen.rows), encoding="utf-8")
        convoke.command("import", str(file), "--now", "2025-01-01T10:00:00Z")
        convoke.command("user", "add", LOGIN, "--name", "Калина О.П.", "--role", "organiser")
        sites.subprocess.run([convoke.program, "user", "password", LOGIN, "--password-stdin"], input=PASSWORD + "\n",
                             text=True, check=True, env=convoke.environment, capture_output=True)
        convoke.start()
        browser = Browser(convoke.port)
        browser.ask("POST", "/login", {"csrf": browser.token("/login"), "login": LOGIN, "password": PASSWORD})
        table = "/manage/plans/1"
        status, _ = browser.ask("POST", table + "/approvals", {
            "csrf": browser.token(table), "do": "save", "stage": "approved", "verb": "", "post": "Директор",
            "name": "Явір С.М.", "date": "2024-09-12", "act": ""})
        if status != 303:
            sys.exit(f"the approval answers {status}")
        print(f"a plan of {chosen.rows} rows, read {ROUNDS} times each:     median     worst")
        held = True
        for name, path in {"the table": table, "its last page": table + "?page=99",
                           "rows without a day": table + "?show=undated", "one row open": table + "?add=end"}.items():
            median, worst, size = browser.timed(path)
            held = held and median <= LIMIT
            print(f"  {name:20} {size / 1024:6.0f} KB            {median * 1000:6.0f} ms {worst * 1000:6.0f} ms   "
                  f"limit {LIMIT * 1000:.0f} ms   {'ok' if median <= LIMIT else 'MISSED'}")
        for name in ("docx", "xlsx", "csv", "pdf"):
            began = time.perf_counter()
            status, body = browser.ask("GET", f"/plans/1/export/{name}")
            seconds = time.perf_counter() - began
            print(f"  as {name:17} {len(body) / 1024:6.0f} KB            {seconds * 1000:6.0f} ms"
                  f"{'' if status == 200 else f'   answers {status}'}")
        print("held" if held else "not held", flush=True)


main()
