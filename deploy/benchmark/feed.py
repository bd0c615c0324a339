#!/usr/bin/python3
"""A feed of 1,000 events from Convoke beside the same bytes from nginx: requests a second, and their ratio.

    feed.py PROGRAM [--events 1000] [--seconds 4] [--rounds 3]

Both serve one process with one worker on the loopback interface, to one wrk thread. Rounds alternate between the two, so
that what else the machine does falls on both; the figure is the median of the rounds.
"""
import argparse
import gzip
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

LIMIT = 0.5  # of nginx's requests a second, at least
TOPICS = ["Засідання", "Семінар", "Круглий стіл", "Консультація", "Заседание", "Семинар-практикум", "Конкурс", "Экскурсия"]
MATTERS = ["про облік підручників", "«Читаємо разом із родиною»", "з питань комплектування фонду", "«Книга у громаді»",
           "об описании краеведческих изданий", "«Каталог без пропусков»", "по сохранности фонда", "«Сельский читатель»"]
PLACES = ["Озерянський ліцей", "Вербівська гімназія", "Районная библиотека", "онлайн", "Дом культуры, малый зал"]


def events_file(count):
    """A calendar of invented events, the same at every call."""
    chance = random.Random(1)
    rows = []
    for number in range(count):
        day = f"2025{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
        title = f"{chance.choice(TOPICS)} {chance.choice(MATTERS)} ({number + 1})"
        when = (f"DTSTART;VALUE=DATE:{day}" if number % 3 else
                f"DTSTART:{day}T{chance.randint(7, 14):02}0000Z")
        text = "Запрошуємо бібліотекарів громади. Просимо взяти з собою звіт за квартал и список новых поступлений."
        rows.append(f"BEGIN:VEVENT\r\nUID:{number}@example.org\r\nDTSTAMP:20250101T080000Z\r\n{when}\r\nSUMMARY:{title}\r\n"
                    f"LOCATION:{chance.choice(PLACES)}\r\nDESCRIPTION:{text}\r\nEND:VEVENT\r\n")
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example.org//bench//EN\r\n" + "".join(rows) +
            "END:VCALENDAR\r\n").encode()


class Servers:
    """Convoke and nginx, and their end."""

    def __init__(self, program, folder, events):
        self.program, self.folder, self.processes = program, folder, []
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("CONVOKE_")}
        # A server and its benchmark in the year of the events, whatever year it is.
        offset = int(1735725600 - time.time())  # 1 January 2025
        self.environment.update(CONVOKE_DATABASE=f"sqlite:{folder}/convoke.db", CONVOKE_MAIL=f"maildir:{folder}/mail",
                                CONVOKE_CLOCK_OFFSET=str(offset))
        plan = folder / "events.ics"
        plan.write_bytes(events_file(events))
        subprocess.run([program, "import", plan, "--now", "2025-01-01T10:00:00Z"], check=True, env=self.environment,
                       stdout=subprocess.DEVNULL)

    def start_convoke(self):
        process = subprocess.Popen([self.program, "serve", "--listen", "127.0.0.1:0", "--log-level", "error"],
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=self.environment, text=True)
        self.processes.append(process)
        for line in process.stdout:
            if "listening on " in line:
                return line.split("listening on ")[1].split()[0]
        sys.exit("convoke did not start")

    def start_nginx(self, body, packed):
        root = self.folder / "www"
        root.mkdir()
        (root / "all.ics").write_bytes(body)
        (root / "all.ics.gz").write_bytes(packed)
        os.chmod(self.folder, 0o755)
        # Bound and let go: the next to ask for a port is nginx.
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        user = "user root;" if os.geteuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(f"""
{user} worker_processes 1; daemon off; pid {self.folder}/nginx.pid; error_log {self.folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; keepalive_timeout 60s;
  open_file_cache max=10; open_file_cache_valid 1h; types {{ text/calendar ics; }} charset utf-8;
  client_body_temp_path {self.folder}/t1; proxy_temp_path {self.folder}/t2; fastcgi_temp_path {self.folder}/t3;
  uwsgi_temp_path {self.folder}/t4; scgi_temp_path {self.folder}/t5;
  server {{ listen 127.0.0.1:{port}; root {root}; gzip_static on; }}
}}""")
        nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        process = subprocess.Popen([nginx, "-c", self.folder / "nginx.conf", "-p", self.folder],
                                   stderr=subprocess.DEVNULL)
        self.processes.append(process)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=5).close()
                return f"http://127.0.0.1:{port}"
            except ConnectionRefusedError:
                if process.poll() is not None:
                    break
                time.sleep(0.02)
        sys.exit("nginx did not start: " + (self.folder / "nginx.log").read_text())

    def end(self):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def fetch(address, **headers):
    request = urllib.request.Request(address, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), b""


def measure(address, connections, seconds, headers):
    arguments = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s"]
    for name, value in headers.items():
        arguments += ["-H", f"{name}: {value}"]
    said = subprocess.run([*arguments, address], capture_output=True, text=True, check=True).stdout
    errors = re.search(r"Socket errors: (.*)|Non-2xx or 3xx responses: (\d+)", said)
    if errors:
        print("  !", errors.group(0))
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1))


def compare(name, ours, theirs, headers, options):
    """Alternates ours, theirs, ours, theirs … with what each server needs to answer the same way."""
    ratios = []
    for connections in (8, 64):
        figures = {"convoke": [], "nginx": []}
        for _ in range(options.rounds):
            figures["convoke"].append(measure(ours, connections, options.seconds, headers["convoke"]))
            figures["nginx"].append(measure(theirs, connections, options.seconds, headers["nginx"]))
        mine, other = (statistics.median(figures[server]) for server in ("convoke", "nginx"))
        ratios.append(mine / other)
        verdict = "ok" if mine / other >= LIMIT else "BELOW THE LIMIT"
        print(f"{name:10} {connections:3} connections   convoke {mine:9.0f}/s   nginx {other:9.0f}/s   "
              f"ratio {mine / other:5.2f}   limit {LIMIT}   {verdict}", flush=True)
    return ratios


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--events", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="convoke-bench-"))
    servers = None
    try:
        servers = Servers(os.path.abspath(options.program), folder, options.events)
        ours = servers.start_convoke() + "/feeds/all.ics"
        status, headers, body = fetch(ours)
        _, packed_headers, packed = fetch(ours, Accept_Encoding="gzip")
        shown = body.count(b"BEGIN:VEVENT")
        if status != 200 or shown != options.events or gzip.decompress(packed) != body:
            sys.exit(f"the feed is not what it should be: {status}, {shown} events")
        theirs = servers.start_nginx(body, packed) + "/all.ics"
        if fetch(theirs)[2] != body or fetch(theirs, Accept_Encoding="gzip")[2] != packed:
            sys.exit("nginx does not serve the same bytes")
        tag = fetch(theirs)[1]["ETag"]
        print(f"{shown} events, {len(body)} bytes, {len(packed)} compressed; {options.rounds} rounds of {options.seconds} s\n")
        zipped = {"Accept-Encoding": "gzip"}
        ratios = compare("identity", ours, theirs, {"convoke": {}, "nginx": {}}, options)
        ratios += compare("gzip", ours, theirs, {"convoke": zipped, "nginx": zipped}, options)
        ratios += compare("304", ours, theirs, {"convoke": {"If-None-Match": headers["ETag"]},
                                                "nginx": {"If-None-Match": tag}}, options)
        print(f"\nlowest ratio {min(ratios):.2f}, limit {LIMIT}")
    finally:
        if servers:
            servers.end()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
