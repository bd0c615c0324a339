#include "service/programme_store.hpp"

#include "base/text.hpp"
#include "db/programmes.hpp"
#include "service/checked_text.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace convoke::service {
namespace {

constexpr std::chrono::minutes midnight = std::chrono::hours{24};

template<class Visit>
void each_row(Programme& programme, Visit visit) {
  for (auto& section : programme.sections)
    for (auto& row : section.rows) visit(row);
  for (auto& row : programme.unplaced) visit(row);
}

void take_words(const Event& talk, ProgrammeRow& row) {
  row.title = talk.title;
  row.speakers = talk.agenda;
  row.abstract = talk.description;
  row.cancelled = talk.status == EventStatus::cancelled;
}

std::map<EventId, Event> talks_of(db::Unit& unit, EventId conference) {
  std::map<EventId, Event> talks;
  for (const auto id : unit.programmes().parts_of(conference))
    if (auto event = unit.events().find(id); event && is_talk(*event)) talks.emplace(id, std::move(*event));
  return talks;
}

std::optional<Error> check_text(std::string& text, std::size_t limit, const char* what,
                                bool one_line = true) {
  auto checked = checked_text(text, limit, what);
  if (!checked) return checked.error();
  text = one_line ? collapse_spaces(*checked) : std::move(*checked);
  return std::nullopt;
}

std::optional<Error> check_row(ProgrammeRow& row) {
  if (auto error = check_text(row.title, longest_title, "'title'")) return error;
  if (row.title.empty()) return Error{Errc::invalid_input, "'title': it is missing"};
  if (row.minutes < 1 || row.minutes > longest_row)
    return Error{Errc::invalid_input, "'minutes': a number from 1 to " + std::to_string(longest_row)};
  if (row.is_break) {
    if (row.talk) return Error{Errc::invalid_input, "'break': a talk is no break"};
    row.speakers.clear();
    row.abstract.clear();
    return std::nullopt;
  }
  if (auto error = check_text(row.abstract, longest_text, "'abstract'", false)) return error;
  for (auto& one : row.speakers)
    if (auto error = check_text(one, longest_speaker, "'speakers'")) return error;
  std::erase(row.speakers, "");
  if (row.speakers.size() > most_speakers)
    return Error{Errc::limit_exceeded, "'speakers': " + std::to_string(most_speakers) + " are the most"};
  return std::nullopt;
}

std::optional<Error> check_section(ProgrammeSection& section) {
  if (auto error = check_text(section.title, longest_title, "'section'")) return error;
  if (section.title.empty()) return Error{Errc::invalid_input, "'section': it needs a title"};
  if (auto error = check_text(section.room, longest_label, "'room'")) return error;
  if (auto error = check_text(section.chair, longest_label, "'chair'")) return error;
  if (section.day < 1 || section.day > most_programme_days)
    return Error{Errc::invalid_input, "'day': a number from 1 to " + std::to_string(most_programme_days)};
  if (section.begin < TimeOfDay{0} || section.begin >= midnight)
    return Error{Errc::invalid_input, "'begin': a time of day"};
  if (section.rows.size() > most_rows)
    return Error{Errc::limit_exceeded, "'rows': a section has at most " + std::to_string(most_rows)};
  for (auto& row : section.rows)
    if (auto error = check_row(row)) return error;
  if (span_of(section).end > midnight)
    return Error{Errc::invalid_input, "'minutes': the section is not over by midnight"};
  return std::nullopt;
}

std::optional<Error> check_programme(Programme& programme) {
  if (programme.sections.size() > most_sections)
    return Error{Errc::limit_exceeded, "'sections': " + std::to_string(most_sections) + " are the most"};
  std::set<int> numbers;
  for (auto& section : programme.sections) {
    if (auto error = check_section(section)) return error;
    if (section.number < 0 || (section.number > 0 && !numbers.insert(section.number).second))
      return Error{Errc::invalid_input, "'number': a section stands there twice"};
  }
  for (auto& row : programme.unplaced) {
    if (auto error = check_row(row)) return error;
    if (row.is_break) return Error{Errc::invalid_input, "'break': it belongs into a section"};
    row.at.reset();
  }
  std::size_t talks = 0;
  each_row(programme, [&](const ProgrammeRow& row) { talks += row.is_break ? 0 : 1; });
  if (talks > most_talks)
    return Error{Errc::limit_exceeded, "'talks': " + std::to_string(most_talks) + " are the most"};
  return std::nullopt;
}

// Every talk that the programme names is one of the conference's, and stands there once.
std::optional<Error> check_talks(Programme& programme, const std::map<EventId, Event>& talks) {
  std::set<EventId> named;
  std::optional<Error> error;
  each_row(programme, [&](const ProgrammeRow& row) {
    if (!row.talk || error) return;
    if (!talks.contains(row.talk))
      error = Error{Errc::invalid_input, "'talk': the conference has no such talk"};
    else if (!named.insert(row.talk).second)
      error = Error{Errc::invalid_input, "'talk': one of them stands there twice"};
  });
  return error;
}

void number_sections(Programme& programme) {
  int last = 0;
  for (const auto& section : programme.sections) last = std::max(last, section.number);
  for (auto& section : programme.sections)
    if (section.number == 0) section.number = ++last;
}

std::string place_of(const ProgrammeSection& section, const Event& conference) {
  if (section.room.empty() || conference.place.empty()) return section.room + conference.place;
  return section.room + ", " + conference.place;
}

// The status of a talk once the conference is as it is. `row` remembers what was cancelled with all of it.
EventStatus status_of(const Event& talk, const Event& conference, ProgrammeRow& row) {
  if (conference.status == EventStatus::cancelled) {
    if (!row.cancelled) row.with_all = true;
    return EventStatus::cancelled;
  }
  if (row.with_all) row.cancelled = row.with_all = false;
  if (row.cancelled) return EventStatus::cancelled;
  if (!talk.period.is_dated()) return EventStatus::planned;
  // A talk that is put a little later has not moved: its conference does.
  const auto as_whole = {EventStatus::held, EventStatus::moved};
  return std::ranges::find(as_whole, conference.status) != as_whole.end() ? conference.status
                                                                          : EventStatus::dated;
}

Event talk_after(const Event& before, const Event& conference, const ProgrammeSection* section,
                 const Stretch& time, ProgrammeRow& row) {
  Event talk = before;
  talk.title = row.title;
  talk.agenda = row.speakers;
  talk.description = row.abstract;
  talk.parent = conference.id;
  talk.organisation = conference.organisation;
  talk.zone = conference.zone;
  talk.section = section != nullptr ? section->title : std::string();
  talk.place = section != nullptr ? place_of(*section, conference) : std::string();
  talk.period = Period();
  if (section != nullptr && days_of(conference) > 0) {
    const Date day = add_days(*conference.period.first, section->day - 1);
    // 24:00 is no time of a day: the last minute before it.
    constexpr TimeOfDay last_minute = midnight - std::chrono::minutes{1};
    talk.period = make_dated(day, std::min(time.begin, last_minute), std::min(time.end, last_minute));
  }
  talk.status = status_of(talk, conference, row);
  return talk;
}

// Stores each talk as the programme has it. One becomes an event when a section has it: until then nobody has
// said that it takes place, and every event is public.
void settle(const Writing& writing, const Event& conference, Programme& programme) {
  const auto put = [&](const ProgrammeSection* section, const Stretch& time, ProgrammeRow& row) {
    if (row.is_break) return;
    const auto known = row.talk ? writing.unit.events().find(row.talk) : std::nullopt;
    auto talk = talk_after(known.value_or(Event()), conference, section, time, row);
    if (known)
      update_event(writing, *known, std::move(talk));
    else
      row.talk = insert_event(writing, std::move(talk)).event.id;
  };
  for (auto& section : programme.sections) {
    const auto times = times_of(section);
    for (std::size_t i = 0; i < section.rows.size(); ++i) put(&section, times[i], section.rows[i]);
  }
  for (auto& row : programme.unplaced)
    if (row.talk) put(nullptr, {}, row);
}

auto what_talks_follow(const Event& event) {
  return std::tie(event.period, event.status, event.zone, event.place, event.organisation);
}

}  // namespace

Programme load_programme(db::Unit& unit, const Event& conference) {
  Programme programme = unit.programmes().find(conference.id).value_or(Programme());
  programme.event = conference.id;
  auto talks = talks_of(unit, conference.id);
  const auto gone = [&](const ProgrammeRow& row) { return row.talk && !talks.contains(row.talk); };
  for (auto& section : programme.sections) std::erase_if(section.rows, gone);
  std::erase_if(programme.unplaced, gone);
  std::set<EventId> placed;
  each_row(programme, [&](ProgrammeRow& row) {
    if (!row.talk) return;
    placed.insert(row.talk);
    take_words(talks.at(row.talk), row);
  });
  for (const auto& [id, talk] : talks) {
    if (placed.contains(id)) continue;
    ProgrammeRow row;
    row.talk = id;
    take_words(talk, row);
    programme.unplaced.push_back(std::move(row));
  }
  return programme;
}

Result<Programme> store_programme(const Writing& writing, const Event& conference, Programme wanted) {
  auto& repository = writing.unit.programmes();
  const auto stored = repository.find(conference.id);
  const int version = stored ? stored->version : 0;
  if (wanted.version != version)
    return Error{Errc::conflict, "somebody changed the programme in between; look at it again"};
  if (auto error = check_programme(wanted)) return std::move(*error);
  const auto talks = talks_of(writing.unit, conference.id);
  if (auto error = check_talks(wanted, talks)) return std::move(*error);
  std::set<EventId> kept;
  each_row(wanted, [&](const ProgrammeRow& row) { kept.insert(row.talk); });
  for (const auto& [id, talk] : talks)
    if (!kept.contains(id)) writing.unit.events().remove(id);
  wanted.event = conference.id;
  wanted.version = version + 1;
  number_sections(wanted);
  settle(writing, conference, wanted);
  repository.save(wanted);
  return load_programme(writing.unit, conference);
}

Result<EventId> add_talk(const Writing& writing, EventId id, const NewTalk& wanted) {
  const auto conference = writing.unit.events().find(id);
  if (!conference || conference->source) return Error{Errc::not_found, "there is no such event"};
  const Programme before = load_programme(writing.unit, *conference);
  ProgrammeRow row;
  row.title = wanted.title;
  row.speakers = wanted.speakers;
  row.abstract = wanted.abstract;
  row.minutes = wanted.minutes;
  if (auto error = check_row(row)) return std::move(*error);
  Programme programme = before;
  const auto section = std::ranges::find_if(
      programme.sections, [&](const auto& one) { return wanted.section && one.number == *wanted.section; });
  bool placed = section != programme.sections.end() && section->rows.size() < most_rows;
  if (placed) {
    section->rows.push_back(row);
    placed = span_of(*section).end <= midnight;
    if (!placed) section->rows.pop_back();
  }
  if (!placed) programme.unplaced.push_back(row);
  const auto stored = store_programme(writing, *conference, std::move(programme));
  if (!stored) return stored.error();
  if (!placed) return EventId();
  return std::ranges::find(stored->sections, *wanted.section, &ProgrammeSection::number)->rows.back().talk;
}

void follow_conference(const Writing& writing, const Event& before, const Event& conference) {
  if (what_talks_follow(before) == what_talks_follow(conference)) return;
  auto& repository = writing.unit.programmes();
  if (!repository.find(conference.id)) return;
  auto programme = load_programme(writing.unit, conference);
  settle(writing, conference, programme);
  repository.save(programme);
}

void remove_talks(const Writing& writing, const Event& conference) {
  auto& repository = writing.unit.programmes();
  if (!repository.find(conference.id)) return;
  auto programme = load_programme(writing.unit, conference);
  each_row(programme, [&](ProgrammeRow& row) {
    if (!row.talk) return;
    writing.unit.events().remove(row.talk);
    row.talk = EventId();
  });
  ++programme.version;
  repository.save(programme);
}

void restore_talks(const Writing& writing, const Event& conference) {
  auto& repository = writing.unit.programmes();
  if (!repository.find(conference.id)) return;
  auto programme = load_programme(writing.unit, conference);
  ++programme.version;
  settle(writing, conference, programme);
  repository.save(programme);
}

}  // namespace convoke::service
