// Reads an archive of feeds with libical alone (nothing of ours) and prints one canonical JSON line a feed:
// the form that readers.py describes.
#include <fmt/format.h>
#include <libical/ical.h>
#include <boost/json.hpp>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace json = boost::json;

constexpr std::size_t most_instances = 60;

std::string taken(char* text) {
  const std::unique_ptr<char, decltype(&icalmemory_free_buffer)> owned(text, &icalmemory_free_buffer);
  return text == nullptr ? std::string{} : std::string(text);
}

std::string in_utc(icaltimetype time) {
  if (time.is_date != 0) return fmt::format("{:04}-{:02}-{:02}", time.year, time.month, time.day);
  const bool floating = time.zone == nullptr;
  if (!floating) time = icaltime_convert_to_zone(time, icaltimezone_get_utc_timezone());
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}", time.year, time.month, time.day, time.hour,
                     time.minute, time.second, floating ? " floating" : "Z");
}

std::string zone_written(icalproperty* property) {
  auto* const parameter = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
  return parameter == nullptr ? std::string{} : std::string(icalparameter_get_tzid(parameter));
}

// libical looks a TZID up among its own zones too; here only what the feed itself explains counts.
icaltimetype resolved(icaltimetype time, icalproperty* property, icalcomponent* calendar) {
  const std::string zone = zone_written(property);
  if (time.is_date == 0 && !zone.empty()) {
    auto* const known = icalcomponent_get_timezone(calendar, zone.c_str());
    if (known == nullptr) throw std::runtime_error("no VTIMEZONE for " + zone);
    icaltime_set_timezone(&time, known);
  }
  return time;
}

std::string moment(icaltimetype time, icalproperty* property, icalcomponent* calendar) {
  const std::string zone = zone_written(property);
  return in_utc(resolved(time, property, calendar)) +
         (zone.empty() || time.is_date != 0 ? std::string{} : fmt::format("[{}]", zone));
}

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, at);) parts.push_back(part);
  return parts;
}

std::string joined(const std::vector<std::string>& parts, std::string_view with) {
  return fmt::format("{}", fmt::join(parts, with));
}

std::string canonical_rule(icalrecurrencetype rule) {
  std::vector<std::string> parts;
  for (const auto& part : split(taken(icalrecurrencetype_as_string_r(&rule)), ';')) {
    if (part == "INTERVAL=1" || part == "WKST=MO") continue;
    const auto equals = part.find('=');
    auto members = split(part.substr(equals + 1), ',');
    std::sort(members.begin(), members.end());
    parts.push_back(part.substr(0, equals + 1) + joined(members, ","));
  }
  std::sort(parts.begin(), parts.end());
  return joined(parts, ";");
}

// As libical holds it: asked for the whole parameter, it would write carets (RFC 6868) again, and not all of
// them.
std::string parameter_value(icalparameter* parameter, const std::string& as_written) {
  switch (icalparameter_isa(parameter)) {
    case ICAL_FILENAME_PARAMETER:
      return icalparameter_get_filename(parameter);
    case ICAL_LABEL_PARAMETER:
      return icalparameter_get_label(parameter);
    default: {
      std::string value = as_written.substr(as_written.find('=') + 1);
      std::erase(value, '"');
      return value;
    }
  }
}

std::string parameters(icalproperty* property) {
  std::vector<std::string> found;
  for (auto* one = icalproperty_get_first_parameter(property, ICAL_ANY_PARAMETER); one != nullptr;
       one = icalproperty_get_next_parameter(property, ICAL_ANY_PARAMETER)) {
    const auto kind = icalparameter_isa(one);
    if (kind == ICAL_TZID_PARAMETER || kind == ICAL_VALUE_PARAMETER) continue;
    const std::string text = taken(icalparameter_as_ical_string_r(one));
    found.push_back(text.substr(0, text.find('=') + 1) + parameter_value(one, text));
  }
  std::sort(found.begin(), found.end());
  return found.empty() ? std::string{} : " {" + joined(found, "; ") + "}";
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      ++i;
      out += text[i] == 'n' || text[i] == 'N' ? '\n' : text[i];
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string written(icalproperty* property, icalcomponent* calendar) {
  auto* const value = icalproperty_get_value(property);
  if (value == nullptr) throw std::runtime_error("a property without a value");
  switch (icalvalue_isa(value)) {
    case ICAL_DATE_VALUE:
      return moment(icalvalue_get_date(value), property, calendar);
    case ICAL_DATETIME_VALUE:
      return moment(icalvalue_get_datetime(value), property, calendar);
    case ICAL_DATETIMEDATE_VALUE:
      return moment(icalvalue_get_datetimedate(value), property, calendar);
    case ICAL_DATETIMEPERIOD_VALUE:
      return moment(icalvalue_get_datetimeperiod(value).time, property, calendar);
    case ICAL_RECUR_VALUE:
      return canonical_rule(icalvalue_get_recur(value));
    case ICAL_TEXT_VALUE:
      return icalvalue_get_text(value) + parameters(property);
    case ICAL_URI_VALUE:
      return icalvalue_get_uri(value) + parameters(property);
    case ICAL_X_VALUE:
      return unescaped(icalvalue_get_x(value)) + parameters(property);
    case ICAL_GEO_VALUE: {
      const auto geo = icalvalue_get_geo(value);
      return fmt::format("{:.6f};{:.6f}", geo.lat, geo.lon);
    }
    default:
      return taken(icalvalue_as_ical_string_r(value)) + parameters(property);
  }
}

json::object properties(icalcomponent* component, icalcomponent* calendar) {
  json::object found;
  for (auto* property = icalcomponent_get_first_property(component, ICAL_ANY_PROPERTY); property != nullptr;
       property = icalcomponent_get_next_property(component, ICAL_ANY_PROPERTY)) {
    const std::string name = icalproperty_get_property_name(property);
    if (!found.contains(name)) found[name] = json::array{};
    found[name].as_array().emplace_back(written(property, calendar));
  }
  return found;
}

// The first starts of a series, exceptions taken out and overrides left aside. libical's iterator counts the
// local days of the rule; what follows from them is done here.
json::array instances(icalcomponent* component, icalcomponent* calendar) {
  auto* const rule = icalcomponent_get_first_property(component, ICAL_RRULE_PROPERTY);
  if (rule == nullptr && icalcomponent_get_first_property(component, ICAL_RDATE_PROPERTY) == nullptr)
    return {};
  auto* const start_property = icalcomponent_get_first_property(component, ICAL_DTSTART_PROPERTY);
  const auto start = resolved(icalproperty_get_dtstart(start_property), start_property, calendar);
  std::set<std::string> days = {in_utc(start)}, without;
  if (rule != nullptr) {
    auto* const counted = icalrecur_iterator_new(icalproperty_get_rrule(rule), start);
    if (counted == nullptr) throw std::runtime_error("a rule that cannot be counted");
    for (std::size_t i = 0; i < 4 * most_instances; ++i) {
      const auto next = icalrecur_iterator_next(counted);
      if (icaltime_is_null_time(next) != 0) break;
      days.insert(in_utc(next));
    }
    icalrecur_iterator_free(counted);
  }
  for (auto* one = icalcomponent_get_first_property(component, ICAL_RDATE_PROPERTY); one != nullptr;
       one = icalcomponent_get_next_property(component, ICAL_RDATE_PROPERTY))
    days.insert(in_utc(resolved(icalproperty_get_rdate(one).time, one, calendar)));
  for (auto* one = icalcomponent_get_first_property(component, ICAL_EXDATE_PROPERTY); one != nullptr;
       one = icalcomponent_get_next_property(component, ICAL_EXDATE_PROPERTY))
    days.erase(in_utc(resolved(icalproperty_get_exdate(one), one, calendar)));
  json::array found;
  for (const auto& day : days)
    if (found.size() < most_instances) found.emplace_back(day);
  return found;
}

json::object read_component(icalcomponent* component, icalcomponent* calendar) {
  json::array inside;
  for (auto* inner = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT); inner != nullptr;
       inner = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT))
    inside.emplace_back(
        json::array{icalcomponent_kind_to_string(icalcomponent_isa(inner)), properties(inner, calendar)});
  return {{"type", icalcomponent_kind_to_string(icalcomponent_isa(component))},
          {"properties", properties(component, calendar)},
          {"inside", std::move(inside)},
          {"instances", instances(component, calendar)}};
}

json::object read(const std::string& feed) {
  const std::unique_ptr<icalcomponent, decltype(&icalcomponent_free)> parsed(
      icalparser_parse_string(feed.c_str()), &icalcomponent_free);
  auto* const calendar = parsed.get();
  if (calendar == nullptr || icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT)
    throw std::runtime_error("no calendar");
  if (icalcomponent_count_errors(calendar) != 0) throw std::runtime_error("X-LIC-ERROR");
  std::vector<std::string> zone_names;
  json::array components;
  for (auto* one = icalcomponent_get_first_component(calendar, ICAL_ANY_COMPONENT); one != nullptr;
       one = icalcomponent_get_next_component(calendar, ICAL_ANY_COMPONENT)) {
    if (icalcomponent_isa(one) == ICAL_VTIMEZONE_COMPONENT)
      zone_names.emplace_back(
          icalproperty_get_tzid(icalcomponent_get_first_property(one, ICAL_TZID_PROPERTY)));
  }
  std::sort(zone_names.begin(), zone_names.end());
  json::array zones(zone_names.begin(), zone_names.end());
  // Two walks: asking for a zone moves the place that the outer walk keeps in the component.
  std::vector<icalcomponent*> others;
  for (auto* one = icalcomponent_get_first_component(calendar, ICAL_ANY_COMPONENT); one != nullptr;
       one = icalcomponent_get_next_component(calendar, ICAL_ANY_COMPONENT))
    if (icalcomponent_isa(one) != ICAL_VTIMEZONE_COMPONENT) others.push_back(one);
  for (auto* one : others) components.emplace_back(read_component(one, calendar));
  return {{"properties", properties(calendar, calendar)},
          {"zones", std::move(zones)},
          {"components", std::move(components)}};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: libical_reader ARCHIVE\n";
    return 64;
  }
  icalerror_set_errors_are_fatal(0);
  std::ifstream archive(argv[1], std::ios::binary);
  for (std::string head; std::getline(archive, head);) {
    std::istringstream words(head);
    std::string word, name;
    std::size_t size = 0;
    words >> word >> size >> std::ws;
    std::getline(words, name);
    if (word != "FEED") {
      std::cerr << "no archive: " << head << "\n";
      return 1;
    }
    std::string feed(size, '\0');
    archive.read(feed.data(), static_cast<std::streamsize>(size));
    archive.get();
    json::object told;
    try {
      told = read(feed);
    } catch (const std::exception& error) {
      told = {{"error", error.what()}};
    }
    told["name"] = name;
    std::cout << json::serialize(told) << '\n';
  }
  return std::cout.flush() ? 0 : 1;
}
