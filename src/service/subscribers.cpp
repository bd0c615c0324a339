#include "service/subscribers.hpp"

#include "base/text.hpp"
#include "db/store.hpp"
#include "notify/digest_times.hpp"
#include "notify/enqueue.hpp"
#include "notify/news_filter.hpp"
#include "notify/planner.hpp"
#include "notify/recipients.hpp"
#include "service/query_string.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace convoke::service {
namespace {

db::Author visitor(Instant now) {
  return {"subscriber", now};
}

// Filters alone; how a feed shows things has no meaning in a mail.
Result<std::string> filter_of(const std::string& text) {
  auto query = parse_query_string(text);
  if (!query) return Error(Errc::invalid_input, "query: " + query.error().message);
  query->language.reset();
  query->alarms = false;
  query->periods = calendar::VaguePeriods::deadline;
  return calendar::canonical(*query);
}

int confirmations_lately(db::Unit& unit, const std::vector<Subscriber>& known, Instant now) {
  int count = 0;
  for (const auto& one : known) {
    db::ReminderSelection selection;
    selection.recipient = notify::subscriber_key(one.id);
    selection.due_from = now - std::chrono::hours{24};
    for (const auto& row : unit.reminders().list(selection))
      count += row.reason == ReminderReason::confirmation ? 1 : 0;
  }
  return count;
}

void queue_confirmation(db::Unit& unit, const Subscriber& subscriber, Instant now,
                        const std::string& message_domain) {
  Reminder row;
  row.key = {EventId{}, format_iso(now), "confirmation", notify::subscriber_key(subscriber.id)};
  row.reason = ReminderReason::confirmation;
  row.due = now;
  row.expires = now + confirm_within;
  row.message_id = notify::stable_message_id("confirmation", row.key, message_domain);
  notify::enqueue(unit, row);
}

// The link, and whose it is.
struct Held {
  notify::AnswerLink link;
  std::optional<Subscriber> subscriber;
  std::optional<Person> person;
};

Error no_such_link() {
  return {Errc::not_found, "this link is not one of ours, or a part of it is missing"};
}

Result<Held> held_by(db::Unit& unit, const std::string& token, Instant now) {
  const auto key = unit.secrets().find(std::string(notify::link_key_name));
  if (!key) return no_such_link();
  auto link = notify::read_link(*key, token, now);
  if (!link) return link.error();
  const bool ends = link->purpose == notify::LinkPurpose::unsubscribe;
  if (!ends && link->purpose != notify::LinkPurpose::confirm) return no_such_link();
  Held held;
  if (const auto id = notify::subscriber_of_key(link->who)) held.subscriber = unit.subscribers().find(*id);
  const auto person = ends ? notify::person_of_key(link->who) : std::nullopt;
  if (person) held.person = unit.people().find(*person);
  if (!held.subscriber && !held.person) return no_such_link();
  held.link = std::move(*link);
  return held;
}

SubscriptionView view_of(db::Unit& unit, const Held& held) {
  SubscriptionView view;
  view.purpose = held.link.purpose;
  const auto all = unit.organisations().list();
  if (all.size() == 1) view.association = all.front().name;
  if (held.person) {
    view.of_person = true;
    view.language = held.person->language;
    view.rhythm = held.person->rhythm;
    return view;
  }
  const auto& one = *held.subscriber;
  view.language = one.language;
  view.rhythm = one.rhythm;
  view.filter = notify::filter_words(one.query, one.language);
  view.done =
      view.purpose == notify::LinkPurpose::confirm ? one.confirmed.has_value() : one.ended.has_value();
  return view;
}

void set_rhythm(db::Unit& unit, Held& held, MailRhythm rhythm) {
  if (held.person->rhythm == rhythm) return;
  held.person->rhythm = rhythm;
  unit.people().update(*held.person);
}

void end_subscription(db::Unit& unit, Held& held, Instant now) {
  if (held.subscriber->ended) return;
  held.subscriber->ended = now;
  held.subscriber->next.reset();
  unit.subscribers().update(*held.subscriber);
}

// What changed before somebody confirmed is no news to them.
void confirm(db::Unit& unit, Held& held, Instant now) {
  auto& one = *held.subscriber;
  if (one.confirmed || one.ended) return;
  one.confirmed = now;
  one.told = unit.changes().last();
  one.next = notify::next_digest(one.rhythm, now, Organisation{}.zone);
  unit.subscribers().update(one);
}

}  // namespace

Deferred<bool> subscribe(Context& context, NewSubscription wanted) {
  const Instant now = context.clock.now();
  const auto work = [wanted = std::move(wanted), now,
                     domain = context.settings.mail_domain](db::Unit& unit) -> Result<bool> {
    const std::string email(trim(wanted.email));
    if (!notify::is_mail_address(email)) return Error(Errc::invalid_input, "email: not an address of mail");
    const auto query = filter_of(wanted.query);
    if (!query) return query.error();
    const auto known = unit.subscribers().of_address(email);
    const auto same = std::find_if(known.begin(), known.end(),
                                   [&](const Subscriber& one) { return !one.ended && one.query == *query; });
    if (same != known.end() && same->confirmed) return true;  // they are told already
    if (confirmations_lately(unit, known, now) >= most_confirmations_a_day) return true;
    Subscriber subscriber;
    if (same != known.end()) {
      subscriber = *same;
    } else if (known.size() >= static_cast<std::size_t>(most_subscriptions)) {
      return true;
    }
    subscriber.email = email;
    subscriber.language = wanted.language;
    subscriber.query = *query;
    subscriber.rhythm = wanted.rhythm == MailRhythm::each ? MailRhythm::daily : wanted.rhythm;
    if (subscriber.id) {
      unit.subscribers().update(subscriber);
    } else {
      subscriber.created = now;
      subscriber.id = unit.subscribers().insert(subscriber);
    }
    queue_confirmation(unit, subscriber, now, domain);
    return true;
  };
  return context.store.write(visitor(now), work);
}

Deferred<SubscriptionView> view_subscription(Context& context, std::string token) {
  const Instant now = context.clock.now();
  return context.store.read([token = std::move(token), now](db::Unit& unit) -> Result<SubscriptionView> {
    const auto held = held_by(unit, token, now);
    if (!held) return held.error();
    return view_of(unit, *held);
  });
}

Deferred<SubscriptionView> take_subscription(Context& context, std::string token, MailRhythm rhythm) {
  const Instant now = context.clock.now();
  const auto work = [token = std::move(token), rhythm, now](db::Unit& unit) -> Result<SubscriptionView> {
    auto held = held_by(unit, token, now);
    if (!held) return held.error();
    if (held->person)
      set_rhythm(unit, *held, rhythm);
    else if (held->link.purpose == notify::LinkPurpose::confirm)
      confirm(unit, *held, now);
    else
      end_subscription(unit, *held, now);
    auto view = view_of(unit, *held);
    view.done = true;
    return view;
  };
  return context.store.write(visitor(now), work);
}

Deferred<SubscriptionView> unsubscribe_at_once(Context& context, std::string token) {
  const Instant now = context.clock.now();
  const auto work = [token = std::move(token), now](db::Unit& unit) -> Result<SubscriptionView> {
    auto held = held_by(unit, token, now);
    if (!held) return held.error();
    if (held->link.purpose != notify::LinkPurpose::unsubscribe) return no_such_link();
    if (held->person)
      set_rhythm(unit, *held, MailRhythm::weekly);
    else
      end_subscription(unit, *held, now);
    auto view = view_of(unit, *held);
    view.done = true;
    return view;
  };
  return context.store.write(visitor(now), work);
}

}  // namespace convoke::service
