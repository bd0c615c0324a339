"""Reads one mail from standard input with Python's email package and prints what it holds, a line each.

An independent reader: what it does not understand, no mail program needs to.
"""
import email
import email.policy
import sys

raw = sys.stdin.buffer.read()
message = email.message_from_bytes(raw, policy=email.policy.default)


def show(label, text):
    print(label + "=" + str(text).replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r"))


show("headers", ",".join(message.keys()))
for name in ("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "List-Id", "Reply-To", "List-Unsubscribe"):
    show(name, " ".join(str(message[name]).split()))  # as shown: folds and double spaces are one
show("to-addresses", ",".join(address.addr_spec for address in message["To"].addresses))
if message["Reply-To"]:
    show("reply-to-addresses", ",".join(address.addr_spec for address in message["Reply-To"].addresses))
show("ascii", all(byte < 128 for byte in raw))
show("longest-line", max(len(line) for line in raw.split(b"\r\n")))
show("bare-line-breaks", raw.replace(b"\r\n", b"").count(b"\n") + raw.replace(b"\r\n", b"").count(b"\r"))
for part in message.walk():
    show("defects", [type(defect).__name__ for defect in part.defects])
    if part.is_multipart():
        show("multipart", part.get_content_type())
        continue
    show("part", ";".join([part.get_content_type(), str(part.get_content_charset()),
                           str(part.get_param("method")), str(part.get_filename()),
                           str(part["Content-Transfer-Encoding"])]))
    show(part.get_content_type(), part.get_payload(decode=True).decode("utf-8"))
