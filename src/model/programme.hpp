// The programme of a conference: sections, each a row of talks and breaks in one room. Only the order and the
// lengths are kept here, counted from the first day of the conference; the days and hours follow from them,
// so that a conference that moves takes its programme along. A talk is an event of its own, a part of the
// conference; what is said here of its words is a copy of that event's.
#pragma once

#include "base/date.hpp"
#include "model/event.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke {

inline constexpr std::size_t most_sections = 60, most_rows = 100;  // rows: of one section
inline constexpr std::size_t most_talks = 500;                     // of one programme
inline constexpr std::size_t most_speakers = 20;                   // of one talk
inline constexpr int longest_row = 720, usual_row = 20;            // minutes
inline constexpr int most_programme_days = 31;

struct ProgrammeRow {
  EventId talk;           // 0: a break, or a talk that is no event yet
  bool is_break = false;  // a pause, registration of guests, lunch: nobody speaks
  std::string title;
  std::vector<std::string> speakers;  // "Surname N. P., institution", as they are printed
  std::string abstract;
  int minutes = usual_row;
  std::optional<TimeOfDay> at;  // begins then; otherwise when what stands before it ends
  bool cancelled = false;
  bool with_all = false;  // cancelled because the whole conference was

  bool operator==(const ProgrammeRow&) const = default;
};

struct ProgrammeSection {
  int number = 0;  // its own in the programme for good; 0: not stored yet
  std::string title;
  std::string room;
  std::string chair;
  int day = 1;  // of the conference
  TimeOfDay begin = std::chrono::hours{10};
  std::vector<ProgrammeRow> rows;

  bool operator==(const ProgrammeSection&) const = default;
};

struct Programme {
  EventId event;    // the conference
  int version = 0;  // rises with every change; 0: never stored
  std::vector<ProgrammeSection> sections;
  std::vector<ProgrammeRow> unplaced;  // talks that wait for a section

  bool operator==(const Programme&) const = default;
};

// Minutes after midnight of the section's day, half open; the end may lie behind 24:00 until it is checked.
struct Stretch {
  std::chrono::minutes begin{}, end{};

  bool meets(const Stretch& other) const { return begin < other.end && other.begin < end; }
  bool operator==(const Stretch&) const = default;
};

// One a row.
std::vector<Stretch> times_of(const ProgrammeSection& section);
// From its beginning to its last end.
Stretch span_of(const ProgrammeSection& section);

// Whether the event stands in the programme of another rather than for itself: a part that no plan has and
// that nobody answers for apart from the whole. Lists of events show the whole, and nobody is reminded of it.
bool is_talk(const Event& event);

// How many days the event takes; 0: they are not fixed yet.
int days_of(const Event& event);

// "Surname N. P." of "Surname N. P., institution" or "Surname N. P. (institution)".
std::string_view speaker_name(std::string_view speaker);

enum class ProgrammeFault {
  speaker,   // speaks, or is in the chair, somewhere else at that time
  room,      // is taken by another section at that time
  overlap,   // begins before what stands before it in its section is over
  outside,   // the conference has no such day
  too_late,  // is not over by midnight
};
std::string_view name_of(ProgrammeFault fault);

struct ProgrammeClash {
  ProgrammeFault fault = ProgrammeFault::speaker;
  std::size_t section = 0, row = 0;              // places in the programme
  std::size_t other_section = 0, other_row = 0;  // of speaker, room
  std::string name;                              // of whom or what, as written
};

// By section and row, each pair from both sides. `days`: of the conference, 0 when they are not fixed.
// What is cancelled stands in nobody's way.
std::vector<ProgrammeClash> clashes_of(const Programme& programme, int days);

// The places of the sections by their day, those of one day in bands: of one band are those that run in
// parallel, by the order of the programme.
struct ProgrammeBand {
  int day = 1;
  std::vector<std::size_t> sections;
};
std::vector<ProgrammeBand> bands_of(const Programme& programme);

}  // namespace convoke
