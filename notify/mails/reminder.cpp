#include "notify/mails/reminder.hpp"

#include "notify/event_context.hpp"
#include "notify/gathering.hpp"
#include "notify/mail_links.hpp"
#include "notify/mail_texts.hpp"
#include "notify/mails/reader.hpp"
#include "notify/rules.hpp"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace convoke::notify {
namespace {

bool is_later(const Reminder& a, const Reminder& b) {
  return std::tie(a.due, a.id) > std::tie(b.due, b.id);
}

bool counts(ReminderState state) {
  return state == ReminderState::planned || state == ReminderState::claimed ||
         state == ReminderState::retrying || state == ReminderState::sent;
}

// After a pause several steps may be due at once: the latest says everything, the others would only repeat
// it.
bool overtaken(const Composing& composing) {
  const Reminder& row = composing.row;
  db::ReminderSelection selection;
  selection.event = row.key.event;
  selection.recipient = row.key.recipient;
  selection.due_from = row.due;
  selection.due_before = composing.now + std::chrono::seconds{1};
  selection.limit = std::numeric_limits<int>::max();
  const auto rows = composing.unit.reminders().list(selection);
  return std::any_of(rows.begin(), rows.end(), [&](const Reminder& other) {
    return counts(other.state) && is_ladder_step(other.reason) && is_later(other, row);
  });
}

}  // namespace

bool is_for_controller(db::Unit& unit, const Reminder& row, const Event& event) {
  if (row.reason != ReminderReason::overdue) return false;
  const auto sets = unit.rule_sets().list();
  const auto& rules = rules_for(event, sets).rules;
  return std::ranges::any_of(rules, [&](const ReminderRule& rule) {
    return rule.id == row.key.rule && rule.tells != Tells::responsible;
  });
}

Composition compose_reminder(const Composing& composing) {
  const Reminder& row = composing.row;
  const auto event = composing.event();
  if (!event || !is_open(event->status))
    return Composition::dropped(ReminderState::superseded, "the event is closed");
  auto reader = reader_of(composing, *event);
  if (composing.now <= row.expires && overtaken(composing))
    return Composition::dropped(ReminderState::missed, "a later reminder was due too");
  if (reader.instead) return std::move(*reader.instead);
  if (auto held = held_for_digest(composing, reader.person, zone_of_reader(composing.unit, reader.person)))
    return std::move(*held);

  Composition one;
  one.kind = Composition::Kind::send;
  MailForm form;
  const auto settings = signed_by(composing, *event);
  form.text = text_of(composing.unit, event->organisation, row.reason, reader.person.language);
  form.context = context_of(composing.unit, *event);
  form.controls = is_for_controller(composing.unit, row, *event);
  form.answers = answer_buttons(links_of(row, *event, row.key.recipient, settings), reader.person.language);
  one.write = [row, event, person = std::move(reader.person), settings, form = std::move(form),
               now = composing.now] { return render_mail(row, *event, person, settings, now, form); };
  return one;
}

}  // namespace convoke::notify
