#include "notify/poll_links.hpp"

#include "base/signed_text.hpp"
#include "base/text.hpp"
#include "notify/answer_links.hpp"
#include "notify/enqueue.hpp"
#include "notify/planner.hpp"

#include <fmt/format.h>

#include <charconv>

namespace convoke::notify {
namespace {

constexpr std::string_view signature_purpose = "date poll 1";
constexpr std::string_view occurrence_prefix = "poll/";
// How long after it was due the result is still of use.
constexpr std::chrono::hours result_lasts{24 * 14};

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

Error unknown() {
  return {Errc::not_found, "this link is not one of ours, or a part of it is missing"};
}

}  // namespace

std::string poll_token(std::string_view key, const PollLink& link) {
  return sign_text(
      key, signature_purpose,
      fmt::format("{}\n{}\n{}", link.poll.value, link.who, link.expires.time_since_epoch().count()));
}

Result<PollLink> read_poll_link(std::string_view key, std::string_view token, Instant now) {
  const auto text = verified_text(key, signature_purpose, token);
  if (!text) return unknown();
  const auto lines = split(*text, '\n');
  if (lines.size() != 3) return unknown();
  const auto poll = number_of(lines[0]), expires = number_of(lines[2]);
  if (!poll || !expires) return unknown();
  PollLink link;
  link.poll = PollId{*poll};
  link.who = lines[1];
  link.expires = Instant{std::chrono::seconds{*expires}};
  if (link.expires < now) return Error{Errc::gone, "this poll is over, and its link with it"};
  return link;
}

std::string poll_url(std::string_view base_url, std::string_view key, const PollLink& link) {
  return std::string(base_url) + std::string(poll_path) + poll_token(key, link);
}

std::string occurrence_of(PollId poll) {
  return std::string(occurrence_prefix) + std::to_string(poll.value);
}

std::optional<PollId> poll_of(std::string_view occurrence) {
  if (!occurrence.starts_with(occurrence_prefix)) return std::nullopt;
  const auto number = number_of(occurrence.substr(occurrence_prefix.size()));
  if (!number || *number <= 0) return std::nullopt;
  return PollId{*number};
}

void queue_poll_mail(db::Unit& unit, const Poll& poll, const Event& event, std::string_view rule,
                     const std::string& who, std::string_view message_domain, Instant now) {
  const bool result = rule == poll_result_rule;
  Reminder row;
  row.key = {event.id, occurrence_of(poll.id), std::string(rule), who};
  row.reason = result ? ReminderReason::date_poll_result : ReminderReason::date_poll;
  row.due = result ? poll.deadline : now;
  row.expires = result ? poll.deadline + result_lasts : poll.deadline;
  row.event_sequence = event.sequence;
  row.message_id = stable_message_id(event.uid, row.key, message_domain);
  enqueue(unit, row);
}

}  // namespace convoke::notify
