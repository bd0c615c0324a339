#include "notify/mails/hook.hpp"

#include "base/signed_text.hpp"
#include "notify/hooks.hpp"
#include "notify/mail_links.hpp"
#include "notify/planner.hpp"
#include "notify/rules.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>
#include <optional>
#include <utility>

namespace convoke::notify {
namespace {

namespace json = boost::json;

constexpr std::string_view secret_prefix = "whsec_";

json::string text(std::string_view view) {
  return json::string(view);
}

template<class Value>
json::value text_or_null(const std::optional<Value>& value) {
  if (!value) return nullptr;
  return json::value(format_iso(*value));
}

json::object period_json(const Period& period) {
  json::object out;
  out["type"] = text(type_name(period.precision));
  out["start"] = text_or_null(period.first);
  out["end"] = text_or_null(period.last);
  out["time"] = text_or_null(period.time);
  out["end_time"] = text_or_null(period.end_time);
  out["deadline"] = period.deadline;
  out["dated"] = period.is_dated();
  out["text"] = period.source_text;
  return out;
}

// The members that GET /api/v1/events/{id} has under the same names.
json::object event_json(const Event& event, const MailSettings& settings) {
  json::object out;
  out["id"] = event.id.value;
  out["uid"] = event.uid;
  out["url"] = settings.base_url + "/events/" + std::to_string(event.id.value);
  out["organisation"] = nullptr;
  if (event.organisation) out["organisation"] = event.organisation.value;
  out["title"] = event.title;
  out["kind"] = text(name_of(event.kind));
  out["status"] = text(name_of(event.status));
  out["period"] = period_json(event.period);
  out["timezone"] = event.zone;
  out["place"] = event.place;
  out["online_url"] = event.online_url;
  json::array responsible;
  for (const auto& one : event.responsible)
    responsible.push_back(json::object{{"name", one.name}, {"post", one.post}});
  out["responsible"] = std::move(responsible);
  out["sequence"] = event.sequence;
  out["modified"] = format_iso(event.modified);
  return out;
}

json::object answer_json(const Answer& answer) {
  json::object out;
  out["id"] = answer.id.value;
  out["occurrence"] = answer.occurrence;
  out["name"] = answer.name;
  out["kind"] = text(name_of(answer.kind));
  out["note"] = answer.note;
  out["new_date"] = text_or_null(answer.new_date);
  out["new_time"] = text_or_null(answer.new_time);
  out["new_period"] = answer.new_period;
  out["decision"] = text(name_of(answer.decision));
  out["decision_note"] = answer.decision_note;
  out["at"] = format_iso(answer.at);
  return out;
}

json::object reminder_json(const Reminder& row) {
  json::object out;
  out["rule"] = row.key.rule;
  out["occurrence"] = row.key.occurrence;
  out["due"] = format_iso(row.due);
  out["last_day"] = text_or_null(last_day_of(row.key));
  return out;
}

// "0f3a…" of "<0f3a…@plans.example.org>".
std::string id_of(const Reminder& row) {
  const std::string_view whole = row.message_id;
  const auto at = whole.find('@');
  return "msg_" + std::string(whole.substr(1, at == std::string_view::npos ? at : at - 1));
}

// Why the row says nothing that is true any more; empty when it does.
std::string overtaken(const Composing& composing, Happening happening, const std::optional<Event>& event) {
  if (happening == Happening::test) return {};
  if (!event) return "the event is gone";
  const bool needs_open = happening == Happening::reminder || happening == Happening::dated ||
                          happening == Happening::moved || happening == Happening::changed;
  if (needs_open && !is_open(event->status)) return "the event is closed";
  if (happening == Happening::cancelled && event->status != EventStatus::cancelled)
    return "the event takes place";
  if (event->source) return "the event is a neighbour's";
  const bool of_answer = happening == Happening::answer || happening == Happening::decision;
  const auto answer = of_answer ? answer_of(composing.row.key.occurrence) : std::nullopt;
  if (of_answer && (!answer || !composing.unit.answers().find(*answer))) return "the answer is gone";
  return {};
}

json::object body_of(const Composing& composing, Happening happening, const std::optional<Event>& event) {
  const Reminder& row = composing.row;
  json::object data;
  if (event) data["event"] = event_json(*event, composing.settings);
  if (happening == Happening::reminder) data["reminder"] = reminder_json(row);
  if (const auto answer = answer_of(row.key.occurrence))
    if (const auto known = composing.unit.answers().find(*answer)) data["answer"] = answer_json(*known);
  json::object out;
  out["type"] = text(name_of(happening));
  out["timestamp"] = format_iso(row.due);
  out["data"] = std::move(data);
  return out;
}

OutgoingMail signed_request(const Webhook& hook, const Reminder& row, Happening happening, std::string body,
                            Instant now) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  const auto id = id_of(row);
  const auto timestamp = std::to_string(seconds);
  OutgoingMail request;
  request.to = hook.url;
  request.message_id = row.message_id;
  request.fields = {{"webhook-id", id},
                    {"webhook-timestamp", timestamp},
                    {"webhook-signature", hook_signature(hook.secret, id, timestamp, body)}};
  request.copy.to = hook.name;
  request.copy.subject = name_of(happening);
  request.copy.text = body;
  request.bytes = std::move(body);
  return request;
}

}  // namespace

std::string new_hook_secret() {
  return std::string(secret_prefix) + new_base64_key();
}

std::string hook_signature(std::string_view secret, std::string_view id, std::string_view timestamp,
                           std::string_view body) {
  if (secret.starts_with(secret_prefix)) secret.remove_prefix(secret_prefix.size());
  std::string signed_bytes(id);
  signed_bytes += ".";
  signed_bytes += timestamp;
  signed_bytes += ".";
  signed_bytes += body;
  return "v1," + hmac_sha256_base64(secret, signed_bytes);
}

Composition compose_hook(const Composing& composing) {
  const Reminder& row = composing.row;
  const auto id = hook_of_key(row.key.recipient);
  const auto hook = id ? composing.unit.webhooks().find(*id) : std::nullopt;
  if (!hook || hook->removed)
    return Composition::dropped(ReminderState::superseded, "the webhook was removed");
  const auto happening = happening_of(row.key);
  const auto event = row.key.event ? composing.unit.events().find(row.key.event) : std::nullopt;
  if (auto why = overtaken(composing, happening, event); !why.empty())
    return Composition::dropped(ReminderState::superseded, std::move(why));
  if (composing.now > row.expires)
    return row.attempts > 1 ? Composition::dropped(ReminderState::failed, "tried in vain: " + row.last_error)
                            : Composition::dropped(ReminderState::missed, "too late to be of use");
  Composition one;
  one.kind = Composition::Kind::send;
  one.write = [hook = *hook, row, happening, now = composing.now,
               body = json::serialize(body_of(composing, happening, event))] {
    return signed_request(hook, row, happening, body, now);
  };
  return one;
}

}  // namespace convoke::notify
