#include "web/reply_head.hpp"

#include <fmt/format.h>
#include <boost/beast/http/status.hpp>

#include <algorithm>
#include <array>

namespace convoke::web {
namespace {

std::string_view reason_of(unsigned status) {
  const auto text = boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(status));
  return {text.data(), text.size()};
}

bool is_clean(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < ' ' && c != '\t') || byte == 0x7f;
  });
}

// Formatted once a second and thread, not once a reply.
std::string_view cached_date(std::chrono::sys_seconds now) {
  thread_local std::chrono::sys_seconds second{};
  thread_local std::string text;
  if (text.empty() || now != second) {
    text = format_http_date(now);
    second = now;
  }
  return text;
}

}  // namespace

bool is_bodiless(unsigned status) {
  return status < 200 || status == 204 || status == 304;
}

std::string format_http_date(std::chrono::sys_seconds instant) {
  constexpr std::array weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto days = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date{days};
  const std::chrono::hh_mm_ss time{instant - days};
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                     weekdays[std::chrono::weekday{days}.c_encoding()], static_cast<unsigned>(date.day()),
                     months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

void append_status_line(std::string& head, unsigned status) {
  fmt::format_to(std::back_inserter(head), "HTTP/1.1 {} {}\r\n", status, reason_of(status));
}

void append_date_line(std::string& head, std::chrono::sys_seconds now) {
  head.append("Date: ").append(cached_date(now)).append("\r\n");
}

void append_reply_fields(std::string& head, const Reply& reply, const HeaderPolicy& policy) {
  for (const auto& [name, value] : reply.headers) {
    if (!is_clean(name) || !is_clean(value)) continue;
    head.append(name).append(": ").append(value);
    if (policy.strict_transport && same_name(name, "Set-Cookie")) head.append("; Secure");
    head.append("\r\n");
  }
  append_security_headers(head, reply, policy);
  if (!is_bodiless(reply.status))
    fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", reply.body_size());
}

void append_reply_end(std::string& head, bool keep_alive) {
  head += keep_alive ? "\r\n" : "Connection: close\r\n\r\n";
}

void append_reply_head(std::string& head, const Reply& reply, bool keep_alive, const HeaderPolicy& policy,
                       std::chrono::sys_seconds now) {
  append_status_line(head, reply.status);
  append_date_line(head, now);
  append_reply_fields(head, reply, policy);
  append_reply_end(head, keep_alive);
}

}  // namespace convoke::web
