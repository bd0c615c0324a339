// The queue against a real SMTP server (aiosmtpd, smtp_server.py) that fails in every way, and a clock that
// is moved by hand (threats F8 to F11). A ledger of what the server took says what was lost or came twice.
#include "notify/retry.hpp"
#include "notify/smtp_channel.hpp"
#include "tests/notify/relay.hpp"
#include "tests/notify/world.hpp"
#include "tests/support/catch.hpp"

#include <cstdio>
#include <map>
#include <regex>
#include <set>

using namespace convoke;
using namespace convoke::notify;
using namespace convoke::notify::samples;
using namespace std::chrono_literals;
using tests::has_aiosmtpd, tests::Relay;

namespace {

const char* const first_due = "2024-10-31T06:30:00Z";
const std::string victim = "person1@example.org", chair = "holova@example.org";

// A relay as it was before it was told apart from the mail: any 5xx is the mail's end. For the controls.
class Credulous final : public Channel {
 public:
  explicit Credulous(Channel& inner) : inner_(inner) {}
  Delivery deliver(const OutgoingMail& mail) override {
    auto delivery = inner_.deliver(mail);
    if (delivery.reply.starts_with('5')) return {Outcome::refused, delivery.reply, false, false};
    return delivery;
  }
  void before_end(std::function<void()> tell) override { inner_.before_end(std::move(tell)); }
  void interrupt() override { inner_.interrupt(); }

 private:
  Channel& inner_;
};

// One that forgets that the answer to a whole mail was lost.
class Forgetful final : public Channel {
 public:
  explicit Forgetful(Channel& inner) : inner_(inner) {}
  Delivery deliver(const OutgoingMail& mail) override {
    auto delivery = inner_.deliver(mail);
    delivery.maybe_delivered = false;
    return delivery;
  }
  void before_end(std::function<void()> tell) override { inner_.before_end(std::move(tell)); }
  void interrupt() override { inner_.interrupt(); }

 private:
  Channel& inner_;
};

// Three readers with a mail each that is due, a chair, and the real relay.
class Scene {
 public:
  explicit Scene(Relay& server)
      : relay(server),
        before(server.messages()),
        smtp(smtp_channel(parse_mail_url(server.url()).value(), SmtpTimeouts{})) {
    for (int i = 0; i < 3; ++i) world.add_simple();
    world.add_controller("Голова Г.Г.", chair);
    world.clock.set(at(first_due));
    use(*smtp);
  }
  void use(Channel& channel) {
    dispatcher = std::make_unique<Dispatcher>(*world.store, world.clock, channel, DispatcherSettings{},
                                              mail_settings());
  }

  void run() {
    while (dispatcher->run_once() > 0) {
    }
  }
  // Until nothing of the first day waits any more; false after two hours.
  bool run_on() {
    for (int minute = 0; minute < 120; ++minute) {
      run();
      if (waiting() == 0) return true;
      world.pass(1min);
    }
    return false;
  }
  int waiting() {
    int count = 0;
    for (const auto& row : world.rows())
      if (row.due <= world.clock.now() &&
          (row.state == ReminderState::planned || row.state == ReminderState::retrying))
        ++count;
    return count;
  }
  ReminderState state_of(const std::string& reader) {
    for (const auto& row : world.rows_of("exact.14d"))
      if ("person" + std::to_string(row.key.recipient.back() - '1') + "@example.org" == reader)
        return row.state;
    throw std::runtime_error("no row of " + reader);
  }
  // Message-ID to how often each came, by reader.
  std::map<std::string, std::map<std::string, int>> ledger() {
    static const std::regex id("message-id:\\s*(<[^>]+>)", std::regex::icase),
        to("\r\nTo:[^<\r]*<?([^>\r]+)>?");
    std::map<std::string, std::map<std::string, int>> found;
    for (int i = before, count = relay.messages(); i < count; ++i) {
      const auto bytes = relay.message(i);
      std::smatch which, whom;
      REQUIRE(std::regex_search(bytes, which, id));
      REQUIRE(std::regex_search(bytes, whom, to));
      ++found[whom[1]][which[1]];
    }
    return found;
  }

  World world;
  Relay& relay;
  const int before;  // messages that it took in earlier scenes
  std::unique_ptr<Channel> smtp;
  std::unique_ptr<Dispatcher> dispatcher;
};

struct Figures {
  int runs = 0, told = 0, put_off = 0, messages = 0, wrong = 0;
};

// One fault until the relay is well again. What is wrong with the end of it, a line each.
std::vector<std::string> run_fault(Scene& scene, const std::string& stage, const std::string& reply,
                                   const std::string& way, Figures& figures) {
  const bool of_mail = stage == "rcpt" || stage == "data" || stage == "dot";
  const bool of_relay = !of_mail && !(stage == "mail" && reply.starts_with("552"));
  const bool refused = !of_relay && reply[0] == '5';
  const bool everybody = stage == "mail" && refused;
  scene.relay.script(of_mail ? stage + "=" + victim : stage, way + reply);
  scene.run();
  std::vector<std::string> wrong;
  // What the relay says of one mail does not touch the others, unless it is going away.
  if (of_mail && !reply.starts_with("421"))
    for (const auto* other : {"person0@example.org", "person2@example.org"})
      if (scene.state_of(other) != ReminderState::sent) wrong.push_back("another reader's mail waits");
  if (!refused && scene.state_of(victim) != ReminderState::retrying &&
      scene.state_of(victim) != ReminderState::planned)
    wrong.push_back("what was put off is not to be tried again");
  scene.relay.clear();
  if (!scene.run_on()) wrong.push_back("a mail waits for ever");

  const auto ledger = scene.ledger();
  for (const auto* reader : {"person0@example.org", "person1@example.org", "person2@example.org"}) {
    const auto came = ledger.find(reader);
    const bool owed = !(everybody || (refused && reader == victim));
    if (owed && came == ledger.end()) wrong.push_back("a mail is lost");
    if (!owed && came != ledger.end()) wrong.push_back("a refused mail came");
    if (came != ledger.end() && (came->second.size() != 1 || came->second.begin()->second != 1))
      wrong.push_back("a mail came twice");
  }
  // When everybody is refused so is the chair, and of a mail to the chair nobody is told.
  const int told = refused && !everybody ? 1 : 0;
  const auto at_chair = ledger.find(chair);
  if ((at_chair == ledger.end() ? 0 : static_cast<int>(at_chair->second.size())) != told)
    wrong.push_back("the chair was not told of what failed");
  ++figures.runs;
  figures.told += told;
  figures.wrong += static_cast<int>(wrong.size());
  figures.put_off += refused ? 0 : 1;
  figures.messages += scene.relay.messages() - scene.before;
  return wrong;
}

}  // namespace

TEST_CASE("whatever a relay says at whatever stage nobody else loses a mail") {
  if (!has_aiosmtpd()) return;
  Relay relay;
  Figures figures;
  for (const std::string stage : {"banner", "ehlo", "mail", "rcpt", "data", "dot"}) {
    for (const auto& reply : tests::negative_replies) {
      for (const std::string way : {"", "bye "}) {
        CAPTURE(stage, reply, way);
        Scene scene(relay);
        CHECK(run_fault(scene, stage, reply, way, figures) == std::vector<std::string>{});
      }
    }
  }
  std::printf(
      "%d faults, 3 mails each: %d refusals told to the chair, %d put off and delivered, %d messages,"
      " %d lost or doubled or untold\n",
      figures.runs, figures.told, figures.put_off, figures.messages, figures.wrong);
}

TEST_CASE("a sender that believes a relay that turns everybody away loses mails and is found out") {
  if (!has_aiosmtpd()) return;
  Relay relay;
  Figures figures;
  for (const std::string stage : {"banner", "ehlo", "mail"}) {
    CAPTURE(stage);
    Scene scene(relay);
    Credulous credulous(*scene.smtp);
    scene.use(credulous);
    CHECK_FALSE(run_fault(scene, stage, "554 5.6.0 not like this", "", figures).empty());
  }
}

TEST_CASE("a relay that denies relaying to everybody costs three mails and no more") {
  if (!has_aiosmtpd()) return;
  Relay relay;
  Scene scene(relay);
  for (int i = 0; i < 5; ++i) scene.world.add_simple();
  scene.world.clock.set(at(first_due));
  scene.relay.script("rcpt", "554 5.7.1 Relay access denied");
  scene.run();
  CHECK(scene.world.count(ReminderState::failed) == RelayWatch::believed_refusals);
  CHECK(scene.relay.messages() == 0);
  scene.relay.clear();
  CHECK(scene.run_on());
  const auto ledger = scene.ledger();
  int readers = 0;
  for (const auto& [reader, ids] : ledger) readers += reader == chair ? 0 : 1;
  CHECK(readers == 8 - RelayWatch::believed_refusals);
  CHECK(ledger.at(chair).size() == static_cast<std::size_t>(RelayWatch::believed_refusals));
  std::printf("of 8 mails %d failed before the relay was found out, %d came when it was well\n",
              RelayWatch::believed_refusals, readers);
}

TEST_CASE(
    "a connection lost before the end of a mail brings it once and after the end once more with one name") {
  if (!has_aiosmtpd()) return;
  Relay relay;
  struct Row {
    std::string stage, way;
    bool after_end;  // all bytes of the mail had left
    bool kept;       // the relay had taken it
  };
  // A mail of a few kilobytes is in the socket at once: once its last bytes are handed over nobody knows how
  // many of them were read.
  const std::vector<Row> rows = {
      {"banner", "drop", false, false}, {"ehlo", "drop", false, false}, {"mail", "drop", false, false},
      {"rcpt", "drop", false, false},   {"data", "drop", false, false}, {"body", "drop", true, false},
      {"body", "drain", true, false},   {"dot", "drop", true, false},   {"dot", "keep drop", true, true},
  };
  int repeats = 0, lost = 0;
  for (const auto& row : rows) {
    CAPTURE(row.stage, row.way);
    Scene scene(relay);
    const bool of_mail = row.stage == "dot";
    scene.relay.script(of_mail ? row.stage + "=" + victim : row.stage, row.way);
    scene.run();
    scene.relay.clear();
    if (row.after_end) {
      // The repeat waits for its time, and then it is one.
      const auto lost_at = scene.world.clock.now();
      while (scene.world.clock.now() < lost_at + after_lost_answer - 1min) {
        scene.world.pass(1min);
        scene.run();
      }
      bool waits = false;
      for (const auto& one : scene.world.rows_of("exact.14d"))
        for (const auto& attempt :
             scene.world.store->read([&one](db::Unit& unit) { return unit.mail_log().attempts(one.id); })
                 .wait()
                 .value())
          waits = waits || (attempt.outcome == unknown_outcome && one.state == ReminderState::retrying);
      CHECK(waits);
    }
    CHECK(scene.run_on());
    int messages = 0;
    for (const auto& [reader, ids] : scene.ledger()) {
      CAPTURE(reader);
      CHECK(ids.size() == 1);  // one name, however often
      for (const auto& [id, times] : ids) {
        CHECK(times == (row.kept && reader == victim ? 2 : 1));
        messages += times;
        repeats += times - 1;
      }
    }
    CHECK(messages == (row.kept ? 4 : 3));
    lost += 3 - static_cast<int>(scene.ledger().size());
    CHECK(scene.world.rows_of("exact.14d").size() == 3);
    for (const auto& one : scene.world.rows_of("exact.14d")) CHECK(one.state == ReminderState::sent);
  }
  std::printf(
      "%zu ways to lose a connection, 3 mails each: %d lost, %d repeats, after the end and with the same"
      " Message-ID\n",
      rows.size(), lost, repeats);
}

TEST_CASE("a sender that forgets a lost answer repeats the mail too soon and is found out") {
  if (!has_aiosmtpd()) return;
  Relay relay;
  Scene scene(relay);
  Forgetful forgetful(*scene.smtp);
  scene.use(forgetful);
  scene.relay.script("dot=" + victim, "keep drop");
  scene.run();
  scene.relay.clear();
  const auto lost_at = scene.world.clock.now();
  while (scene.world.clock.now() < lost_at + after_lost_answer - 1min) {
    scene.world.pass(1min);
    scene.run();
  }
  CHECK(scene.ledger().at(victim).begin()->second == 2);  // within the ten minutes
}

TEST_CASE("a mail that is cut in its middle before all of it left is repeated as one that never came") {
  if (!has_aiosmtpd()) return;
  Relay relay;
  const auto channel = smtp_channel(parse_mail_url(relay.url()).value());
  OutgoingMail big{"plans@example.org",
                   victim,
                   "<big@example.org>",
                   "Subject: a\r\nTo: " + victim + "\r\nMessage-ID: <big@example.org>\r\n\r\n",
                   {}};
  while (big.bytes.size() < 8'000'000) big.bytes += std::string(76, 'w') + "\r\n";
  relay.script("body", "drop");
  const auto cut = channel->deliver(big);
  CHECK(cut.outcome == Outcome::retry_later);
  CHECK(cut.unreachable);
  CHECK_FALSE(cut.maybe_delivered);
  relay.clear();
  CHECK(relay.messages() == 0);
}
