#include "base/time_zone.hpp"

#include <date/tz.h>

#include <stdexcept>

namespace convoke {
namespace {

date::sys_seconds to_hinnant(Instant instant) { return date::sys_seconds{instant.time_since_epoch()}; }
Instant from_hinnant(date::sys_seconds instant) { return Instant{instant.time_since_epoch()}; }

date::local_seconds to_local(CivilTime civil) {
  return date::local_seconds{std::chrono::seconds{to_days(civil.date).time_since_epoch()} + civil.time};
}

}  // namespace

Result<std::string> check_zone(std::string_view name) {
  try {
    date::locate_zone(name);
    return std::string(name);
  } catch (const std::runtime_error&) {
    return Error{Errc::invalid_input,
                 "'" + std::string(name) + "' is no time zone; write one like Europe/Kyiv or Europe/Minsk"};
  }
}

Instant to_instant(CivilTime civil, std::string_view zone) {
  const auto* found = date::locate_zone(zone);
  const auto local = to_local(civil);
  const auto info = found->get_info(local);
  // In a gap and for the first of two equal times alike, the offset before the change is the one meant.
  return from_hinnant(date::sys_seconds{local.time_since_epoch() - info.first.offset});
}

CivilTime to_civil(Instant instant, std::string_view zone) {
  const auto info = date::locate_zone(zone)->get_info(to_hinnant(instant));
  const auto local = std::chrono::sys_seconds{instant.time_since_epoch() + info.offset};
  const auto day = std::chrono::floor<std::chrono::days>(local);
  return {Date{day}, local - day};
}

std::vector<ZoneOffset> zone_offsets(std::string_view zone, Instant from, Instant to) {
  const auto* found = date::locate_zone(zone);
  std::vector<ZoneOffset> offsets;
  for (auto at = to_hinnant(from);;) {
    const auto info = found->get_info(at);
    offsets.push_back({from_hinnant(info.begin), info.offset, info.save != std::chrono::minutes{0}, info.abbrev});
    if (info.end > to_hinnant(to)) return offsets;
    at = info.end;
  }
}

}  // namespace convoke
