#!/usr/bin/python3
"""A feed of 1,000 events from Convoke beside the same bytes from nginx: requests a second, and their ratio.

    feeds.py PROGRAM [--events 1000] [--seconds 3] [--rounds 5]

Both serve one process with one worker on the loopback interface, to one wrk thread; neither writes a log of requests.
Rounds alternate between the two, so that what else the machine does falls on both; the figure is the median of the
rounds. CalDAV servers that are installed serve the same calendar to one client after another.
"""
import argparse
import gzip
import shutil
import statistics
import sys
import time

import sites

LIMIT = 0.9  # of nginx's requests a second, at least
CONNECTIONS = (8, 256)


def compare(name, ours, theirs, headers, options):
    """Alternates ours, theirs, ours, theirs … with what each server needs to answer the same way."""
    ratios = []
    for connections in CONNECTIONS:
        figures = {"convoke": [], "nginx": []}
        for _ in range(options.rounds):
            figures["convoke"].append(sites.load(ours, connections, options.seconds, headers["convoke"]))
            figures["nginx"].append(sites.load(theirs, connections, options.seconds, headers["nginx"]))
        ratio = statistics.median(a / b for a, b in zip(figures["convoke"], figures["nginx"]))
        mine, other = (statistics.median(figures[server]) for server in ("convoke", "nginx"))
        print(f"{name:9} {connections:4} connections   convoke {mine:8.0f}/s   nginx {other:8.0f}/s   "
              f"ratio {ratio:5.2f}   limit {LIMIT}   {'ok' if ratio >= LIMIT else 'MISSED'}", flush=True)
        ratios.append(ratio)
    return ratios


def sequential(address, headers, seconds):
    """Requests a second, one after another, of one client."""
    fields = {name.replace("-", "_"): value for name, value in headers.items()}
    began, count = time.monotonic(), 0
    while time.monotonic() - began < seconds or count == 0:
        status, _, body = sites.fetch(address, **fields)
        if status != 200 or b"BEGIN:VEVENT" not in body:
            sys.exit(f"{address} answers {status}")
        count += 1
    return count / (time.monotonic() - began)


def other_servers(calendar, ours, seconds):
    print("\nthe same calendar, one request after another:")
    print(f"  convoke   {sequential(ours, {}, seconds):8.1f}/s")
    if sites.Radicale.installed():
        with sites.Radicale(calendar) as radicale:
            print(f"  radicale  {sequential(radicale.address, radicale.headers, seconds):8.1f}/s")
    else:
        print("  radicale  not installed")
    print("  cyrus     " + ("installed, but not set up for this" if shutil.which("cyrus") else "not installed"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--events", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    calendar = sites.events_file(options.events)
    with sites.Convoke(options.program) as convoke:
        convoke.bring_in(calendar)
        ours = convoke.start() + "/feeds/all.ics"
        status, headers, body = sites.fetch(ours)
        _, _, packed = sites.fetch(ours, Accept_Encoding="gzip")
        shown = body.count(b"BEGIN:VEVENT")
        if status != 200 or shown != options.events or gzip.decompress(packed) != body:
            sys.exit(f"the feed is not what it should be: {status}, {shown} events")
        with sites.Nginx(body, packed) as nginx:
            theirs = nginx.address + "/all.ics"
            if sites.fetch(theirs)[2] != body or sites.fetch(theirs, Accept_Encoding="gzip")[2] != packed:
                sys.exit("nginx does not serve the same bytes")
            tag = sites.fetch(theirs)[1]["ETag"]
            print(f"{shown} events, {len(body)} bytes, {len(packed)} compressed; "
                  f"medians of {options.rounds} rounds of {options.seconds} s\n")
            zipped = {"Accept-Encoding": "gzip"}
            ratios = compare("identity", ours, theirs, {"convoke": {}, "nginx": {}}, options)
            ratios += compare("gzip", ours, theirs, {"convoke": zipped, "nginx": zipped}, options)
            ratios += compare("304", ours, theirs, {"convoke": {"If-None-Match": headers["ETag"]},
                                                    "nginx": {"If-None-Match": tag}}, options)
            print(f"\nlowest ratio {min(ratios):.2f}, limit {LIMIT}   {'ok' if min(ratios) >= LIMIT else 'MISSED'}")
        other_servers(calendar, ours, options.seconds)


if __name__ == "__main__":
    main()
