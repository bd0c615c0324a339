// The links in mails that act without a sign-in: each for one purpose, one person, one item, for a time.
// Opening one shows a page with one button; only the button acts (mail scanners follow links).
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "model/ids.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace convoke::notify {

enum class LinkPurpose {
  acknowledge,
  done,
  postpone,
  hand_over,
  name_day,
  accept,
  decline,
  decide,       // of the one who controls: approve or send back `answer`
  confirm,      // a subscription: who asked was you
  unsubscribe,  // never expires (threats section 5)
};
inline constexpr std::size_t link_purpose_count = 10;
std::string_view name_of(LinkPurpose purpose);
std::optional<LinkPurpose> link_purpose_of(std::string_view name);

struct AnswerLink {
  LinkPurpose purpose = LinkPurpose::acknowledge;
  EventId event;           // 0 for subscriptions
  std::string occurrence;  // as in model/answer.hpp
  std::string who;         // the recipient key it was sent to: "person:12"; "subscriber:4" for subscriptions
  AnswerId answer;         // of decide
  std::optional<Instant> expires;

  bool operator==(const AnswerLink&) const = default;
};

// How long a link acts after its mail was due.
inline constexpr std::chrono::hours link_lifetime{24 * 60};
// The name that the key has among db::Secrets.
inline constexpr std::string_view link_key_name = "answer_links";

// What follows "/answer/" in the address. Precondition: `who` and `occurrence` have no line break.
std::string token_of(std::string_view key, const AnswerLink& link);
// Errors: not_found for what we never signed; gone when it has expired at `now`.
Result<AnswerLink> read_link(std::string_view key, std::string_view token, Instant now);

// "https://plans.example.org/answer/…"
std::string answer_url(std::string_view base_url, std::string_view key, const AnswerLink& link);

// Where the links of mails about date polls lead (notify/poll_links.hpp).
inline constexpr std::string_view poll_path = "/poll/";
// Where those of mails about accounts lead (notify/account_links.hpp).
inline constexpr std::string_view invitation_path = "/invitation/", sign_in_link_path = "/login/link/";

// The same text with the token of every link that acts cut out: what may be stored and shown to others.
std::string without_tokens(std::string_view text);

}  // namespace convoke::notify
