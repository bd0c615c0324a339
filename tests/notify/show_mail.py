"""Reads one mail from standard input with Python's email package and prints it as its reader has it: headers
(tokens of links shortened, lest a golden file be a wall of them), text, HTML, names of attachments.
"""
import email
import email.policy
import re
import sys

message = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)


def shortened(text):
    return re.sub(r"(/(?:answer|poll|unsubscribe|invitation|login/link)/)[A-Za-z0-9_.-]+", r"\1…", text)


for name, value in message.items():
    if name.lower() not in ("content-type", "mime-version"):
        print(name + ": " + shortened(" ".join(str(value).split())))
for part in message.walk():
    if part.is_multipart():
        continue
    print("\n==== " + part.get_content_type() + (" " + part.get_filename() if part.get_filename() else ""))
    if part.get_content_type() != "text/calendar":
        print(shortened(part.get_payload(decode=True).decode("utf-8").replace("\r\n", "\n")), end="")
