// Which links that act a mail carries: one table of reasons, so that every mail of a reason offers the same
// steps, whoever writes its words.
#pragma once

#include "model/answer.hpp"
#include "model/event.hpp"
#include "model/language.hpp"
#include "model/reminder.hpp"
#include "notify/answer_links.hpp"
#include "notify/message.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::notify {

// Rows that an answer causes are keyed "answer/<its number>", under these rules.
inline constexpr std::string_view decide_rule = "answer.decide";     // reason answer: it waits for a decision
inline constexpr std::string_view told_rule = "answer.told";         // reason answer: only to be known
inline constexpr std::string_view decision_rule = "answer.decided";  // reason decision
inline constexpr std::string_view taken_rule = "answer.taken";  // to the one to whom work was handed over

std::string occurrence_of(AnswerId answer);                      // "answer/17"
std::optional<AnswerId> answer_of(std::string_view occurrence);  // nullopt for an occurrence of another kind

// The occurrence that an answer to `reminder` is about (model/answer.hpp): "" for an event that does not
// repeat.
std::string answered_occurrence(const Event& event, const Reminder& reminder);

struct MailLink {
  LinkPurpose purpose = LinkPurpose::acknowledge;
  std::string url;
};

// The links of the mail that `reminder` is, for the recipient `who` ("person:12", "account:5"), the most
// likely step first. They act until link_lifetime after the mail was due. `about`: the answer that a mail of
// the reasons answer and decision is about. Empty when `settings` have no key or no address for them, and for
// reasons that ask nothing. Pure.
std::vector<MailLink> links_of(const Reminder& reminder, const Event& event, std::string_view who,
                               const MailSettings& settings, const Answer* about = nullptr);

// The same as a mail shows them.
std::vector<Button> answer_buttons(const std::vector<MailLink>& links, Language language);

}  // namespace convoke::notify
