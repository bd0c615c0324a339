#include "app/replanning.hpp"

#include "base/id.hpp"
#include "base/log.hpp"
#include "calendar/holidays.hpp"
#include "service/rule_sets.hpp"

#include <filesystem>
#include <fstream>
#include <system_error>

namespace convoke::app {
namespace {

constexpr int first_year = 2000, last_year = 2100;

void append_year(std::string& all, const calendar::DaysOff& days_off, std::string_view country, int year) {
  if (!days_off.covers(country, year)) return;
  all += country;
  all += std::to_string(year);
  for (Date day = make_date(year, 1, 1); day.year() == std::chrono::year{year}; day = add_days(day, 1))
    all += days_off.is_day_off(day, country) ? '-' : '+';
}

// The same for calendars by which the same days are worked.
std::string digest_of(const calendar::DaysOff& days_off) {
  std::string all;
  for (char a = 'A'; a <= 'Z'; ++a)
    for (char b = 'A'; b <= 'Z'; ++b)
      for (int year = first_year; year <= last_year; ++year)
        append_year(all, days_off, std::string{a, b}, year);
  return sha256_hex(all);
}

std::string noted_in(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line.empty() ? digest_of(calendar::built_in_days_off()) : line;
}

// By another name first: a power cut leaves the old note or the new one.
void note(const std::string& path, const std::string& digest) {
  const std::string fresh = path + ".new";
  std::error_code failure;
  {
    std::ofstream file(fresh, std::ios::trunc);
    file << digest << '\n';
    if (!file.flush()) failure = std::make_error_code(std::errc::io_error);
  }
  if (!failure) std::filesystem::rename(fresh, path, failure);
  if (failure) log::warning("days_off_not_noted", {{"file", path}, {"why", failure.message()}});
}

}  // namespace

Result<std::optional<int>> replan_for_days_off(service::Context& context, const std::string& noted) {
  const auto& own = context.settings.days_off;
  const auto digest = digest_of(own ? *own : calendar::built_in_days_off());
  if (noted_in(noted) == digest) return std::optional<int>();
  const auto events = service::replan_all(context);
  if (!events) return events.error();
  note(noted, digest);
  log::info("reminders_replanned", {{"why", "other days off"}, {"events", *events}});
  return std::optional<int>(*events);
}

}  // namespace convoke::app
