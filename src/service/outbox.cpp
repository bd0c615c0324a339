#include "service/outbox.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "db/store.hpp"
#include "notify/directory.hpp"
#include "notify/enqueue.hpp"
#include "notify/hooks.hpp"
#include "notify/planner.hpp"

#include <algorithm>
#include <utility>

namespace convoke::service {
namespace {

constexpr std::chrono::hours of_use_again{24};
constexpr std::size_t most_names = 5;

Error needs_token() {
  return {Errc::unauthenticated, "the queue of mails needs a token"};
}
Error may_not() {
  return {Errc::forbidden, "the queue of mails is the organisers'"};
}
Error no_such_mail() {
  return {Errc::not_found, "there is no such mail"};
}
Error changed_meanwhile() {
  return {Errc::conflict, "it has changed meanwhile"};
}

bool waits(ReminderState state) {
  return state == ReminderState::planned || state == ReminderState::retrying;
}

bool may_be_sent_again(const Reminder& row) {
  return row.state != ReminderState::claimed && row.state != ReminderState::superseded;
}

std::string who_of(const Reminder& row, const Event& event, const notify::AddressBook& book, Instant now) {
  const Date today = civil_date(now, notify::zone_of(event));
  const auto found = book.resolve(row.key.recipient, notify::occasion_of(event, today));
  std::vector<std::string> names;
  for (const auto& one : found.to)
    if (names.size() < most_names) names.push_back(one.person.name);
  for (const auto& one : found.missed)
    if (names.size() < most_names) names.push_back(one.person.name);
  if (!names.empty()) return join(names, ", ");
  const auto colon = row.key.recipient.find(':');
  return colon == std::string::npos ? row.key.recipient : row.key.recipient.substr(colon + 1);
}

OutboxRow row_of(db::Unit& unit, Reminder reminder, const notify::AddressBook& book, Instant now) {
  const auto event = unit.events().find(reminder.key.event).value_or(Event{});
  OutboxRow row;
  row.who = who_of(reminder, event, book, now);
  if (const auto id = notify::hook_of_key(reminder.key.recipient))
    if (const auto hook = unit.webhooks().find(*id)) row.who = hook->name;
  row.event_title = event.title;
  row.reminder = std::move(reminder);
  return row;
}

Result<Reminder> sent_again(db::Unit& unit, ReminderId id, Instant now) {
  auto row = unit.reminders().find(id);
  if (!row) return no_such_mail();
  if (row->state == ReminderState::claimed) return Error{Errc::conflict, "it is being sent just now"};
  if (!may_be_sent_again(*row)) return Error{Errc::conflict, "its event has changed: another took its place"};
  const auto from = row->state;
  if (from == ReminderState::sent) row->message_id = notify::keyed_message_id(unit, row->message_id);
  row->state = ReminderState::planned;
  row->due = now;
  row->expires = std::max(row->expires, now + of_use_again);
  row->attempts = 0;
  row->next_attempt.reset();
  row->settled.reset();
  row->last_error.clear();
  if (!unit.reminders().rewrite(*row, from)) return changed_meanwhile();
  return *row;
}

// Missed, not superseded: what was superseded comes back when its event is planned again.
Result<Reminder> cancelled(db::Unit& unit, ReminderId id, Instant now) {
  auto row = unit.reminders().find(id);
  if (!row) return no_such_mail();
  const auto from = row->state;
  if (!waits(from)) return Error{Errc::conflict, "it does not wait any more"};
  row->state = ReminderState::missed;
  row->last_error = "taken back by an organiser";
  row->settled = now;
  row->next_attempt.reset();
  if (!unit.reminders().rewrite(*row, from)) return changed_meanwhile();
  return *row;
}

}  // namespace

Deferred<OutboxPage> outbox(Context& context, Actor actor, std::optional<ReminderState> state, int page) {
  if (actor.role == Role::anonymous) return Deferred<OutboxPage>::ready(needs_token());
  db::ReminderSelection selection;
  selection.state = state;
  selection.limit = outbox_page_size + 1;
  selection.offset = std::max(0, page) * outbox_page_size;
  selection.newest_first = !state || !waits(*state);
  return context.store.read([selection, now = context.clock.now()](db::Unit& unit) {
    OutboxPage found;
    found.counts = unit.reminders().counts();
    auto rows = unit.reminders().list(selection);
    found.more = rows.size() > static_cast<std::size_t>(outbox_page_size);
    if (found.more) rows.pop_back();
    const notify::AddressBook book(notify::read_directory(unit));
    for (auto& row : rows) found.rows.push_back(row_of(unit, std::move(row), book, now));
    return found;
  });
}

Deferred<OutboxMail> outbox_mail(Context& context, Actor actor, ReminderId id) {
  if (actor.role == Role::anonymous) return Deferred<OutboxMail>::ready(needs_token());
  return context.store.read([id, now = context.clock.now()](db::Unit& unit) -> Result<OutboxMail> {
    auto row = unit.reminders().find(id);
    if (!row) return no_such_mail();
    OutboxMail mail;
    mail.attempts = unit.mail_log().attempts(id);
    mail.copy = unit.mail_log().copy(id);
    mail.may_resend = may_be_sent_again(*row);
    mail.may_cancel = waits(row->state);
    const notify::AddressBook book(notify::read_directory(unit));
    mail.row = row_of(unit, std::move(*row), book, now);
    return mail;
  });
}

Deferred<Reminder> resend_mail(Context& context, Actor actor, ReminderId id) {
  if (actor.role != Role::editor) return Deferred<Reminder>::ready(may_not());
  const Instant now = context.clock.now();
  return context.store
      .write(db::Author(actor.name, now), [id, now](db::Unit& unit) { return sent_again(unit, id, now); })
      .after_success([&context] { context.reminders_queued(); });
}

Deferred<Reminder> cancel_mail(Context& context, Actor actor, ReminderId id) {
  if (actor.role != Role::editor) return Deferred<Reminder>::ready(may_not());
  const Instant now = context.clock.now();
  return context.store.write(db::Author(actor.name, now),
                             [id, now](db::Unit& unit) { return cancelled(unit, id, now); });
}

}  // namespace convoke::service
