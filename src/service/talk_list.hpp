// A list of talks as organisers have it in a letter or a document, "10:00 Title — Surname N. P., institution"
// a line: understood, so that nobody types it again. Pure.
#pragma once

#include "base/result.hpp"
#include "model/programme.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::service {

inline constexpr std::size_t longest_talk_list = 32'000;  // bytes
inline constexpr int longest_gap = 240;  // minutes; a talk does not last until the next one after that

// Each line that says something is a row: a time ("10:00", "9.30–9.50") or a length ("20 хв") may stand in
// it, the speaker after a dash, a tab or a bar, or before it, or in brackets at its end. A line that begins
// with a pause, lunch, registration is a break. `first`: the time of the first row when it has one; the
// others follow from their lengths, or stand at their own time when they leave a gap.
struct TalkList {
  std::optional<TimeOfDay> first;
  std::vector<ProgrammeRow> rows;

  bool operator==(const TalkList&) const = default;
};

// Errors: limit_exceeded over longest_talk_list or most_rows; invalid_input when no line says anything.
Result<TalkList> read_talk_list(std::string_view text);

// "Surname N. P., director; Surname N." or one a line: one a speaker, with what belongs to them.
std::vector<std::string> read_speakers(std::string_view text);

}  // namespace convoke::service
