#include "notify/mail_links.hpp"

#include "tests/notify/samples.hpp"
#include "tests/support/catch.hpp"

#include <set>

using namespace convoke;
using namespace convoke::notify;
using namespace convoke::notify::samples;

namespace {

const std::string key = "q83vEjRWeJq83vEjRWeJq83vEjRWeJq83vEjRWeJq80";

MailSettings with_key() {
  auto settings = mail_settings();
  settings.link_key = key;
  return settings;
}

Reminder reminder_of(ReminderReason reason, std::string occurrence = "2024-11-14") {
  Reminder reminder;
  reminder.key = {EventId{7}, std::move(occurrence), "rule", "person:12"};
  reminder.reason = reason;
  reminder.due = at("2024-11-11T06:30:00Z");
  return reminder;
}

std::vector<LinkPurpose> purposes(const Reminder& reminder, const Event& event) {
  std::vector<LinkPurpose> all;
  for (const auto& link : links_of(reminder, event, "person:12", with_key())) all.push_back(link.purpose);
  return all;
}

AnswerLink read(const MailLink& link, Instant now) {
  const std::string_view url = link.url;
  const auto token = url.substr(url.rfind('/') + 1);
  const auto found = read_link(key, token, now);
  REQUIRE(found);
  return *found;
}

}  // namespace

TEST_CASE("each reason for a mail offers its own steps") {
  using enum LinkPurpose;
  using Steps = std::vector<LinkPurpose>;
  const auto event = dated_event();
  CHECK(purposes(reminder_of(ReminderReason::upcoming), event) == Steps{acknowledge, postpone, hand_over});
  CHECK(purposes(reminder_of(ReminderReason::deadline), event) ==
        Steps{done, acknowledge, postpone, hand_over});
  CHECK(purposes(reminder_of(ReminderReason::overdue), event) ==
        Steps{done, postpone, acknowledge, hand_over});
  CHECK(purposes(reminder_of(ReminderReason::fix_date), month_event()) ==
        Steps{name_day, postpone, hand_over});
  CHECK(purposes(reminder_of(ReminderReason::invitation), event) == Steps{accept, decline});
  for (const auto reason :
       {ReminderReason::cancellation, ReminderReason::decision, ReminderReason::digest,
        ReminderReason::overview, ReminderReason::changes, ReminderReason::undeliverable,
        ReminderReason::account_invitation, ReminderReason::sign_in, ReminderReason::date_poll,
        ReminderReason::date_poll_result, ReminderReason::registration_done, ReminderReason::hook})
    CHECK(purposes(reminder_of(reason), event).empty());
}

TEST_CASE("on the day itself a mail offers to say that it is done") {
  auto reminder = reminder_of(ReminderReason::upcoming);
  reminder.due = at("2024-11-14T06:30:00Z");
  CHECK(purposes(reminder, dated_event()).front() == LinkPurpose::done);
}

TEST_CASE("all-year work is never asked to be moved") {
  const auto event = event_with(span(Precision::ongoing, make_date(2024, 1, 1), make_date(2024, 12, 31)));
  const auto steps = purposes(reminder_of(ReminderReason::check_in), event);
  CHECK(steps == std::vector{LinkPurpose::acknowledge, LinkPurpose::done, LinkPurpose::hand_over});
}

TEST_CASE("a link acts for its reader and its occurrence until two months after the mail was due") {
  auto event = recurring_event(Frequency::quarterly);
  const auto reminder = reminder_of(ReminderReason::deadline, "2024-Q4/2024-12-31");
  const auto links = links_of(reminder, event, "person:12", with_key());
  REQUIRE_FALSE(links.empty());
  for (const auto& link : links) {
    CHECK(link.url.starts_with("https://plans.example.org/answer/"));
    const auto read_back = read(link, reminder.due);
    CHECK(read_back.purpose == link.purpose);
    CHECK(read_back.event == event.id);
    CHECK(read_back.occurrence == "2024-Q4");
    CHECK(read_back.who == "person:12");
    CHECK(read_back.expires == reminder.due + link_lifetime);
  }
  CHECK(answered_occurrence(dated_event(), reminder_of(ReminderReason::upcoming)).empty());
}

TEST_CASE("only an answer that waits for a decision carries the link to decide") {
  auto reminder = reminder_of(ReminderReason::answer, occurrence_of(AnswerId{31}));
  reminder.key.rule = decide_rule;
  const auto links = links_of(reminder, dated_event(), "account:5", with_key());
  REQUIRE(links.size() == 1);
  const auto link = read(links.front(), reminder.due);
  CHECK(link.purpose == LinkPurpose::decide);
  CHECK(link.answer == AnswerId{31});
  CHECK(link.who == "account:5");
  reminder.key.rule = told_rule;
  CHECK(links_of(reminder, dated_event(), "account:5", with_key()).empty());
}

TEST_CASE("a mail without a key to sign with or about a neighbour's event has no links that act") {
  const auto reminder = reminder_of(ReminderReason::deadline);
  CHECK(links_of(reminder, dated_event(), "person:12", mail_settings()).empty());
  auto event = dated_event();
  event.source = SourceId{3};
  CHECK(links_of(reminder, event, "person:12", with_key()).empty());
}

TEST_CASE("the number of an answer is read out of its occurrence and out of nothing else") {
  CHECK(answer_of(occurrence_of(AnswerId{17})) == AnswerId{17});
  for (const auto* text :
       {"", "answer/", "answer/x", "answer/-4", "answer/0", "answer/4/2024-11-14", "2024-11-14"})
    CHECK_FALSE(answer_of(text));
}

TEST_CASE("every step is offered in each language in words of its own") {
  for (const Language language : all_languages) {
    std::vector<MailLink> links;
    for (std::size_t i = 0; i < link_purpose_count; ++i)
      links.push_back({static_cast<LinkPurpose>(i), "https://plans.example.org/answer/x"});
    std::set<std::string> labels;
    for (const auto& button : answer_buttons(links, language)) labels.insert(button.label);
    CHECK(labels.size() == link_purpose_count);
    CHECK_FALSE(labels.contains(""));
  }
}

TEST_CASE("who is sent back to the work may say at once that it is done") {
  Answer about;
  about.id = AnswerId{31};
  about.occurrence = "2024-Q4";
  about.decision = Decision::declined;
  const auto reminder = reminder_of(ReminderReason::decision, occurrence_of(about.id));
  const auto event = recurring_event(Frequency::quarterly);
  const auto links = links_of(reminder, event, "person:12", with_key(), &about);
  REQUIRE(links.size() == 3);
  CHECK(read(links.front(), reminder.due).purpose == LinkPurpose::done);
  CHECK(read(links.front(), reminder.due).occurrence == "2024-Q4");
  about.decision = Decision::approved;
  CHECK(links_of(reminder, event, "person:12", with_key(), &about).empty());
}
