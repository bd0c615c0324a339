#include "model/event.hpp"

#include "model/names.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace convoke {
namespace {

constexpr std::array<std::string_view, event_kind_count> kind_names = {
    "meeting",   "conference", "seminar", "round_table", "competition",  "consultation", "training",
    "excursion", "event",      "report",  "task",        "ongoing_task", "goal"};
constexpr std::array<std::string_view, 2> involvement_names = {"host", "participate"};
constexpr std::array<std::string_view, 5> status_names = {"planned", "dated", "held", "moved", "cancelled"};

constexpr std::array<std::string_view, level_count> level_names = {
    "library", "district", "region", "interregional", "national", "international"};

auto visible(const Event& e) {
  return std::tie(e.plan, e.organisation, e.section, e.number, e.title, e.kind, e.involvement, e.status,
                  e.period, e.zone, e.place, e.online_url, e.note, e.description, e.responsible_text,
                  e.agenda, e.level, e.audience, e.parent, e.image_url, e.contact, e.attachments,
                  e.overrides);
}

// Which stored person stands behind a name is for our mails, not for readers.
bool same_words(const Responsible& a, const Responsible& b) {
  return a.name == b.name && a.post == b.post && a.organisation == b.organisation;
}

}  // namespace

std::string_view name_of(EventKind kind) {
  return kind_names.at(static_cast<std::size_t>(kind));
}
std::optional<EventKind> event_kind_of(std::string_view name) {
  return find_name<EventKind>(kind_names, name);
}
std::string_view name_of(Involvement involvement) {
  return involvement_names.at(static_cast<std::size_t>(involvement));
}
std::optional<Involvement> involvement_of(std::string_view name) {
  return find_name<Involvement>(involvement_names, name);
}
std::string_view name_of(EventStatus status) {
  return status_names.at(static_cast<std::size_t>(status));
}
std::optional<EventStatus> event_status_of(std::string_view name) {
  return find_name<EventStatus>(status_names, name);
}

std::string_view name_of(Level level) {
  return level_names.at(static_cast<std::size_t>(level));
}
std::optional<Level> level_of(std::string_view name) {
  return find_name<Level>(level_names, name);
}

bool same_to_readers(const Event& a, const Event& b) {
  return visible(a) == visible(b) && std::equal(a.responsible.begin(), a.responsible.end(),
                                                b.responsible.begin(), b.responsible.end(), same_words);
}

}  // namespace convoke
