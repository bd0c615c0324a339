#include "calendar/ical_zone_names.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"

#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <array>
#include <utility>

namespace convoke::calendar {
namespace {

// Names that CLDR keeps for stability and the tz database has replaced.
constexpr std::array<std::pair<std::string_view, std::string_view>, 1> renamed = {
    {{"Europe/Kiev", "Europe/Kyiv"}}};

std::string current_name(std::string zone) {
  for (const auto& [before, after] : renamed)
    if (zone == before && check_zone(after)) return std::string(after);
  return zone;
}

icu::UnicodeString wide(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::optional<std::string> zone_of_windows_name(std::string_view name, std::string_view preferred) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString found;
  icu::TimeZone::getWindowsID(wide(preferred), found, status);
  if (U_SUCCESS(status) && !found.isEmpty() && found == wide(name)) return std::string(preferred);
  status = U_ZERO_ERROR;
  icu::TimeZone::getIDForWindowsID(wide(name), nullptr, found, status);
  if (U_FAILURE(status) || found.isEmpty()) return std::nullopt;
  std::string zone;
  found.toUTF8String(zone);
  return check_zone(zone) ? std::optional(current_name(zone)) : std::nullopt;
}

}  // namespace

std::optional<std::string> iana_zone(std::string_view tzid, std::string_view preferred) {
  tzid = trim(tzid);
  if (tzid.empty()) return std::nullopt;
  if (auto zone = zone_of_windows_name(tzid, preferred)) return zone;
  // "/mozilla.org/20050126_1/Europe/Berlin": the shortest beginning that is no zone is its maker's.
  for (std::string_view rest = tzid;;) {
    if (!rest.empty() && check_zone(rest)) return current_name(std::string(rest));
    const auto slash = rest.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    rest.remove_prefix(slash + 1);
  }
}

}  // namespace convoke::calendar
