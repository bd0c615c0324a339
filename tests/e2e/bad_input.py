#!/usr/bin/python3
"""What people send by mistake or on purpose, and a disk that is full: one clear answer, and nothing half done."""
import os
import socket
import subprocess
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

from convoke import DEADLINE, FIXTURES, Case, Installation, main, plan_from, seconds_from_now, skip

WORD = ('<?xml version="1.0" encoding="UTF-8"?><w:document '
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>')


def docx(document):
    """A .docx with this main part and nothing else."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/'
                         'package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>')
        archive.writestr("word/document.xml", document)
    return file.getvalue()


def table(rows):
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    return "<w:tbl>" + "".join("<w:tr>" + "".join(cell.format(text) for text in row) + "</w:tr>" for row in rows) + "</w:tbl>"


PLAN_ROWS = [("№", "Мероприятия", "Сроки", "Ответственный"), ("1", "Заседание о фонде", "12.10.2024", "Ольховик Р.С.")]
GOOD_DOCX = docx(WORD.format("<w:p><w:r><w:t>План работы на 2024/2025 учебный год</w:t></w:r></w:p>" + table(PLAN_ROWS)))


class BadInput(Case):
    def refuse(self, name, data):
        """Refused with exit 2 and one line, on the command line and over HTTP."""
        file = self.installation.write(name, data)
        refused = self.installation.run("import", file, "--academic-year", "2024", expect=2)
        self.assertEqual(len(refused.stderr.strip().splitlines()), 1, refused.stderr)
        self.assertEqual(refused.stdout, "")
        return refused.stderr

    def test_no_plan(self):
        about = ("Методический отдел библиотеки\n\nОтдел помогает библиотекам района, ведёт базы данных и проводит "
                 "консультации.\nТелефон: 5-62-31. Работаем с 9.00 до 18.00.\n")
        self.refuse("about.txt", about)
        self.refuse("empty.txt", "")
        self.refuse("numbers.csv", "a,b\n1,2\n")
        path = plan_from("kaluga-department.txt")
        self.refuse("department.txt", path.read_bytes())
        self.assertNotIn("BEGIN:VEVENT", self.installation.run("feed").stdout)

    def broken(self):
        bomb = BytesIO()
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", b"\0" * (200 << 20))
        entity = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>' + WORD.format("&b;").split("?>", 1)[1]
        return {
            "cut.docx": GOOD_DOCX[:len(GOOD_DOCX) // 2],
            "tail.docx": GOOD_DOCX[:-30],
            "unclosed.docx": docx(WORD.format(table(PLAN_ROWS))[:-40]),
            "deep.docx": docx(WORD.format("<w:p>" * 5000 + "</w:p>" * 5000)),
            "entity.docx": docx(entity),
            "bomb.docx": bomb.getvalue(),
            "empty.docx": b"",
            "text.xlsx": "План работы".encode(),
            "text.odt": b"PK\x03\x04 and nothing more",
            "nul.txt": b"\0" * 1000,
            "cut.ics": b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:x",
            "deep.ics": b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 100000,
            "rule.ics": b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20240901T080000Z\r\n"
                        b"DTSTART:20240901T080000Z\r\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\r\nSUMMARY:x\r\n"
                        b"END:VEVENT\r\nEND:VCALENDAR\r\n",
        }

    def test_broken_documents(self):
        self.installation.run("import", self.installation.write("good.docx", GOOD_DOCX), "--now", "2024-09-01T09:00:00Z")
        before = self.installation.run("feed", "--now", "2024-09-02T09:00:00Z").stdout
        self.assertEqual(before.count("BEGIN:VEVENT"), 1)
        token = self.installation.token()
        server = self.installation.serve(clock_offset=seconds_from_now("2024-09-02T09:00:00+00:00"))
        for name, data in self.broken().items():
            with self.subTest(name=name):
                self.refuse(name, data)
                status, headers, body = server.ask("POST", f"/api/v1/plans/import?name={name}&academic-year=2024", data,
                                                   Authorization=f"Bearer {token}", Content_Type="application/octet-stream")
                self.assertIn(status, (400, 413, 415, 422), body[:300])
                self.assertEqual(headers["content-type"].split(";")[0], "application/problem+json")
        self.assertEqual(server.terminate(), 0)
        self.assertEqual(self.installation.run("feed", "--now", "2024-09-02T09:00:00Z").stdout, before)
        self.installation.run("check")

    def test_hostile_bytes(self):
        server = self.installation.serve()
        host = f"Host: {server.host}:{server.port}\r\n".encode()
        chunked = b"POST /feeds/all.ics HTTP/1.1\r\n" + host + b"Transfer-Encoding: chunked\r\n\r\n"
        requests = {
            "a trailer field of 70,000 bytes": chunked + b"0\r\nX: " + b"a" * 70000 + b"\r\n\r\n",
            "an endless chunk extension": chunked + b"1;" + b"x" * 200000,
            "two lengths": b"POST / HTTP/1.1\r\n" + host + b"Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
            "no host": b"GET / HTTP/1.1\r\n\r\n",
            "another host": b"GET / HTTP/1.1\r\nHost: example.net\r\n\r\n",
            "a header of 9,000 bytes": b"GET / HTTP/1.1\r\n" + host + b"X: " + b"a" * 9000 + b"\r\n\r\n",
            "not HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(300),
            "a body nobody asked for": b"GET / HTTP/1.1\r\n" + host + b"Content-Length: 99999999999\r\n\r\n",
            "an unknown method": b"BREW / HTTP/1.1\r\n" + host + b"\r\n",
        }
        for what, sent in requests.items():
            with self.subTest(what):
                answer = self.say(server, sent)
                self.assertRegex(answer[:13], rb"^(HTTP/1\.1 [45]\d\d)?", answer[:80])
                self.assertNotRegex(answer, rb"HTTP/1\.1 2\d\d")
                self.assertLessEqual(answer.count(b"HTTP/1.1 "), 1, "two answers to one request")
                self.assertEqual(server.get("/healthz")[0], 200)
        self.assertIsNone(server.process.poll())

    def say(self, server, data):
        with socket.create_connection((server.host, server.port), timeout=DEADLINE) as connection:
            answer = b""
            try:
                connection.sendall(data)
                connection.shutdown(socket.SHUT_WR)
                while more := connection.recv(65536):
                    answer += more
            except (ConnectionError, BrokenPipeError):
                pass
            return answer


class FullDisk(Case):
    """On a file system of 6 MB, which needs root to mount."""

    def mount(self):
        if os.geteuid() != 0:
            skip("a small file system of its own needs root")
        folder = Path(tempfile.mkdtemp(prefix="convoke-e2e-disk-"))
        self.addCleanup(folder.rmdir)
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "none", folder], capture_output=True, text=True)
        if mounted.returncode != 0:
            skip(f"mounting is not allowed here: {mounted.stderr.strip()}")
        self.addCleanup(subprocess.run, ["umount", "-l", folder])
        return folder

    def test_full_disk(self):
        disk = self.mount()
        installation = Installation(database=f"sqlite:{disk}/convoke.db")
        self.addCleanup(installation.close)
        installation.run("import", FIXTURES / "plan.txt", "--now", "2024-09-05T09:00:00Z")
        token = installation.token()
        server = installation.serve(clock_offset=seconds_from_now("2024-09-05T09:00:00+00:00"))
        server.feed()
        event = next(event["id"] for event in server.events(token))
        ballast = disk / "ballast"
        kept, refused = [], None
        with open(ballast, "wb") as file:
            for number in range(3000):
                # The disk fills from outside while changes go on, in steps smaller than one change.
                try:
                    file.write(b"\0" * 32768)
                    file.flush()
                except OSError:
                    pass
                text = f"{number}: " + "опис " * 800
                status, answer = server.api("PATCH", f"/events/{event}", token, {"description": text})
                if status == 503:
                    refused = answer
                    break
                self.assertEqual(status, 200, answer)
                kept.append(text)
        self.assertIsNotNone(refused, "the disk never filled")
        status, headers, _ = server.ask("PATCH", f"/api/v1/events/{event}", {"description": "x" * 20000},
                                        Authorization=f"Bearer {token}")
        self.assertEqual(status, 503)
        self.assertIn("retry-after", headers)
        self.assertEqual(server.get("/feeds/all.ics")[0], 200)  # reading goes on
        self.assertTrue(server.complaints(), "a full disk is worth a line in the log")
        server.kill()
        ballast.unlink()
        again = installation.serve(clock_offset=seconds_from_now("2024-09-05T09:00:00+00:00"))
        status, now = again.api("GET", f"/events/{event}", token)
        self.assertEqual(status, 200)
        self.assertEqual(now["description"].strip(), (kept[-1] if kept else "").strip())
        self.assertEqual(again.api("PATCH", f"/events/{event}", token, {"description": "є місце"})[0], 200)
        self.assertEqual(again.terminate(), 0)
        installation.run("check")


if __name__ == "__main__":
    main()
