#include "notify/mails/news.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "calendar/filters/feed_query.hpp"
#include "model/programme.hpp"
#include "notify/answer_links.hpp"
#include "notify/bulk_mail.hpp"
#include "notify/digest_times.hpp"
#include "notify/mail_texts.hpp"
#include "notify/news_filter.hpp"
#include "notify/outgoing.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace convoke::notify {
namespace {

Person reader_of(const Subscriber& subscriber) {
  Person reader;
  reader.email = subscriber.email;
  reader.language = subscriber.language;
  return reader;
}

EventChange changed(Event event, bool added) {
  EventChange change;
  if (event.status == EventStatus::cancelled) {
    change.kind = EventChange::Kind::cancelled;
  } else if (added) {
    change.kind = EventChange::Kind::added;
  } else if (event.status == EventStatus::moved) {
    change.kind = EventChange::Kind::moved;
    if (event.as_read)
      change.before = ellipsize(collapse_spaces(to_valid_utf8(event.as_read->period_text)), 200);
  } else if (event.status == EventStatus::dated) {
    change.kind = EventChange::Kind::dated;
  } else {
    change.kind = EventChange::Kind::revised;
  }
  change.event = std::move(event);
  return change;
}

std::optional<Subscriber> subscriber_of(const Composing& composing) {
  const auto id = subscriber_of_key(composing.row.key.recipient);
  return id ? composing.unit.subscribers().find(*id) : std::nullopt;
}

MailSettings settings_for_all(const Composing& composing) {
  MailSettings settings = composing.settings;
  const auto all = composing.unit.organisations().list();
  if (all.size() == 1) settings.association = all.front().name;
  return settings;
}

}  // namespace

std::vector<EventChange> changes_for(db::Unit& unit, const Subscriber& subscriber, std::int64_t& read_to) {
  std::vector<EventChange> changes;
  const auto query = query_of_text(subscriber.query);
  read_to = subscriber.told;
  if (!query) return changes;
  std::map<EventId, bool> touched;  // whether it was added
  for (const auto& change : unit.changes().since(subscriber.told, most_changes_read)) {
    read_to = change.number;
    if (change.entity != "event") continue;
    touched[EventId{change.entity_id}] |= change.action == "insert";
  }
  for (const auto& [id, added] : touched) {
    auto event = unit.events().find(id);
    if (!event || event->source || event->kind == EventKind::goal || is_talk(*event)) continue;
    if (!calendar::matches(*query, *event)) continue;
    changes.push_back(changed(std::move(*event), added));
  }
  return changes;
}

Composition compose_changes(const Composing& composing) {
  const Reminder& row = composing.row;
  const auto subscriber = subscriber_of(composing);
  if (!subscriber || !subscriber->confirmed || subscriber->ended)
    return Composition::dropped(ReminderState::superseded, "not subscribed any more");
  std::int64_t read_to = 0;
  auto changes = changes_for(composing.unit, *subscriber, read_to);
  const auto told = [id = subscriber->id, read_to](db::Unit& unit, Instant) {
    auto current = unit.subscribers().find(id);
    if (!current || current->told >= read_to) return;
    current->told = read_to;
    unit.subscribers().update(*current);
  };
  if (changes.empty()) {
    auto nothing = Composition::dropped(ReminderState::superseded, "nothing to tell");
    nothing.then = told;
    return nothing;
  }
  Composition one;
  one.kind = Composition::Kind::send;
  one.then = told;
  one.write = [row, subscriber = *subscriber, changes = std::move(changes),
               settings = settings_for_all(composing),
               text = text_of(composing.unit, {}, row.reason, subscriber->language), now = composing.now] {
    const auto leave = unsubscribe_links(settings, row.key.recipient);
    const auto page =
        settings.base_url.empty()
            ? std::string()
            : settings.base_url + "/" + (subscriber.query.empty() ? "" : "?" + subscriber.query);
    return bulk_mail(
        write_changes(changes, filter_words(subscriber.query, subscriber.language), subscriber.language,
                      settings, text, leave.page, page, civil_date(now, Organisation{}.zone)),
        reader_of(subscriber), settings, leave, row.message_id, now);
  };
  return one;
}

Composition compose_confirmation(const Composing& composing) {
  const Reminder& row = composing.row;
  const auto subscriber = subscriber_of(composing);
  if (!subscriber || subscriber->confirmed || subscriber->ended)
    return Composition::dropped(ReminderState::superseded, "nothing to confirm any more");
  if (composing.now > row.expires)
    return Composition::dropped(ReminderState::missed, "too late to be of use");
  Composition one;
  one.kind = Composition::Kind::send;
  one.write = [row, subscriber = *subscriber, settings = settings_for_all(composing),
               text = text_of(composing.unit, {}, row.reason, subscriber->language), now = composing.now] {
    AnswerLink link;
    link.purpose = LinkPurpose::confirm;
    link.who = row.key.recipient;
    link.expires = row.expires;
    const bool signs = !settings.base_url.empty() && !settings.link_key.empty();
    const auto url = signs ? answer_url(settings.base_url, settings.link_key, link) : std::string();
    const auto mail = write_confirmation(subscriber, filter_words(subscriber.query, subscriber.language),
                                         settings, text, url);
    const Person reader = reader_of(subscriber);
    return as_outgoing(
        mail_parts(mail, {reader.name, reader.email}, reader.language, settings, row.message_id, now));
  };
  return one;
}

}  // namespace convoke::notify
