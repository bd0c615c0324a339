// What pages say of clashes, of days that nobody works, and of days that are free.
#pragma once

#include "service/plan_clashes.hpp"

#include <string>
#include <vector>

namespace ctemplate {
class TemplateDictionary;
}

namespace convoke::web {

// "чт, 14 листопада 2024"
std::string day_label(Date day, Language language);
// "a public holiday: Різдво Христове"
std::string standing_text(const calendar::StandingDay& day, Language language);
// "the same person · the same place · from …"
std::string why_text(const service::FoundConflict& conflict, Language language);
// The whole in a line: "нд, 8 листопада 2026: a weekend"; "Нарада, 8 листопада 2026 — the same person"
std::string clash_line(const service::Clash& clash, Language language);
// A CLASH section for each, with CLASH_TEXT; at most `most`, and then how many more.
void fill_clash_lines(ctemplate::TemplateDictionary& values, const std::vector<service::Clash>& clashes,
                      Language language);
inline constexpr std::size_t most_clash_lines = 5;

// A FREE_DAY section for each: VALUE, LABEL, and NOTE when something is to be said of it.
void fill_free_days(ctemplate::TemplateDictionary& values, const std::vector<calendar::FreeDay>& days,
                    Language language);

}  // namespace convoke::web
