#!/usr/bin/python3
"""A subscription of Evolution Data Server, driven line by line: run inside a message bus of its own.

usage: dbus-run-session -- clients_evolution.py SOURCE
Each line on the standard input is a command: "refresh" fetches the address again, "list" prints the entries that the
server holds as one JSON line of texts. Exit 77 when the libraries are not installed.
"""
import json
import os
import sys

try:
    import gi
    gi.require_version("EDataServer", "1.2")
    gi.require_version("ECal", "2.0")
    from gi.repository import ECal, EDataServer
except (ImportError, ValueError) as missing:
    print(json.dumps({"missing": str(missing)}), flush=True)
    sys.exit(77)

NO_WAIT = 0xFFFFFFFF  # the first fetch is asked for with "refresh"


def main(source_name):
    registry = EDataServer.SourceRegistry.new_sync(None)
    source = registry.ref_source(source_name)
    if source is None:
        raise SystemExit(f"there is no source {source_name} in {os.environ['XDG_CONFIG_HOME']}")
    client = ECal.Client.connect_sync(source, ECal.ClientSourceType.EVENTS, NO_WAIT, None)
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        if line.strip() == "refresh":
            client.refresh_sync(None)
            told = {"asked": True}
        else:
            _, components = client.get_object_list_sync("#t", None)
            told = {"entries": [component.as_ical_string() for component in components]}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
