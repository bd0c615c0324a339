// Webhooks below the network: what is told, how it is signed, and where it may go. tests/e2e/webhooks.py has
// the requests themselves.
#include "notify/hooks.hpp"

#include "notify/announcements.hpp"
#include "notify/composer.hpp"
#include "notify/hook_channel.hpp"
#include "notify/mails/hook.hpp"
#include "notify/queue.hpp"
#include "tests/notify/samples.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_store.hpp"

#include <set>

using namespace convoke;
using namespace convoke::notify;
using namespace convoke::notify::samples;

namespace {

const Instant september = at("2024-09-05T09:00:00Z");

struct Receivers {
  tests::TemporaryStore store;
  Event event = dated_event();
  WebhookId own, others, everybodys;

  template<class Work>
  auto write(Work work) {
    return store->write(db::Author("test", september), work).wait().value();
  }

  Receivers() {
    write([this](db::Unit& unit) {
      Organisation organisation;
      organisation.name = "Об'єднання";
      event.organisation = unit.organisations().insert(organisation);
      organisation.name = "Інше об'єднання";
      const auto other = unit.organisations().insert(organisation);
      for (auto& responsible : event.responsible) responsible.person = {};
      event.id = unit.events().insert(event);
      own = add(unit, event.organisation);
      others = add(unit, other);
      everybodys = add(unit, {});
      return true;
    });
  }

  static WebhookId add(db::Unit& unit, OrganisationId organisation) {
    Webhook hook;
    hook.organisation = organisation;
    hook.name = "Дошка";
    hook.url = "https://board.example.org/hook";
    hook.secret = new_hook_secret();
    hook.created = september;
    return unit.webhooks().insert(hook);
  }

  std::vector<Reminder> rows(WebhookId hook, std::optional<ReminderState> state = {}) {
    return store
        ->read([hook, state](db::Unit& unit) {
          db::ReminderSelection selection;
          selection.recipient = hook_key(hook);
          selection.state = state;
          return unit.reminders().list(selection);
        })
        .wait()
        .value();
  }

  std::string told(const Event* before, const Event& after, Instant now = september) {
    const auto known = rows(own).size();
    write([&](db::Unit& unit) {
      tell_hooks_of_change(unit, before, after, "plans.example.org", now);
      return true;
    });
    const auto all = rows(own);
    return all.size() == known ? "" : std::string(name_of(happening_of(all.back().key)));
  }
};

OutgoingMail request_to(const std::string& url) {
  OutgoingMail mail;
  mail.to = url;
  mail.bytes = "{}";
  return mail;
}

Delivery posted(const std::string& url, std::vector<IpAddress> leads_to, const std::string& exceptions = "") {
  HookSettings settings;
  settings.exceptions = OutsideExceptions::parse(exceptions).value();
  settings.resolve = [leads_to](const std::string&, std::chrono::milliseconds) { return leads_to; };
  return hook_channel(std::move(settings), make_hook_pauses())->deliver(request_to(url));
}

}  // namespace

// The example of the specification's own libraries.
TEST_CASE("a request is signed as receivers' libraries expect it") {
  CHECK(hook_signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330",
                       R"({"test": 2432232314})") == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  CHECK(new_hook_secret() != new_hook_secret());
  CHECK_THROWS(hook_signature("whsec_", "a", "1", ""));
}

TEST_CASE("a receiver hears of the events of its association alone and one of none of all") {
  Receivers all;
  all.write([&](db::Unit& unit) {
    replan(unit, all.event, september);
    return true;
  });
  CHECK_FALSE(all.rows(all.own).empty());
  CHECK(all.rows(all.others).empty());
  CHECK(all.rows(all.everybodys).size() == all.rows(all.own).size());
}

TEST_CASE("what receivers are told of an event follows it as its mails do") {
  Receivers all;
  const auto replanned = [&] {
    all.write([&](db::Unit& unit) {
      replan(unit, all.event, september);
      return true;
    });
  };
  replanned();
  const auto steps = all.rows(all.own);
  std::set<std::string> rules;
  for (const auto& row : steps) CHECK(rules.insert(row.key.occurrence + row.key.rule).second);
  const auto planned = all.rows(all.own, ReminderState::planned).size();
  CHECK(planned > 0);
  all.event.period = make_dated(make_date(2024, 12, 3));
  replanned();
  CHECK(all.rows(all.own, ReminderState::superseded).size() == planned);
  const auto moved = all.rows(all.own, ReminderState::planned);
  CHECK(moved.size() >= planned);
  for (const auto& row : moved) CHECK(row.key.occurrence.starts_with("2024-12-03"));
  all.event.status = EventStatus::cancelled;
  replanned();
  CHECK(all.rows(all.own, ReminderState::planned).empty());
}

TEST_CASE("each change of an event is told as what it is") {
  Receivers all;
  Event vague = all.event, dated = all.event;
  vague.period = Period{};
  vague.period.precision = Precision::month;
  vague.period.first = make_date(2024, 11, 1);
  vague.period.last = make_date(2024, 11, 30);
  auto next = [n = 10](Event event) mutable {
    event.sequence = ++n;
    return event;
  };
  CHECK(all.told(nullptr, next(vague)).empty());
  CHECK(all.told(&vague, next(dated)) == "event.dated");
  CHECK(all.told(nullptr, next(dated)) == "event.dated");
  Event moved = dated;
  moved.period = make_dated(make_date(2024, 12, 3));
  CHECK(all.told(&dated, next(moved)) == "event.moved");
  CHECK(all.told(&dated, next(vague)) == "event.moved");
  Event placed = dated;
  placed.place = "Мала зала";
  CHECK(all.told(&dated, next(placed)) == "event.changed");
  Event noted = dated;
  noted.note = "принести бланки";
  CHECK(all.told(&dated, next(noted)).empty());
  Event cancelled = dated;
  cancelled.status = EventStatus::cancelled;
  CHECK(all.told(&dated, next(cancelled)) == "event.cancelled");
  CHECK(all.told(&cancelled, next(dated)) == "event.dated");
  CHECK(all.told(&dated, next(moved), at("2025-01-01T09:00:00Z")).empty());
}

TEST_CASE("a receiver that is gone is asked no more and others are") {
  Receivers all;
  all.write([&](db::Unit& unit) {
    replan(unit, all.event, september);
    for (const auto& [hook, reply] :
         {std::pair(all.own, "410 the receiver is gone"), {all.everybodys, "400"}}) {
      Reminder failed;
      failed.reason = ReminderReason::hook;
      failed.key.recipient = hook_key(hook);
      failed.last_error = reply;
      end_if_gone(unit, failed, september);
    }
    return true;
  });
  CHECK(all.rows(all.own, ReminderState::planned).empty());
  CHECK_FALSE(all.rows(all.everybodys, ReminderState::planned).empty());
  const auto left = all.store->read([](db::Unit& unit) { return unit.webhooks().list(); }).wait().value();
  CHECK(left.size() == 2);
}

TEST_CASE("threat rule E2: a webhook is posted to no name that leads inside") {
  const auto inside = *parse_ip("10.0.0.7"), local = *parse_ip("::1"), outside = *parse_ip("93.184.216.34");
  for (const auto& leads_to : {std::vector{inside}, std::vector{local}, std::vector{outside, inside}}) {
    const auto delivery = posted("https://board.example.org/hook", leads_to);
    CHECK(delivery.outcome == Outcome::refused);
    CHECK(delivery.reply.find("public internet") != std::string::npos);
    CHECK_FALSE(delivery.unreachable);
  }
  for (const std::string url : {"http://127.0.0.1/", "http://[::1]/", "http://0x7f.1/", "file:///etc/passwd",
                                "http://board.example.org:25/", "http://a@board.example.org/"}) {
    CAPTURE(url);
    CHECK(posted(url, {outside}).outcome == Outcome::refused);
  }
}

TEST_CASE("a receiver whose name leads nowhere is tried again and leaves the queue to others") {
  HookSettings settings;
  int asked = 0;
  settings.resolve = [&asked](const std::string&, std::chrono::milliseconds) {
    ++asked;
    return std::vector<IpAddress>();
  };
  const auto pauses = make_hook_pauses();
  const auto channel = hook_channel(settings, pauses), other = hook_channel(settings, pauses);
  const auto first = channel->deliver(request_to("https://board.example.org/hook"));
  CHECK(first.outcome == Outcome::retry_later);
  CHECK_FALSE(first.unreachable);
  // The same server by another path and over another connection is left alone for a while, another one not.
  CHECK(other->deliver(request_to("https://board.example.org/other")).outcome == Outcome::retry_later);
  CHECK(asked == 1);
  other->deliver(request_to("https://else.example.org/hook"));
  CHECK(asked == 2);
}
