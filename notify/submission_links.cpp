#include "notify/submission_links.hpp"

#include "base/signed_text.hpp"
#include "notify/planner.hpp"

#include <charconv>
#include <utility>

namespace convoke::notify {
namespace {

constexpr std::string_view submission_prefix = "submission:", reviewer_prefix = "reviewer:";
constexpr std::string_view submission_purpose = "submission link 1", review_purpose = "review link 1";

template<class T>
std::optional<T> id_behind(std::string_view prefix, std::string_view key) {
  if (!key.starts_with(prefix)) return std::nullopt;
  const auto digits = key.substr(prefix.size());
  T id;
  const auto* const end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, id.value);
  if (parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
  return id;
}

// The random code is in the Message-ID: what it is made of stands nowhere else.
Reminder row_of(ReminderKey key, ReminderReason reason, Instant due, Instant expires, const std::string& code,
                std::string_view domain) {
  Reminder row;
  row.key = std::move(key);
  row.reason = reason;
  row.due = due;
  row.expires = expires;
  row.message_id = stable_message_id(code, row.key, domain);
  return row;
}

}  // namespace

std::string submission_key(SubmissionId id) {
  return std::string(submission_prefix) + std::to_string(id.value);
}
std::optional<SubmissionId> submission_of_key(std::string_view key) {
  return id_behind<SubmissionId>(submission_prefix, key);
}
std::string reviewer_key(ReviewerId id) {
  return std::string(reviewer_prefix) + std::to_string(id.value);
}
std::optional<ReviewerId> reviewer_of_key(std::string_view key) {
  return id_behind<ReviewerId>(reviewer_prefix, key);
}

std::string submission_token(std::string_view key, std::string_view code) {
  return sign_text(key, submission_purpose, code);
}
std::optional<std::string> submission_code(std::string_view key, std::string_view token) {
  return verified_text(key, submission_purpose, token);
}
std::string review_token(std::string_view key, std::string_view code) {
  return sign_text(key, review_purpose, code);
}
std::optional<std::string> review_code(std::string_view key, std::string_view token) {
  return verified_text(key, review_purpose, token);
}

Reminder submission_mail(const Submission& submission, ReminderReason reason, std::string what, Instant due,
                         Instant expires, std::string_view message_domain) {
  return row_of({submission.event, std::move(what), std::string(name_of(reason)), submission_key(submission.id)},
                reason, due, expires, submission.code, message_domain);
}

Reminder review_mail(const Reviewer& reviewer, ReminderReason reason, std::string what, Instant due,
                     Instant expires, std::string_view message_domain) {
  return row_of({reviewer.event, std::move(what), std::string(name_of(reason)), reviewer_key(reviewer.id)},
                reason, due, expires, reviewer.code, message_domain);
}

}  // namespace convoke::notify
