#include "model/programme.hpp"

#include "base/text.hpp"
#include "model/person.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

namespace convoke {
namespace {

constexpr std::array<std::string_view, 5> fault_names = {"speaker", "room", "overlap", "outside", "too_late"};
constexpr std::chrono::minutes midnight = std::chrono::hours{24};

// One row with its hours and whoever is bound to it.
struct Placed {
  std::size_t section = 0, row = 0;
  int day = 1;
  Stretch time;
  std::vector<std::string> people, keys;  // the same length
};

void add_person(Placed& placed, std::string_view written) {
  const auto name = speaker_name(written);
  if (name.empty()) return;
  placed.people.emplace_back(name);
  placed.keys.push_back(name_key(name));
}

// Talks alone: nobody speaks in a break. Whoever is in the chair is bound to every talk of the section.
std::vector<Placed> placed_talks(const Programme& programme) {
  std::vector<Placed> all;
  for (std::size_t s = 0; s < programme.sections.size(); ++s) {
    const auto& section = programme.sections[s];
    const auto times = times_of(section);
    for (std::size_t r = 0; r < section.rows.size(); ++r) {
      const auto& row = section.rows[r];
      if (row.is_break || row.cancelled) continue;
      Placed placed;
      placed.section = s;
      placed.row = r;
      placed.day = section.day;
      placed.time = times[r];
      for (const auto& one : row.speakers) add_person(placed, one);
      for (const auto one : split(section.chair, ';')) add_person(placed, one);
      all.push_back(std::move(placed));
    }
  }
  return all;
}

void compare(const Programme& programme, const Placed& mine, const Placed& theirs,
             std::vector<ProgrammeClash>& clashes) {
  if (mine.day != theirs.day || !mine.time.meets(theirs.time)) return;
  ProgrammeClash clash;
  clash.section = mine.section;
  clash.row = mine.row;
  clash.other_section = theirs.section;
  clash.other_row = theirs.row;
  if (mine.section == theirs.section) return;  // an overlap, told once
  for (std::size_t i = 0; i < mine.keys.size(); ++i)
    if (std::ranges::find(theirs.keys, mine.keys[i]) != theirs.keys.end()) {
      clash.fault = ProgrammeFault::speaker;
      clash.name = mine.people[i];
      clashes.push_back(clash);
      break;
    }
  const auto& room = programme.sections[mine.section].room;
  if (!trim(room).empty() && fold(room) == fold(programme.sections[theirs.section].room)) {
    clash.fault = ProgrammeFault::room;
    clash.name = room;
    clashes.push_back(clash);
  }
}

void add_own_faults(const Programme& programme, std::size_t at, int days,
                    std::vector<ProgrammeClash>& clashes) {
  const auto& section = programme.sections[at];
  const auto times = times_of(section);
  for (std::size_t r = 0; r < section.rows.size(); ++r) {
    ProgrammeClash clash;
    clash.section = at;
    clash.row = r;
    const auto add = [&](ProgrammeFault fault) {
      clash.fault = fault;
      clashes.push_back(clash);
    };
    if (r > 0 && times[r].begin < times[r - 1].end) add(ProgrammeFault::overlap);
    if (days > 0 && section.day > days) add(ProgrammeFault::outside);
    if (times[r].end > midnight) add(ProgrammeFault::too_late);
  }
}

}  // namespace

std::vector<Stretch> times_of(const ProgrammeSection& section) {
  std::vector<Stretch> times;
  std::chrono::minutes next = section.begin;
  for (const auto& row : section.rows) {
    Stretch one;
    one.begin = row.at ? *row.at : next;
    one.end = one.begin + std::chrono::minutes{row.minutes};
    next = one.end;
    times.push_back(one);
  }
  return times;
}

Stretch span_of(const ProgrammeSection& section) {
  Stretch span{section.begin, section.begin};
  for (const auto& one : times_of(section)) {
    span.begin = std::min(span.begin, one.begin);
    span.end = std::max(span.end, one.end);
  }
  return span;
}

bool is_talk(const Event& event) {
  return event.parent && !event.plan && !event.source && event.responsible.empty();
}

int days_of(const Event& event) {
  const Period& period = event.period;
  if (!period.has_dates() || period.deadline) return 0;
  if (period.is_dated()) return 1;
  if (period.precision != Precision::date_range) return 0;
  return static_cast<int>((to_days(*period.last) - to_days(*period.first)).count()) + 1;
}

std::string_view speaker_name(std::string_view speaker) {
  return trim(speaker.substr(0, speaker.find_first_of(",(")));
}

std::string_view name_of(ProgrammeFault fault) {
  return fault_names.at(static_cast<std::size_t>(fault));
}

std::vector<ProgrammeClash> clashes_of(const Programme& programme, int days) {
  std::vector<ProgrammeClash> clashes;
  for (std::size_t s = 0; s < programme.sections.size(); ++s) add_own_faults(programme, s, days, clashes);
  const auto talks = placed_talks(programme);
  for (const auto& mine : talks)
    for (const auto& theirs : talks)
      if (&mine != &theirs) compare(programme, mine, theirs, clashes);
  std::ranges::stable_sort(clashes, {},
                           [](const ProgrammeClash& one) { return std::tuple(one.section, one.row); });
  return clashes;
}

std::vector<ProgrammeBand> bands_of(const Programme& programme) {
  std::vector<std::size_t> order(programme.sections.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t at) {
    const auto& section = programme.sections[at];
    return std::tuple(section.day, span_of(section).begin);
  });
  std::vector<ProgrammeBand> bands;
  std::chrono::minutes end{};
  for (const auto at : order) {
    const auto& section = programme.sections[at];
    const auto span = span_of(section);
    if (bands.empty() || bands.back().day != section.day || span.begin >= end) {
      bands.push_back({section.day, {}});
      end = {};
    }
    bands.back().sections.push_back(at);
    end = std::max(end, span.end);
  }
  for (auto& band : bands) std::ranges::sort(band.sections);
  return bands;
}

}  // namespace convoke
