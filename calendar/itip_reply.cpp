#include "calendar/itip_reply.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "calendar/ical_lines.hpp"
#include "calendar/ical_prescan.hpp"
#include "calendar/ical_zone_names.hpp"

#include <fmt/format.h>
#include <libical/ical.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace convoke::calendar {
namespace {

struct FreeComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using ComponentPtr = std::unique_ptr<icalcomponent, FreeComponent>;

std::string owned(const char* text) {
  return text == nullptr ? std::string{} : to_valid_utf8(text);
}

std::string text_of(icalcomponent* component, icalproperty_kind kind) {
  auto* property = icalcomponent_get_first_property(component, kind);
  auto* value = property == nullptr ? nullptr : icalproperty_get_value(property);
  if (value == nullptr || icalvalue_isa(value) != ICAL_TEXT_VALUE) return {};
  return clean_text(owned(icalvalue_get_text(value)));
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// "MAILTO:Some.One%2Bx@Example.org?subject=…" as "some.one+x@example.org"; empty for what is no such address.
std::string address_of(std::string_view uri) {
  constexpr std::string_view scheme = "mailto:";
  uri = trim(uri);
  if (to_lower(to_valid_utf8(uri.substr(0, scheme.size()))) != scheme) return {};
  uri.remove_prefix(scheme.size());
  uri = uri.substr(0, uri.find('?'));
  std::string address;
  for (std::size_t i = 0; i < uri.size(); ++i) {
    char c = uri[i];
    if (c == '%' && i + 2 < uri.size() && hex_digit(uri[i + 1]) >= 0 && hex_digit(uri[i + 2]) >= 0) {
      c = static_cast<char>(hex_digit(uri[i + 1]) * 16 + hex_digit(uri[i + 2]));
      i += 2;
    }
    if (c <= 0x20 || c >= 0x7F) return {};
    address += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return address.find('@') == std::string::npos ? std::string{} : address;
}

// Where a date or a time of the file stands: an instant when its zone is said and known.
void read_recurrence_id(icalcomponent* component, ItipReply& reply) {
  auto* property = icalcomponent_get_first_property(component, ICAL_RECURRENCEID_PROPERTY);
  if (property == nullptr) return;
  const auto at = icalproperty_get_recurrenceid(property);
  if (icaltime_is_null_time(at) || at.month < 1 || at.day < 1 || at.year < first_year || at.year > last_year)
    return;
  const Date day = make_date(at.year, static_cast<unsigned>(at.month), static_cast<unsigned>(at.day));
  if (!day.ok()) return;
  reply.day = day;
  if (at.is_date != 0) return;
  const CivilTime civil{day, std::chrono::hours{at.hour} + std::chrono::minutes{at.minute} +
                                 std::chrono::seconds{std::clamp(at.second, 0, 59)}};
  if (icaltime_is_utc(at) != 0) {
    reply.instant = Instant{to_days(day)} + civil.time;
  } else if (auto* tzid = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER)) {
    if (const auto zone = iana_zone(owned(icalparameter_get_tzid(tzid)), {}))
      reply.instant = to_instant(civil, *zone);
  }
}

std::optional<Instant> stamp_of(icalcomponent* component) {
  auto* property = icalcomponent_get_first_property(component, ICAL_DTSTAMP_PROPERTY);
  if (property == nullptr) return std::nullopt;
  const auto at = icalproperty_get_dtstamp(property);
  if (icaltime_is_null_time(at) || icaltime_is_utc(at) == 0 || at.month < 1 || at.day < 1 ||
      at.year < first_year || at.year > last_year)
    return std::nullopt;
  const Date day = make_date(at.year, static_cast<unsigned>(at.month), static_cast<unsigned>(at.day));
  if (!day.ok()) return std::nullopt;
  return Instant{to_days(day)} + std::chrono::hours{at.hour} + std::chrono::minutes{at.minute} +
         std::chrono::seconds{at.second};
}

// needs_action also for what is no answer to us (DELEGATED, COMPLETED, a word of the program's own).
Participation said_by(icalproperty* attendee) {
  auto* parameter = icalproperty_get_first_parameter(attendee, ICAL_PARTSTAT_PARAMETER);
  switch (parameter == nullptr ? ICAL_PARTSTAT_NONE : icalparameter_get_partstat(parameter)) {
    case ICAL_PARTSTAT_ACCEPTED:
      return Participation::accepted;
    case ICAL_PARTSTAT_TENTATIVE:
      return Participation::tentative;
    case ICAL_PARTSTAT_DECLINED:
      return Participation::declined;
    default:
      return Participation::needs_action;
  }
}

// One reply an attendee: RFC 5546 asks for one, some programs send all.
std::optional<Error> read_component(icalcomponent* component, std::vector<ItipReply>& replies) {
  ItipReply reply;
  if (auto* uid = icalcomponent_get_first_property(component, ICAL_UID_PROPERTY))
    reply.uid = clean_line(owned(icalproperty_get_uid(uid)));
  if (auto* sequence = icalcomponent_get_first_property(component, ICAL_SEQUENCE_PROPERTY))
    reply.sequence = std::max(icalproperty_get_sequence(sequence), 0);
  reply.stamped = stamp_of(component);
  reply.comment = ellipsize(text_of(component, ICAL_COMMENT_PROPERTY), longest_comment);
  read_recurrence_id(component, reply);
  for (auto* p = icalcomponent_get_first_property(component, ICAL_ATTENDEE_PROPERTY); p != nullptr;
       p = icalcomponent_get_next_property(component, ICAL_ATTENDEE_PROPERTY)) {
    if (replies.size() == most_replies)
      return Error{Errc::limit_exceeded, fmt::format("more than {} answers in one message", most_replies)};
    reply.attendee = address_of(owned(icalproperty_get_attendee(p)));
    reply.says = said_by(p);
    if (reply.attendee.empty() || reply.says == Participation::needs_action) continue;
    replies.push_back(reply);
  }
  return std::nullopt;
}

}  // namespace

Result<std::vector<ItipReply>> read_itip_reply(std::string_view bytes) {
  if (bytes.size() > largest_itip_message)
    return Error{Errc::limit_exceeded,
                 fmt::format("the calendar is larger than {} KB", largest_itip_message / 1024)};
  const auto scanned = prescan_ical(bytes);
  if (!scanned) return scanned.error();
  const std::string text(scanned->text);  // libical reads up to a NUL
  const ComponentPtr root(icalparser_parse_string(text.c_str()));
  if (!root || icalcomponent_isa(root.get()) != ICAL_VCALENDAR_COMPONENT)
    return Error{Errc::unsupported_format, "no calendar was found in the message"};
  auto* method = icalcomponent_get_first_property(root.get(), ICAL_METHOD_PROPERTY);
  if (method == nullptr || icalproperty_get_method(method) != ICAL_METHOD_REPLY)
    return Error{Errc::unsupported_format, "the calendar answers no invitation: its METHOD is not REPLY"};
  std::vector<icalcomponent*> events;
  for (auto* c = icalcomponent_get_first_component(root.get(), ICAL_VEVENT_COMPONENT); c != nullptr;
       c = icalcomponent_get_next_component(root.get(), ICAL_VEVENT_COMPONENT))
    events.push_back(c);
  std::vector<ItipReply> replies;
  for (auto* event : events)
    if (auto error = read_component(event, replies)) return *error;
  if (replies.empty())
    return Error{Errc::unsupported_format,
                 "the calendar neither accepts nor declines: nothing is known by it"};
  return replies;
}

}  // namespace convoke::calendar
