// What a change made of an event, field by field, in the reader's words: for its history on the page and over
// the API.
#pragma once

#include "model/event.hpp"
#include "model/language.hpp"

#include <string>
#include <vector>

namespace convoke::web {

struct FieldChange {
  std::string field;     // as the API calls it: "period"
  std::string label;     // "Термін"
  std::string was, now;  // empty: there was none
};

// Code points of a long text that are shown.
inline constexpr std::size_t longest_shown_value = 200;

// What readers and organisers see of an event, in the order of its page; none when only its place in the plan
// changed. Texts are those of the plan, the rest is said in `language`.
std::vector<FieldChange> field_changes(const Event& was, const Event& now, Language language);
// "Термін: листопад 2024 → 14 листопада 2024"
std::string change_line(const FieldChange& change);

}  // namespace convoke::web
