#include "notify/answer_links.hpp"

#include "base/signed_text.hpp"
#include "model/named_values.hpp"

#include <fmt/format.h>

#include <charconv>
#include <vector>

namespace convoke::notify {
namespace {

constexpr std::string_view signature_purpose = "answer link 1";
constexpr std::string_view path = "/answer/", registration_path = "/register/link/",
                           submission_path = "/call/link/", review_path = "/review/";

constexpr std::array<std::string_view, link_purpose_count> purpose_names = {
    "acknowledge", "done",    "postpone", "hand_over", "name_day",
    "accept",      "decline", "decide",   "confirm",   "unsubscribe"};

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  lines.push_back(text);
  return lines;
}

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

bool in_token(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.';
}

// Where the token begins behind the first path of a link that acts, if there is one.
std::optional<std::size_t> end_of_first_path(std::string_view text) {
  auto first = std::string_view::npos, end = first;
  for (const auto one : {path, poll_path, invitation_path, sign_in_link_path, registration_path, submission_path, review_path}) {
    const auto at = text.find(one);
    if (at >= first) continue;
    first = at;
    end = at + one.size();
  }
  if (first == std::string_view::npos) return std::nullopt;
  return end;
}

Error unknown() {
  return {Errc::not_found, "this link is not one of ours, or a part of it is missing"};
}

}  // namespace

std::string_view name_of(LinkPurpose purpose) {
  return name_in(purpose_names, purpose);
}

std::optional<LinkPurpose> link_purpose_of(std::string_view name) {
  return value_in<LinkPurpose>(purpose_names, name);
}

std::string token_of(std::string_view key, const AnswerLink& link) {
  const auto expires =
      link.expires ? std::to_string(link.expires->time_since_epoch().count()) : std::string();
  return sign_text(key, signature_purpose,
                   fmt::format("{}\n{}\n{}\n{}\n{}\n{}", name_of(link.purpose), link.event.value,
                               link.occurrence, link.who, link.answer.value, expires));
}

Result<AnswerLink> read_link(std::string_view key, std::string_view token, Instant now) {
  const auto text = verified_text(key, signature_purpose, token);
  if (!text) return unknown();
  const auto lines = lines_of(*text);
  if (lines.size() != 6) return unknown();
  const auto purpose = link_purpose_of(lines[0]);
  const auto event = number_of(lines[1]), answer = number_of(lines[4]), expires = number_of(lines[5]);
  if (!purpose || !event || !answer || (!expires && !lines[5].empty())) return unknown();
  AnswerLink link;
  link.purpose = *purpose;
  link.event = EventId{*event};
  link.occurrence = lines[2];
  link.who = lines[3];
  link.answer = AnswerId{*answer};
  if (expires) link.expires = Instant{std::chrono::seconds{*expires}};
  if (link.expires && *link.expires < now)
    return Error{Errc::gone, "this link has expired; the newest mail about this item has one that acts"};
  return link;
}

std::string answer_url(std::string_view base_url, std::string_view key, const AnswerLink& link) {
  return std::string(base_url) + std::string(path) + token_of(key, link);
}

std::string without_tokens(std::string_view text) {
  std::string out;
  while (const auto end = end_of_first_path(text)) {
    out += text.substr(0, *end);
    text.remove_prefix(*end);
    std::size_t length = 0;
    while (length < text.size() && in_token(text[length])) ++length;
    if (length > 0) out += "…";
    text.remove_prefix(length);
  }
  return out += text;
}

}  // namespace convoke::notify
