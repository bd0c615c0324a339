"""An SMTP server (aiosmtpd) on a loopback port that answers as it is told, for the cases of smtp_test.cpp.

Arguments: FOLDER [--tls CERT KEY] [--auth USER PASSWORD] [--one-by-one: it offers no PIPELINING]. Prints its port. Then
each line of standard input is a command, answered with one line:
  script STAGE REPLY    at banner, ehlo, auth, mail, rcpt, data, body, dot or quit say REPLY, once for all that follow;
                        STAGE=ADDRESS (rcpt, data, dot): only of mails to this reader;
                        "drop" closes the connection there, "hang" never answers, "bye REPLY" closes after REPLY,
                        "slowly" behaves but says so a byte at a time, with a pause after each, "long REPLY" says
                        it again and again, as if other lines followed; "drain" (at body) takes it all and closes,
                        "keep REPLY" (at dot) takes the message and then says REPLY
  pause MILLISECONDS    between the bytes of drip and the lines of long
  clear                 behave
  count                 how many messages were taken, and over how many connections
Each message that was taken whole is written to FOLDER/N.eml, byte by byte as it came.
"""
import asyncio
import logging
import ssl
import sys
import threading

from aiosmtpd.smtp import SMTP, AuthResult, syntax


class Relay:
    def __init__(self, folder):
        self.folder = folder
        self.script = {}
        self.messages = 0
        self.connections = 0
        self.pause = 0.0


class Server(SMTP):
    def __init__(self, relay, **options):
        super().__init__(relay, enable_SMTPUTF8=False, hostname="relay.example.org", **options)
        self.relay = relay
        self.greeted = False
        self.reader = ""
        self.slow = False

    async def said(self, stage):
        """True when the script has spoken at this stage."""
        reply = self.scripted(stage)
        if reply is None:
            return False
        if reply == "slowly":
            self.slow = True
            return False
        reply = reply.removeprefix("keep ")
        if reply == "drop":
            self.transport.abort()
        elif reply == "hang":
            await asyncio.sleep(3600)
        elif reply.startswith("bye "):
            await super().push(reply[4:])
            self.transport.close()
        elif reply.startswith("long "):
            while not self.transport.is_closing():
                self._writer.write(f"{reply[5:8]}-{reply[9:]}\r\n".encode())
                await asyncio.sleep(self.relay.pause)
        else:
            await super().push(reply)
        return True

    def scripted(self, stage):
        return self.relay.script.get(stage) or self.relay.script.get(f"{stage}={self.reader}")

    async def push(self, status):
        if not self.greeted:
            self.greeted = True
            self.relay.connections += 1
            if await self.said("banner"):
                return
        if not self.slow:
            return await super().push(status)
        self.slow = False
        for byte in status + "\r\n":
            self._writer.write(byte.encode())
            await asyncio.sleep(self.relay.pause)

    @syntax("EHLO hostname")
    async def smtp_EHLO(self, hostname):
        if not await self.said("ehlo"):
            await super().smtp_EHLO(hostname)

    @syntax("HELO hostname")
    async def smtp_HELO(self, hostname):
        if not await self.said("ehlo"):
            await super().smtp_HELO(hostname)

    async def smtp_AUTH(self, arg):
        if not await self.said("auth"):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg):
        if not await self.said("mail"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg):
        self.reader = arg[arg.find("<") + 1:arg.find(">")]
        if not await self.said("rcpt"):
            await super().smtp_RCPT(arg)

    async def smtp_QUIT(self, arg):
        if not await self.said("quit"):
            await super().smtp_QUIT(arg)

    async def smtp_DATA(self, arg):
        if "body" in self.relay.script:
            await super().push("354 go on")
            if self.relay.script["body"] == "drain":
                while (await self._reader.readline()) != b".\r\n":
                    pass
                self.transport.abort()
            else:
                await self._reader.read(20)
                await self.said("body")
        elif not await self.said("data"):
            await super().smtp_DATA(arg)

    async def handle_message(self, envelope):
        with open(f"{self.relay.folder}/{self.relay.messages}.eml", "wb") as file:
            file.write(envelope.original_content)
        self.relay.messages += 1


async def handle_DATA(server, session, envelope):
    reply = server.scripted("dot")
    if reply in (None, "slowly") or reply.startswith("keep "):
        await server.handle_message(envelope)
    if reply is not None and await server.said("dot"):
        # The reply is out already; aiosmtpd would send its own: close instead.
        if server.transport is not None:
            server.transport.close()
        return "421 unused"
    return "250 2.0.0 taken"


async def serve(arguments):
    relay = Relay(arguments[0])

    async def data(server, session, envelope):
        return await handle_DATA(server, session, envelope)

    async def ehlo(server, session, envelope, hostname, responses):
        session.host_name = hostname
        return responses if "--one-by-one" in arguments else [responses[0], "250-PIPELINING", *responses[1:]]

    relay.handle_DATA = data
    relay.handle_EHLO = ehlo
    options = {}
    if "--tls" in arguments:
        at = arguments.index("--tls")
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(arguments[at + 1], arguments[at + 2])
        options["tls_context"] = context
    if "--auth" in arguments:
        at = arguments.index("--auth")
        user, password = arguments[at + 1].encode(), arguments[at + 2].encode()

        def authenticate(server, session, envelope, mechanism, data):
            return AuthResult(success=(data.login, data.password) == (user, password), handled=False)

        options.update(authenticator=authenticate, auth_required=True, auth_require_tls=False)
    loop = asyncio.get_running_loop()
    listener = await loop.create_server(lambda: Server(relay, loop=loop, **options), "127.0.0.1", 0)
    print(listener.sockets[0].getsockname()[1], flush=True)
    ended = asyncio.Event()

    def obey():
        for line in sys.stdin:
            words = line.rstrip("\n").split(" ", 2)
            if words[0] == "script":
                relay.script[words[1]] = words[2].replace("\\n", "\r\n")
            elif words[0] == "pause":
                relay.pause = int(words[1]) / 1000
            elif words[0] == "clear":
                relay.script.clear()
            print(relay.messages, relay.connections, flush=True)
        loop.call_soon_threadsafe(ended.set)

    threading.Thread(target=obey, daemon=True).start()
    await ended.wait()


logging.disable()
asyncio.run(serve(sys.argv[1:]))
