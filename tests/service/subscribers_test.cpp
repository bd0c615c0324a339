#include "service/subscribers.hpp"

#include "db/store.hpp"
#include "notify/digest_times.hpp"
#include "notify/recipients.hpp"
#include "service/answers.hpp"
#include "tests/service/fixture.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <limits>

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;
using namespace std::chrono_literals;
using notify::LinkPurpose;

namespace {

class News {
 public:
  News() { key = link_key(fixture.context).wait().value(); }

  Result<bool> ask(std::string email, std::string query = "") {
    NewSubscription wanted;
    wanted.email = std::move(email);
    wanted.query = std::move(query);
    return subscribe(fixture.context, wanted).wait();
  }
  // Mails that ask whether it was you, to whomever.
  int confirmations() {
    return fixture.context.store
        .read([](db::Unit& unit) {
          db::ReminderSelection selection;
          selection.limit = std::numeric_limits<int>::max();
          const auto rows = unit.reminders().list(selection);
          return static_cast<int>(std::ranges::count(rows, ReminderReason::confirmation, &Reminder::reason));
        })
        .wait()
        .value();
  }
  std::vector<Subscriber> all() {
    return fixture.context.store.read([](db::Unit& unit) { return unit.subscribers().list(); })
        .wait()
        .value();
  }
  std::string link(LinkPurpose purpose, std::string who, std::optional<Instant> expires = std::nullopt) {
    notify::AnswerLink link;
    link.purpose = purpose;
    link.who = std::move(who);
    link.expires = expires;
    return notify::token_of(key, link);
  }
  std::string link_of(LinkPurpose purpose, std::size_t number = 0) {
    return link(purpose, notify::subscriber_key(all().at(number).id));
  }
  void pass(std::chrono::seconds time) { fixture.clock.set(fixture.clock.now() + time); }

  Fixture fixture;
  std::string key;
};

}  // namespace

TEST_CASE("an address that nobody confirmed gets three mails a day and not a fourth") {
  News news;
  for (int i = 0; i < 500; ++i) {
    CHECK(
        news.ask(i % 2 == 0 ? "victim@example.org" : "Victim@Example.ORG", i % 3 == 0 ? "" : "kind=seminar"));
    news.pass(1min);
    CHECK(news.confirmations() == std::min(i + 1, most_confirmations_a_day));
  }
  // Whatever became of that, another address has its own share.
  CHECK(news.ask("other@example.org"));
  CHECK(news.confirmations() == most_confirmations_a_day + 1);
}

TEST_CASE("the share of a day comes back after twenty-four hours and not a second sooner") {
  News news;
  const Instant began = news.fixture.clock.now();
  for (int i = 0; i < most_confirmations_a_day; ++i) {
    CHECK(news.ask("reader@example.org"));
    news.pass(1s);
  }
  news.fixture.clock.set(began + 24h);
  CHECK(news.ask("reader@example.org"));
  CHECK(news.confirmations() == most_confirmations_a_day);
  news.pass(1s);
  CHECK(news.ask("reader@example.org"));
  CHECK(news.confirmations() == most_confirmations_a_day + 1);
}

TEST_CASE("an address has ten subscriptions and not eleven") {
  News news;
  for (int i = 0; i < most_subscriptions + 2; ++i) {
    CHECK(news.ask("reader@example.org", "q=word" + std::to_string(i)));
    news.pass(24h + 1s);
  }
  CHECK(news.all().size() == static_cast<std::size_t>(most_subscriptions));
}

TEST_CASE("what is no address and what is no filter is refused by name") {
  News news;
  for (const auto* email : {"", "a", "a@", "a b@example.org", "a@b\r\nBcc: c@d.org"}) {
    const auto refused = news.ask(email);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.starts_with("email: "));
  }
  const auto refused = news.ask("reader@example.org", "kind=nothing");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.starts_with("query: "));
  CHECK(news.all().empty());
}

TEST_CASE("a subscription begins when it is confirmed and what changed before is no news") {
  News news;
  news.fixture.import(small_plan);
  CHECK(news.ask("reader@example.org"));
  CHECK_FALSE(news.all().front().confirmed);
  CHECK_FALSE(news.all().front().next);
  const auto token = news.link_of(LinkPurpose::confirm);
  // Looking at it, as mail scanners do, changes nothing.
  const auto seen = view_subscription(news.fixture.context, token).wait();
  REQUIRE(seen);
  CHECK_FALSE(seen->done);
  CHECK_FALSE(news.all().front().confirmed);
  const auto taken = take_subscription(news.fixture.context, token, MailRhythm::weekly).wait();
  REQUIRE(taken);
  CHECK(taken->done);
  const auto first = news.all().front();
  CHECK(first.confirmed == news.fixture.clock.now());
  CHECK(first.told > 0);
  REQUIRE(first.next);
  CHECK(*first.next > news.fixture.clock.now());
  news.pass(1h);
  REQUIRE(take_subscription(news.fixture.context, token, MailRhythm::weekly).wait());
  CHECK(news.all().front().confirmed == first.confirmed);
  // Asking again when one is told already sends nothing.
  const int before = news.confirmations();
  CHECK(news.ask("reader@example.org"));
  CHECK(news.confirmations() == before);
  CHECK(news.all().size() == 1);
}

TEST_CASE("a subscription ends by one press and its old link does not bring it back") {
  News news;
  CHECK(news.ask("reader@example.org"));
  const auto confirm = news.link_of(LinkPurpose::confirm), end = news.link_of(LinkPurpose::unsubscribe);
  REQUIRE(take_subscription(news.fixture.context, confirm, MailRhythm::daily).wait());
  REQUIRE(unsubscribe_at_once(news.fixture.context, end).wait());
  const auto ended = news.all().front().ended;
  CHECK(ended == news.fixture.clock.now());
  CHECK_FALSE(news.all().front().next);
  news.pass(1h);
  REQUIRE(unsubscribe_at_once(news.fixture.context, end).wait());
  CHECK(news.all().front().ended == ended);
  REQUIRE(take_subscription(news.fixture.context, confirm, MailRhythm::daily).wait());
  CHECK_FALSE(news.all().front().next);
}

TEST_CASE("a mail program's button ends no subscription by the link that confirms one") {
  News news;
  CHECK(news.ask("reader@example.org"));
  const auto refused = unsubscribe_at_once(news.fixture.context, news.link_of(LinkPurpose::confirm)).wait();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::not_found);
  CHECK_FALSE(news.all().front().ended);
}

TEST_CASE("a person's mails about work come once a week by that button and never end") {
  News news;
  const auto id = news.fixture.context.store
                      .write(db::Author("test", news.fixture.clock.now()),
                             [](db::Unit& unit) {
                               Person one;
                               one.name = "Калина О.П.";
                               one.email = "kalyna@example.org";
                               return unit.people().insert(one);
                             })
                      .wait()
                      .value();
  const auto token = news.link(LinkPurpose::unsubscribe, notify::person_key(id));
  const auto rhythm = [&] {
    return news.fixture.context.store.read([id](db::Unit& unit) { return unit.people().find(id)->rhythm; })
        .wait()
        .value();
  };
  const auto taken = unsubscribe_at_once(news.fixture.context, token).wait();
  REQUIRE(taken);
  CHECK(taken->of_person);
  CHECK(rhythm() == MailRhythm::weekly);
  REQUIRE(take_subscription(news.fixture.context, token, MailRhythm::daily).wait());
  CHECK(rhythm() == MailRhythm::daily);
}

TEST_CASE("a link that is not ours or is about nobody or has expired changes nothing") {
  News news;
  CHECK(news.ask("reader@example.org"));
  const auto who = notify::subscriber_key(news.all().front().id);
  const auto sound = news.link(LinkPurpose::confirm, who);
  for (const auto& token : {std::string(), sound + "x", sound.substr(1), news.link(LinkPurpose::done, who),
                            news.link(LinkPurpose::confirm, "subscriber:99")}) {
    CAPTURE(token);
    CHECK(view_subscription(news.fixture.context, token).wait().error().code == Errc::not_found);
    CHECK(take_subscription(news.fixture.context, token, MailRhythm::daily).wait().error().code ==
          Errc::not_found);
  }
  const auto old = news.link(LinkPurpose::confirm, who, news.fixture.clock.now());
  news.pass(1s);
  CHECK(take_subscription(news.fixture.context, old, MailRhythm::daily).wait().error().code == Errc::gone);
  CHECK_FALSE(news.all().front().confirmed);
}
