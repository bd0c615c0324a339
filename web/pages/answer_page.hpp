// The page behind a link in a mail: one question, one button, only the fields that it needs; afterwards what
// happens next. Made for a phone held in one hand.
#pragma once

#include "service/answers.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>

namespace convoke::web {

struct AnswerPage {
  const service::LinkView* link = nullptr;
  service::AnswerForm entered;  // shown again when there is a problem
  std::optional<service::AnswerProblem> problem;
  bool stored = false;  // by the request that this page answers
  bool waits = false;   // for a decision
};

// `frame.address` is the page's own: where its form goes.
std::string render_answer(const AnswerPage& page, const Frame& frame);

// A link that acts no more (`expired`), or that we never gave away.
std::string render_no_answer(bool expired, const Frame& frame);

// What an answer says, in a few words: "asks for another date: 20 November 2026".
std::string answer_text(const Answer& answer, const std::string& to, Language language);
// "approved", "sent back", "waits for a decision"; empty where there is nothing to decide.
std::string decision_text(const Answer& answer, Language language);

}  // namespace convoke::web
