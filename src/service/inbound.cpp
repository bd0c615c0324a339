#include "service/inbound.hpp"

#include "base/log.hpp"
#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "calendar/event_occurrences.hpp"
#include "calendar/itip_reply.hpp"
#include "db/store.hpp"
#include "notify/hooks.hpp"
#include "notify/inbound_mail.hpp"
#include "notify/mails/undeliverable.hpp"
#include "notify/planner.hpp"
#include "notify/recipients.hpp"
#include "service/answer_people.hpp"
#include "service/answer_steps.hpp"
#include "service/event_store.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

namespace convoke::service {
namespace {

using What = Received::What;
using notify::DeliveryStatus;

AnswerKind kind_of(calendar::Participation says) {
  switch (says) {
    case calendar::Participation::accepted:
      return AnswerKind::accepted;
    case calendar::Participation::tentative:
      return AnswerKind::tentative;
    default:
      return AnswerKind::declined;
  }
}

bool is_reply(AnswerKind kind) {
  return kind == AnswerKind::accepted || kind == AnswerKind::tentative || kind == AnswerKind::declined;
}

// "person:12" of all who were sent a mail about the event to this address: an office may share one.
std::vector<std::string> asked_at(db::Unit& unit, EventId event, const std::string& address) {
  db::ReminderSelection selection;
  selection.event = event;
  selection.state = ReminderState::sent;
  selection.limit = std::numeric_limits<int>::max();
  std::set<std::string> found;
  for (const auto& row : unit.reminders().list(selection)) {
    const auto id = notify::person_of_key(row.key.recipient);
    if (!id || found.contains(row.key.recipient)) continue;
    const auto person = unit.people().find(*id);
    const auto copy = unit.mail_log().copy(row.id);
    if ((person && to_lower(person->email) == address) || (copy && to_lower(copy->to) == address))
      found.insert(row.key.recipient);
  }
  return {found.begin(), found.end()};
}

// The occurrence that an answer is about (model/answer.hpp); nothing when there is no such day.
std::optional<std::string> occurrence_of(const Event& event, const calendar::ItipReply& reply) {
  if (!reply.of_one_day()) return std::string{};
  const Date day = reply.instant ? civil_date(*reply.instant, notify::zone_of(event)) : *reply.day;
  if (event.period.precision != Precision::recurring) {
    const bool same = event.period.first == day;  // some programs name the only day there is
    return same ? std::optional(std::string{}) : std::nullopt;
  }
  const auto one = calendar::occurrence_on(event, day);
  return one ? std::optional(one->key) : std::nullopt;
}

// The last that a calendar program said for this person of this occurrence.
std::optional<Answer> last_reply(const std::vector<Answer>& answers, const Answer& like) {
  std::optional<Answer> last;
  for (const auto& one : answers) {
    if (one.who != like.who || one.occurrence != like.occurrence || !is_reply(one.kind)) continue;
    if (!last || std::tie(last->sequence, last->at) <= std::tie(one.sequence, one.at)) last = one;
  }
  return last;
}

// Stores what one person answered. False when it is older than what is known, or the same once more.
bool store_reply(const Writing& writing, const Event& event, const calendar::ItipReply& reply,
                 const std::string& who, const std::string& occurrence) {
  Answer answer;
  answer.event = event.id;
  answer.occurrence = occurrence;
  answer.who = who;
  answer.name = name_of_key(writing.unit, who);
  answer.kind = kind_of(reply.says);
  answer.note = reply.comment;
  answer.sequence = std::min(reply.sequence, event.sequence);
  answer.at = std::min(reply.stamped.value_or(writing.now), writing.now);
  answer.channel = AnswerChannel::calendar;
  const auto last = last_reply(writing.unit.answers().of_event(event.id), answer);
  if (last && std::tie(answer.sequence, answer.at) <= std::tie(last->sequence, last->at)) return false;
  answer.id = writing.unit.answers().insert(answer);
  notify::tell_hooks_of_answer(writing.unit, event, answer, writing.rules.message_domain, writing.now);
  const bool news = answer.kind == AnswerKind::declined && (!last || last->kind != AnswerKind::declined);
  const Date today = civil_date(writing.now, notify::zone_of(event));
  if (news && leads(writing.unit, event, who, today)) tell_controller(writing, event, answer);
  return true;
}

Received refused(std::string why) {
  return {What::refused, std::move(why)};
}

Received take_reply(const Writing& writing, const std::string& from, const calendar::ItipReply& reply) {
  const auto event = writing.unit.events().find_by_uid(reply.uid);
  if (!event) return refused("the answer is about an event that is not in this calendar");
  const auto who = asked_at(writing.unit, event->id, from);
  if (who.empty()) return refused("nobody was invited to this event at the address that answers");
  const auto occurrence = occurrence_of(*event, reply);
  if (!occurrence) return refused("the answer is about a day on which the event does not take place");
  bool stored = false;
  for (const auto& one : who) stored = store_reply(writing, *event, reply, one, *occurrence) || stored;
  return {stored ? What::answer : What::outdated, {}};
}

// One mail may answer for the series and for some of its days: it is refused when none of it can be taken.
Received take_replies(const Writing& writing, const std::string& from,
                      const std::vector<calendar::ItipReply>& replies) {
  Received best = refused("the answer is in somebody else's name than the mail");
  bool first = true;
  for (const auto& reply : replies) {
    if (reply.attendee != from) continue;
    Received one = take_reply(writing, from, reply);
    if (first || one.what < best.what) best = std::move(one);
    first = false;
  }
  return best;
}

Received take_bounce(const Writing& writing, const notify::InboundMail& mail, const DeliveryStatus& failed) {
  auto row = writing.unit.reminders().find_by_message_id(mail.returned_id);
  if (!row || row->state != ReminderState::sent) return {};
  std::string why = failed.status;
  if (!failed.why.empty()) why += (why.empty() ? "" : " ") + failed.why;
  if (why.empty()) why = "the mail came back";
  std::string address;
  if (const auto copy = writing.unit.mail_log().copy(row->id)) address = copy->to;
  if (const auto id = notify::person_of_key(row->key.recipient); address.empty() && id)
    if (const auto person = writing.unit.people().find(*id)) address = person->email;
  if (!address.empty())
    writing.unit.address_troubles().mark({to_lower(address), writing.now, failed.status, why});
  writing.unit.reminders().came_back(row->id, writing.now, why);
  row->state = ReminderState::failed;
  row->last_error = why;
  notify::tell_undeliverable(writing.unit, *row, writing.now);
  return {What::bounce, {}};
}

const DeliveryStatus* failure_in(const notify::InboundMail& mail) {
  const auto found = std::find_if(mail.report.begin(), mail.report.end(), [](const DeliveryStatus& one) {
    return one.action == DeliveryStatus::Action::failed;
  });
  return found == mail.report.end() ? nullptr : &*found;
}

Deferred<Received> done(Received received) {
  return Deferred<Received>::ready(std::move(received));
}

}  // namespace

Deferred<Received> receive_mail(Context& context, std::string bytes) {
  auto mail = notify::read_inbound(bytes);
  if (!mail) return Deferred<Received>::ready(mail.error());
  const Instant now = context.clock.now();
  const auto rules = rules_of(context.settings);
  if (mail->is_report) {
    if (failure_in(*mail) == nullptr || mail->returned_id.empty()) return done({});
    auto work = [mail = std::move(*mail), rules, now](db::Unit& unit) -> Result<Received> {
      return take_bounce({unit, rules, now}, mail, *failure_in(mail));
    };
    return context.store.write(db::Author("mail", now), std::move(work))
        .after_success(context.reminders_queued);
  }
  if (mail->calendar.empty()) {
    if (mail->automatic) return done({});
    return done(refused("this mailbox takes answers of calendar programs and nothing else; nobody reads it"));
  }
  const auto replies = calendar::read_itip_reply(mail->calendar);
  if (!replies) return done(refused(replies.error().message));
  if (mail->from.empty()) return done(refused("the mail does not say who answers"));
  auto work = [from = mail->from, replies = *replies, rules, now](db::Unit& unit) -> Result<Received> {
    return take_replies({unit, rules, now}, from, replies);
  };
  return context.store.write(db::Author("mail", now), std::move(work))
      .after_success(context.reminders_queued);
}

}  // namespace convoke::service
