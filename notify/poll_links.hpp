// The links in mails about date polls: each for one poll and one person, for a time. Opening one shows the
// days; only the button answers. And the rows of those mails in the queue.
#pragma once

#include "db/unit.hpp"
#include "model/event.hpp"
#include "model/poll.hpp"
#include "model/reminder.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace convoke::notify {

struct PollLink {
  PollId poll;
  std::string who;  // the recipient key: "person:12"
  Instant expires{};

  bool operator==(const PollLink&) const = default;
};

// How long behind its deadline a poll can still be looked at: what came of it is asked later, too.
inline constexpr std::chrono::hours poll_link_outlives{24 * 30};

// What follows "/poll/" in the address. Precondition: `who` has no line break.
std::string poll_token(std::string_view key, const PollLink& link);
// Errors: not_found for what we never signed as such a link; gone when it has expired at `now`.
Result<PollLink> read_poll_link(std::string_view key, std::string_view token, Instant now);
// "https://plans.example.org/poll/…"
std::string poll_url(std::string_view base_url, std::string_view key, const PollLink& link);

// Rows are keyed "poll/<its number>", under these rules.
inline constexpr std::string_view poll_asked_rule = "poll.asked";    // reason date_poll
inline constexpr std::string_view poll_again_rule = "poll.again";    // the same: no answer yet
inline constexpr std::string_view poll_result_rule = "poll.result";  // reason date_poll_result
std::string occurrence_of(PollId poll);
std::optional<PollId> poll_of(std::string_view occurrence);  // nullopt for an occurrence of another kind

// Queues the mail to everybody of `poll` (or, `again`, to `who` alone); of the result to whoever keeps it, at
// the deadline. In a write only.
void queue_poll_mail(db::Unit& unit, const Poll& poll, const Event& event, std::string_view rule,
                     const std::string& who, std::string_view message_domain, Instant now);

}  // namespace convoke::notify
