#include "notify/mails/poll.hpp"

#include "db/polls.hpp"
#include "notify/mail_texts.hpp"
#include "notify/mails/reader.hpp"
#include "notify/outgoing.hpp"
#include "notify/poll_links.hpp"
#include "notify/poll_text.hpp"
#include "notify/recipients.hpp"

#include <algorithm>
#include <utility>

namespace convoke::notify {
namespace {

// Who was asked is asked, on leave or not: a deputy's evenings are another's.
Reader asked_person(const Composing& composing, const Event& event) {
  auto reader = reader_of(composing, event);
  if (!reader.instead || reader.instead->kind != Composition::Kind::spread) return reader;
  const auto id = person_of_key(composing.row.key.recipient);
  auto person = id ? composing.unit.people().find(*id) : std::nullopt;
  if (!person || !is_mail_address(person->email)) return reader;
  reader.instead.reset();
  reader.person = std::move(*person);
  return reader;
}

bool has_answered(db::Unit& unit, PollId poll, const std::string& who) {
  const auto voices = unit.polls().voices(poll);
  return std::ranges::any_of(voices, [&](const PollVoice& one) { return one.who == who && one.answered; });
}

Composition sent(const Composing& composing, MailText text, const Person& reader, MailSettings settings) {
  Composition one;
  one.kind = Composition::Kind::send;
  one.write = [text = std::move(text), to = Mailbox{reader.name, reader.email}, language = reader.language,
               settings = std::move(settings), message_id = composing.row.message_id, now = composing.now] {
    return as_outgoing(mail_parts(text, to, language, settings, message_id, now));
  };
  return one;
}

}  // namespace

Composition compose_date_poll(const Composing& composing) {
  const Reminder& row = composing.row;
  const auto id = poll_of(row.key.occurrence);
  const auto poll = id ? composing.unit.polls().find(*id) : std::nullopt;
  const auto event = composing.event();
  if (!poll || !event || !is_open(event->status) || !poll->is_open(composing.now))
    return Composition::dropped(ReminderState::superseded, "the poll is closed");
  const bool again = row.key.rule == poll_again_rule;
  if (again && has_answered(composing.unit, poll->id, row.key.recipient))
    return Composition::dropped(ReminderState::superseded, "answered meanwhile");
  auto reader = asked_person(composing, *event);
  if (reader.instead) return std::move(*reader.instead);
  auto settings = signed_by(composing, *event);
  std::string url;
  if (!settings.base_url.empty() && !settings.link_key.empty()) {
    PollLink link;
    link.poll = poll->id;
    link.who = row.key.recipient;
    link.expires = poll->deadline + poll_link_outlives;
    url = poll_url(settings.base_url, settings.link_key, link);
  }
  auto text =
      write_date_poll(*poll, *event, again, reader.person, settings,
                      text_of(composing.unit, event->organisation, row.reason, reader.person.language), url);
  return sent(composing, std::move(text), reader.person, std::move(settings));
}

Composition compose_date_poll_result(const Composing& composing) {
  const Reminder& row = composing.row;
  const auto id = poll_of(row.key.occurrence);
  const auto poll = id ? composing.unit.polls().find(*id) : std::nullopt;
  const auto event = composing.event();
  if (!poll || !event || !is_open(event->status) || poll->closed)
    return Composition::dropped(ReminderState::superseded, "the poll is closed, or its event is");
  auto reader = reader_of(composing, *event);
  if (reader.instead) return std::move(*reader.instead);
  auto settings = signed_by(composing, *event);
  std::string page;
  if (!settings.base_url.empty())
    page = settings.base_url + "/manage/polls/" + std::to_string(poll->id.value);
  auto text = write_date_poll_result(
      *poll, composing.unit.polls().voices(poll->id), *event, reader.person, settings,
      text_of(composing.unit, event->organisation, row.reason, reader.person.language), page);
  return sent(composing, std::move(text), reader.person, std::move(settings));
}

}  // namespace convoke::notify
