#include "base/log.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cmath>
#include <memory>

namespace convoke::log {
namespace {

void append_string(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\u{:04x}", byte);
    } else {
      out += c;
    }
  }
  out += '"';
}

struct AppendValue {
  std::string& out;
  void operator()(const std::string& text) const { append_string(out, text); }
  void operator()(std::int64_t number) const { out += fmt::format("{}", number); }
  void operator()(double number) const { out += std::isfinite(number) ? fmt::format("{}", number) : "null"; }
  void operator()(bool flag) const { out += flag ? "true" : "false"; }
};

std::string_view name_of(Level level) {
  switch (level) {
    case Level::debug: return "debug";
    case Level::info: return "info";
    case Level::warning: return "warning";
    case Level::error: return "error";
  }
  return "error";
}

spdlog::logger& logger() {
  static const std::shared_ptr<spdlog::logger> instance = [] {
    auto made = std::make_shared<spdlog::logger>("convoke", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("{\"at\":\"%Y-%m-%dT%H:%M:%S.%eZ\",%v}", spdlog::pattern_time_type::utc);
    made->flush_on(spdlog::level::info);
    return made;
  }();
  return *instance;
}

spdlog::level::level_enum to_spdlog(Level level) {
  switch (level) {
    case Level::debug: return spdlog::level::debug;
    case Level::info: return spdlog::level::info;
    case Level::warning: return spdlog::level::warn;
    case Level::error: return spdlog::level::err;
  }
  return spdlog::level::err;
}

// The members of the object, without its braces.
std::string format_members(Level level, std::string_view event, std::initializer_list<Field> fields) {
  std::string out = "\"level\":\"";
  out += name_of(level);
  out += "\",\"event\":";
  append_string(out, event);
  for (const auto& field : fields) {
    out += ',';
    append_string(out, field.name);
    out += ':';
    std::visit(AppendValue{out}, field.value);
  }
  return out;
}

}  // namespace

void set_level(Level level) { logger().set_level(to_spdlog(level)); }

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
  if (logger().should_log(to_spdlog(level))) logger().log(to_spdlog(level), "{}", format_members(level, event, fields));
}

std::string format_line(Level level, std::string_view event, std::initializer_list<Field> fields) {
  return "{" + format_members(level, event, fields) + "}";
}

}  // namespace convoke::log
