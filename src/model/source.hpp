// A neighbour's calendar that is read again and again: where it lies, how the last readings went. Its events
// are read-only here and go with it.
#pragma once

#include "base/clock.hpp"
#include "model/ids.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace convoke {

// Why the last reading brought nothing. `none`: it went well.
enum class SourceTrouble {
  none,
  address,       // not an address that may be read from here
  unreachable,   // no connection, no such host, broken off
  certificate,   // the other side could not prove who it is
  slow,          // longer than the time a reading may take
  large,         // more bytes than a calendar may have
  redirects,     // sent on too often, or from https to http
  status,        // answered with an error
  web_page,      // answered with a page for people
  not_calendar,  // what came is no calendar that can be read
};
inline constexpr std::size_t source_trouble_count = 10;
std::string_view name_of(SourceTrouble trouble);
std::optional<SourceTrouble> source_trouble_of(std::string_view name);

struct CalendarSource {
  SourceId id;
  OrganisationId organisation;  // whose events these are; 0: of nobody who has an entry here
  std::string name;  // what pages call it: "Бібліотеки сусіднього району"
  std::string url;   // empty: a file that was uploaded
  std::chrono::minutes every{360};
  bool shared = true;  // its events stand in the public calendars; else only organisers see them
  Instant created{};

  // How reading went.
  std::optional<Instant> last_try, last_good;
  std::optional<Instant> next_try;  // absent: an uploaded file, which changes only by another upload
  SourceTrouble trouble = SourceTrouble::none;
  std::string last_error;               // one line in English; may name the address: for organisers only
  int failures = 0;                     // in a row
  std::optional<Instant> broken_since;  // the first of them
  std::optional<Instant> told;          // when organisers were last told of it
  std::string etag, last_modified;      // what to ask with, so that nothing new costs nothing
  std::string digest;                   // sha256_hex of the bytes read last
  int events = 0;                       // it has here now
  int left_out = 0;                     // of its last good state could not be read or are ours anyway
  std::optional<Instant> removed;

  bool is_file() const { return url.empty(); }
};

inline constexpr std::chrono::minutes shortest_source_interval{15};
inline constexpr std::chrono::minutes longest_source_interval{7 * 24 * 60};

}  // namespace convoke
