// When something happens, as pages say it.
#pragma once

#include "model/event.hpp"
#include "model/language.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace convoke::web {

// "Листопад 2024"
std::string month_title(std::chrono::year_month month, Language language);
// "чт"
std::string weekday_short(Date date, Language language);
// "четвер"
std::string weekday_full(Date date, Language language);
// "14 листопада 2024"
std::string date_text(Date date, Language language);
// "14 листопада 2024, 10:00–12:00" for a known day; the period in words for a vague one; what the plan says
// when nothing could be read.
std::string when_text(const Period& period, Language language);
// "2024-11-14T10:00", "2024-11-14" or "2024-11" for the datetime attribute of <time>; empty when HTML has no
// form for it.
std::string machine_time(const Period& period);
// "Europe/Kyiv" as readers see it: "(Europe/Kyiv)"
std::string zone_text(const std::string& zone);
// "2024/2025", "2024"
std::string year_text(const PlanContext& year);

// YYYY-MM within the years that plans may have.
std::optional<std::chrono::year_month> parse_month(std::string_view text);
std::string format_month(std::chrono::year_month month);
inline std::chrono::year_month month_of(Date date) {
  return date.year() / date.month();
}

}  // namespace convoke::web
