// How mails about a call for papers find their readers, and the links that they have: an author's to one
// paper, a reviewer's to those that were given to them. Each is signed and holds a random code, and opens
// nothing else.
#pragma once

#include "model/reminder.hpp"
#include "model/submission.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace convoke::notify {

inline constexpr std::string_view submission_link_path = "/call/link/", review_link_path = "/review/";

// "submission:12" and "reviewer:3", the recipients of the mails.
std::string submission_key(SubmissionId id);
std::optional<SubmissionId> submission_of_key(std::string_view key);
std::string reviewer_key(ReviewerId id);
std::optional<ReviewerId> reviewer_of_key(std::string_view key);

// What follows the path in the address; `key`: that of the other links (notify/answer_links.hpp).
std::string submission_token(std::string_view key, std::string_view code);
// The code in a token of ours; nothing for any other text. So for reviewers.
std::optional<std::string> submission_code(std::string_view key, std::string_view token);
std::string review_token(std::string_view key, std::string_view code);
std::optional<std::string> review_code(std::string_view key, std::string_view token);

// A mail that leaves at `due` and is of use until `expires`. `what` tells it from others of its reason: the
// same is queued once.
Reminder submission_mail(const Submission& submission, ReminderReason reason, std::string what, Instant due,
                         Instant expires, std::string_view message_domain);
Reminder review_mail(const Reviewer& reviewer, ReminderReason reason, std::string what, Instant due,
                     Instant expires, std::string_view message_domain);

}  // namespace convoke::notify
