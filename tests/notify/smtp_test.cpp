// Deliveries to a real SMTP server (aiosmtpd, smtp_server.py) over a loopback port that the system chose.
#include "notify/message.hpp"
#include "notify/planner.hpp"
#include "notify/smtp_channel.hpp"
#include "tests/notify/relay.hpp"
#include "tests/notify/samples.hpp"
#include "tests/support/catch.hpp"

#include <chrono>
#include <memory>

using namespace convoke;
using namespace convoke::notify;
using namespace convoke::notify::samples;
using tests::has_aiosmtpd, tests::Relay;
using namespace std::chrono_literals;

namespace {

OutgoingMail mail(std::string bytes = "Subject: a\r\n\r\nbody\r\n") {
  return {"from@example.org", "to@example.org", "<id@example.org>", std::move(bytes)};
}

// What the id of a reminder may be made of, sound or not.
const std::vector<std::string> odd_ids = {"<a@[::1]>", "<a@[IPv6:2001:db8::7]>", "<a@localhost>",
                                          "<a b@c>",   "<a@b\r\nBcc: c@d>",      ""};

SmtpTimeouts patient() {
  SmtpTimeouts timeouts;
  timeouts.connect = timeouts.command = timeouts.data = timeouts.dot = 10min;
  return timeouts;
}

// Commands one by one, or also several at once (RFC 2920), as most relays do.
Relay relay_that_takes(bool one_by_one) {
  return Relay(one_by_one ? std::vector<std::string>{"--one-by-one"} : std::vector<std::string>{});
}

std::unique_ptr<Channel> channel_to(const Relay& relay) {
  return open_channel(relay.url()).value();
}

}  // namespace

TEST_CASE("a rendered reminder reaches a relay byte by byte") {
  if (!has_aiosmtpd()) return;
  Relay relay;
  const Event event = dated_event();
  const auto reminder = plan_reminders(event, {"person:12"}, default_rules(), Instant{}).front();
  const auto sent = render_mail(reminder, event, person("Ярмак О.П.", "reader@example.org"), mail_settings(),
                                at("2024-11-11T06:30:05Z"));
  const auto delivery = channel_to(relay)->deliver(sent);
  CHECK(delivery.outcome == Outcome::delivered);
  CHECK(delivery.reply == "250 2.0.0 taken");
  REQUIRE(relay.messages() == 1);
  CHECK(relay.message(0) == sent.bytes);
}

TEST_CASE("lines of dots and long lines arrive as they were") {
  if (!has_aiosmtpd()) return;
  Relay relay;
  const std::string bytes =
      "Subject: a\r\n\r\n.\r\n..\r\n.a\r\n\r\n.\r\nMAIL FROM:<x@y>\r\n" + std::string(900, 'w') + "\r\n.\r\n";
  CHECK(channel_to(relay)->deliver(mail(bytes)).outcome == Outcome::delivered);
  REQUIRE(relay.messages() == 1);
  CHECK(relay.message(0) == bytes);
}

TEST_CASE("many mails go over one connection") {
  if (!has_aiosmtpd()) return;
  Relay relay;
  auto channel = channel_to(relay);
  for (int i = 0; i < 20; ++i) CHECK(channel->deliver(mail()).outcome == Outcome::delivered);
  CHECK(relay.messages() == 20);
  CHECK(relay.connections() == 1);
}

TEST_CASE("every reply at every stage means what it should") {
  if (!has_aiosmtpd()) return;
  const bool one_by_one = GENERATE(false, true);
  CAPTURE(one_by_one);
  Relay relay = relay_that_takes(one_by_one);
  auto channel = channel_to(relay);
  std::vector<std::string> replies = tests::negative_replies;
  replies.push_back("drop");
  for (const std::string stage : {"banner", "ehlo", "mail", "rcpt", "data", "body", "dot"}) {
    for (const auto& reply : replies) {
      if (stage == "body" && reply != "drop") continue;  // a server cannot speak there
      CAPTURE(stage, reply);
      channel = channel_to(relay);
      relay.script(stage, reply);
      const auto delivery = channel->deliver(mail());
      CAPTURE(delivery.reply);
      const bool lost = reply == "drop", closing = reply.starts_with("421");
      const bool about_relay =
          stage == "banner" || stage == "ehlo" || (stage == "mail" && !reply.starts_with("552"));
      const bool refused = reply[0] == '5' && !about_relay;
      CHECK(delivery.outcome == (refused ? Outcome::refused : Outcome::retry_later));
      CHECK(delivery.unreachable == (lost || closing || about_relay));
      // A short message is in the relay's hands at once: nobody knows how much of it was read.
      CHECK(delivery.maybe_delivered == (lost && (stage == "dot" || stage == "body")));
      if (!lost) CHECK(delivery.reply == reply);
      // The same channel delivers as soon as the relay is well again.
      relay.clear();
      const int before = relay.messages();
      CHECK(channel->deliver(mail()).outcome == Outcome::delivered);
      CHECK(relay.messages() == before + 1);
    }
  }
}

TEST_CASE("what a relay says before it closes the connection is heard") {
  if (!has_aiosmtpd()) return;
  const bool one_by_one = GENERATE(false, true);
  CAPTURE(one_by_one);
  Relay relay = relay_that_takes(one_by_one);
  for (const std::string stage : {"banner", "ehlo", "mail", "rcpt", "data", "dot"}) {
    for (const auto& reply : tests::negative_replies) {
      CAPTURE(stage, reply);
      relay.script(stage, "bye " + reply);
      const auto delivery = channel_to(relay)->deliver(mail());
      CHECK(delivery.reply == reply);
      CHECK_FALSE(delivery.maybe_delivered);
      relay.clear();
    }
  }
}

TEST_CASE("a relay that closed an idle connection gets the next mail over a new one") {
  if (!has_aiosmtpd()) return;
  Relay relay;
  auto channel = channel_to(relay);
  CHECK(channel->deliver(mail()).outcome == Outcome::delivered);
  relay.script("mail", "drop");
  CHECK(channel->deliver(mail()).outcome == Outcome::retry_later);
  relay.clear();
  CHECK(channel->deliver(mail()).outcome == Outcome::delivered);
}

TEST_CASE("a relay that stalls is given up after the time of that step and not before") {
  if (!has_aiosmtpd()) return;
  struct Row {
    std::string stage, reply;
    std::chrono::milliseconds SmtpTimeouts::*own;  // the time-out that ends it; all others are patient
  };
  const std::vector<Row> rows = {
      {"banner", "hang", &SmtpTimeouts::command},
      {"ehlo", "hang", &SmtpTimeouts::command},
      {"mail", "hang", &SmtpTimeouts::command},
      {"rcpt", "hang", &SmtpTimeouts::command},
      {"data", "hang", &SmtpTimeouts::command},
      {"dot", "hang", &SmtpTimeouts::dot},
      {"banner", "slowly", &SmtpTimeouts::command},
      {"rcpt", "slowly", &SmtpTimeouts::command},
      {"rcpt", "long 250 still looking", &SmtpTimeouts::command},
      {"dot", "slowly", &SmtpTimeouts::dot},
  };
  for (const auto& row : rows) {
    CAPTURE(row.stage, row.reply);
    Relay relay;
    relay.script(row.stage, row.reply);
    relay.pause(100ms);
    auto timeouts = patient();
    timeouts.*row.own = 500ms;
    if (row.stage == "banner") timeouts.connect = 0ms;  // until the banner the two are one
    const auto began = std::chrono::steady_clock::now();
    const auto delivery = smtp_channel(parse_mail_url(relay.url()).value(), timeouts)->deliver(mail());
    CHECK(std::chrono::steady_clock::now() - began >= 500ms);
    CHECK(delivery.outcome == Outcome::retry_later);
    CHECK(delivery.unreachable);
    CHECK(delivery.maybe_delivered == (row.stage == "dot"));
    CHECK(delivery.reply == "no answer in time");
  }
}

TEST_CASE("a relay that does not say goodbye does not change what it said of the mail") {
  if (!has_aiosmtpd()) return;
  Relay relay;
  relay.script("rcpt", "550 5.1.1 unknown");
  relay.script("quit", "hang");
  const auto delivery = smtp_channel(parse_mail_url(relay.url()).value(), patient())->deliver(mail());
  CHECK(delivery.outcome == Outcome::refused);
  CHECK(delivery.reply == "550 5.1.1 unknown");
  // Nor does it keep the program from ending.
  relay.clear();
  relay.script("quit", "hang");
  auto channel = smtp_channel(parse_mail_url(relay.url()).value(), patient());
  CHECK(channel->deliver(mail()).outcome == Outcome::delivered);
  channel.reset();
}

TEST_CASE("the late answer to one mail is not taken for an answer to the next") {
  if (!has_aiosmtpd()) return;
  Relay relay;
  relay.script("dot", "keep hang");
  auto timeouts = patient();
  timeouts.dot = 200ms;
  const auto channel = smtp_channel(parse_mail_url(relay.url()).value(), timeouts);
  CHECK(channel->deliver(mail()).maybe_delivered);
  relay.clear();
  const int before = relay.connections();
  CHECK(channel->deliver(mail()).outcome == Outcome::delivered);
  CHECK(relay.connections() == before + 1);
}

TEST_CASE("a relay that speaks slowly within its time gets the mail") {
  if (!has_aiosmtpd()) return;
  for (const std::string stage : {"banner", "ehlo", "mail", "rcpt", "data", "dot"}) {
    CAPTURE(stage);
    Relay relay;
    relay.pause(10ms);
    relay.script(stage, "slowly");
    const auto delivery = smtp_channel(parse_mail_url(relay.url()).value(), patient())->deliver(mail());
    CHECK(delivery.outcome == Outcome::delivered);
    CHECK(relay.messages() == 1);
  }
}

TEST_CASE("a reply of several lines is handed on as one") {
  if (!has_aiosmtpd()) return;
  Relay relay;
  relay.script("rcpt", "550-5.1.1 There is nobody\\n550-5.1.1 of this name\\n550 5.1.1 here");
  const auto delivery = channel_to(relay)->deliver(mail());
  CHECK(delivery.outcome == Outcome::refused);
  CHECK(delivery.reply == "550 5.1.1 There is nobody 5.1.1 of this name 5.1.1 here");
}

TEST_CASE("a delivery to a hanging relay can be interrupted") {
  if (!has_aiosmtpd()) return;
  Relay relay;
  relay.script("rcpt", "hang");
  auto channel = channel_to(relay);
  channel->interrupt();
  const auto delivery = channel->deliver(mail());
  CHECK(delivery.outcome == Outcome::retry_later);
  CHECK(relay.messages() == 0);
}

TEST_CASE("user and password open a relay that asks for them and a wrong one loses no mail") {
  if (!has_aiosmtpd()) return;
  Relay relay({"--auth", "user@example.org", "p:ss/word"});
  auto known = open_channel("smtp://user%40example.org:p%3Ass%2Fword@" + relay.host()).value();
  CHECK(known->deliver(mail()).outcome == Outcome::delivered);
  auto unknown = open_channel("smtp://user%40example.org:wrong@" + relay.host()).value();
  const auto delivery = unknown->deliver(mail());
  CHECK(delivery.outcome == Outcome::retry_later);
  CHECK(delivery.unreachable);
  CHECK(delivery.reply.find("wrong") == std::string::npos);
  CHECK(relay.messages() == 1);
}

TEST_CASE("a relay without encryption gets nothing when encryption is required") {
  if (!has_aiosmtpd()) return;
  Relay relay;
  const auto delivery = open_channel(relay.url() + "?tls=require").value()->deliver(mail());
  CHECK(delivery.outcome == Outcome::retry_later);
  CHECK(delivery.unreachable);
  CHECK(relay.messages() == 0);
  CHECK(open_channel(relay.url() + "?tls=never").value()->deliver(mail()).outcome == Outcome::delivered);
}

TEST_CASE(
    "a certificate that nobody signed serves on this machine only when it is not required to be checked") {
  if (!has_aiosmtpd()) return;
  tests::TemporaryFolder folder;
  const std::string key = folder.file("key.pem"), certificate = folder.file("certificate.pem");
  tests::Child openssl({"/bin/sh", "-c",
                        "exec openssl req -x509 -newkey rsa:2048 -nodes -keyout '" + key + "' -out '" +
                            certificate + "' -days 3650 -subj /CN=localhost 2>/dev/null"});
  if (openssl.wait() != 0) {
    WARN("skipped: no openssl to make a certificate with");
    return;
  }
  Relay relay({"--tls", certificate, key});
  CHECK(open_channel(relay.url()).value()->deliver(mail()).outcome == Outcome::delivered);
  const auto delivery = open_channel(relay.url() + "?tls=require").value()->deliver(mail());
  CHECK(delivery.outcome == Outcome::retry_later);
  CHECK(relay.messages() == 1);
}

TEST_CASE("no message id keeps a reminder from being delivered") {
  if (!has_aiosmtpd()) return;
  Relay relay;
  const auto channel = open_channel(relay.url()).value();
  const auto event = dated_event();
  auto reminder = plan_reminders(event, {"person:12"}, default_rules(), Instant{}).front();
  int sent = 0;
  for (const auto& id : odd_ids) {
    CAPTURE(id);
    reminder.message_id = id;
    const auto mail = render_mail(reminder, event, person("Ярмак О.П.", "reader@example.org"),
                                  mail_settings(), at("2024-11-11T06:30:05Z"));
    CHECK(is_message_id(mail.message_id));
    CHECK((mail.message_id == id) == is_message_id(id));
    CHECK(mail.bytes.find("\nBcc:") == std::string::npos);
    CHECK(channel->deliver(mail).outcome == Outcome::delivered);
    CHECK(relay.message(sent++).find(mail.message_id) != std::string::npos);
  }
}
