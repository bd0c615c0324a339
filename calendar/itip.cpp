#include "calendar/itip.hpp"

#include "base/text.hpp"
#include "calendar/feed.hpp"
#include "calendar/ical_entry.hpp"
#include "calendar/ical_lines.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>

namespace convoke::calendar {
namespace {

constexpr std::size_t longest_address = 254;  // RFC 5321 4.5.3.1
constexpr std::size_t longest_name = 200;     // code points; nobody's name is longer

constexpr std::array<std::string_view, 4> participations = {"NEEDS-ACTION", "ACCEPTED", "TENTATIVE",
                                                            "DECLINED"};

// RFC 6068 section 2. Nothing that could end a line, a parameter or the address itself gets through (threats
// 0.6).
std::optional<std::string> mailto(std::string_view address) {
  constexpr std::string_view plain = "-._~!$'*+@";
  const auto at = address.find('@');
  const bool one_at = at != std::string_view::npos && address.find('@', at + 1) == std::string_view::npos;
  if (!one_at || at == 0 || at + 1 == address.size() || address.size() > longest_address) return std::nullopt;
  std::string uri = "mailto:";
  for (const char c : address) {
    if (c <= 0x20 || c >= 0x7F) return std::nullopt;
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || plain.find(c) != std::string_view::npos)
      uri += c;
    else
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return uri;
}

// A name as every program reads it: they do not agree on what '\', '"' and '^' in a parameter mean (libical
// takes the first for an escape and does not know RFC 6868).
std::string readable_name(std::string_view text) {
  std::string name = clean_line(text);
  for (char& c : name) {
    if (c == '\\') c = '/';
    if (c == '"' || c == '^') c = '\'';
  }
  return ellipsize(name, longest_name);
}

std::string with_name(std::string_view head, const CalendarUser& user) {
  const std::string name = readable_name(user.name);
  return name.empty() ? std::string(head) : fmt::format("{};CN={}", head, quoted_parameter(name));
}

// Nothing when one of the addresses cannot be written.
std::optional<Scheduling> scheduling_of(const Invitation& invitation, bool asks) {
  const auto organizer = mailto(invitation.organizer.address), attendee = mailto(invitation.attendee.address);
  if (!organizer || !attendee) return std::nullopt;
  Scheduling scheduling;
  scheduling.lines.push_back({with_name("ORGANIZER", invitation.organizer), *organizer});
  std::string head = with_name("ATTENDEE", invitation.attendee) + ";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT";
  if (asks) head += fmt::format(";PARTSTAT={};RSVP=TRUE", name_of(invitation.answered));
  scheduling.lines.push_back({std::move(head), *attendee});
  return scheduling;
}

bool is_work(EventKind kind) {
  return kind == EventKind::report || kind == EventKind::task || kind == EventKind::ongoing_task ||
         kind == EventKind::goal;
}

}  // namespace

std::string_view name_of(Participation participation) {
  return participations.at(static_cast<std::size_t>(participation));
}

bool can_be_attended(const Event& event) {
  if (!is_open(event.status) || event.source || is_work(event.kind)) return false;
  const Entry entry = entry_of(event, {});
  return entry.component == Entry::Component::event && entry.mark == Entry::Mark::none;
}

std::string itip_request(const Event& event, const FeedView& view, const Invitation& invitation,
                         const EventContext& context) {
  const auto scheduling = scheduling_of(invitation, true);
  if (!scheduling) return {};
  FeedView shown = view;
  shown.cancelled = false;
  return file_of(render_event(event, shown, context, *scheduling), "REQUEST");
}

std::string itip_cancel(const Event& event, const FeedView& view, const Invitation& invitation, Ends ends,
                        const EventContext& context) {
  auto scheduling = scheduling_of(invitation, false);
  if (!scheduling) return {};
  scheduling->series_only = true;
  scheduling->status = ends == Ends::event;
  Event ended = event;
  if (ends == Ends::event) ended.status = EventStatus::cancelled;
  return file_of(render_event(ended, view, context, *scheduling), "CANCEL");
}

}  // namespace convoke::calendar
