#include "web/pages/when.hpp"

#include "base/text.hpp"
#include "service/presentation.hpp"

#include <fmt/format.h>
#include <unicode/dtfmtsym.h>
#include <unicode/locid.h>

#include <array>
#include <charconv>
#include <memory>
#include <stdexcept>

namespace convoke::web {
namespace {

using std::chrono::year_month;

// ICU's names of months and days. Only read after they are made, so that threads may share them.
const icu::DateFormatSymbols& symbols(Language language) {
  static const auto all = [] {
    std::array<std::unique_ptr<icu::DateFormatSymbols>, all_languages.size()> out;
    for (const Language one : all_languages) {
      UErrorCode status = U_ZERO_ERROR;
      out.at(static_cast<std::size_t>(one)) =
          std::make_unique<icu::DateFormatSymbols>(icu::Locale(std::string(tag_of(one)).c_str()), status);
      if (U_FAILURE(status)) throw std::runtime_error("ICU has no names of months");
    }
    return out;
  }();
  return *all.at(static_cast<std::size_t>(language));
}

std::string to_utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

int year_number(std::chrono::year year) {
  return static_cast<int>(year);
}

std::string weekday_named(Date date, Language language, icu::DateFormatSymbols::DtWidthType width) {
  int32_t count = 0;  // eight names: the first is empty, then from Sunday on
  const auto* names = symbols(language).getWeekdays(count, icu::DateFormatSymbols::STANDALONE, width);
  return to_utf8(names[weekday_of(date).c_encoding() + 1]);
}

}  // namespace

std::string month_title(year_month month, Language language) {
  int32_t count = 0;
  const auto* names =
      symbols(language).getMonths(count, icu::DateFormatSymbols::STANDALONE, icu::DateFormatSymbols::WIDE);
  const auto index = static_cast<unsigned>(month.month()) - 1;
  return fmt::format("{} {}", capitalise(to_utf8(names[index])), year_number(month.year()));
}

std::string weekday_short(Date date, Language language) {
  return weekday_named(date, language, icu::DateFormatSymbols::ABBREVIATED);
}

std::string weekday_full(Date date, Language language) {
  return weekday_named(date, language, icu::DateFormatSymbols::WIDE);
}

std::string date_text(Date date, Language language) {
  return calendar::format_date(date, language);
}

std::string when_text(const Period& period, Language language) {
  return calendar::format_period(period, language);
}

std::string machine_time(const Period& period) {
  if (!period.has_dates()) return {};
  switch (period.precision) {
    case Precision::exact_time:
      return format_iso(*period.first) + (period.time ? "T" + format_iso(*period.time) : "");
    case Precision::exact_date:
      return format_iso(*period.first);
    case Precision::month:
    case Precision::year_end:
      return format_month(month_of(*period.first));
    case Precision::calendar_year:
      return std::to_string(year_number(period.first->year()));
    default:
      return {};
  }
}

std::string zone_text(const std::string& zone) {
  return zone.empty() ? zone : "(" + zone + ")";
}

std::string year_text(const PlanContext& year) {
  const int first = year_number(year.first.year()), last = year_number(year.last.year());
  return first == last ? std::to_string(first) : fmt::format("{}/{}", first, last);
}

std::optional<year_month> parse_month(std::string_view text) {
  const auto day = parse_iso_date(std::string(text) + "-01");
  if (!day) return std::nullopt;
  return month_of(*day);
}

std::string format_month(year_month month) {
  return fmt::format("{:04}-{:02}", year_number(month.year()), static_cast<unsigned>(month.month()));
}

}  // namespace convoke::web
