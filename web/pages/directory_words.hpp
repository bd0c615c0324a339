// What the pages of the directory say that depends on more than a template.
#pragma once

#include "model/roster.hpp"
#include "service/directory.hpp"
#include "web/i18n.hpp"

#include <optional>
#include <string>

namespace convoke::web {

// What is wrong with a form of the directory.
enum class DirectoryProblem {
  name,            // of a person, an office or a group
  address,         // no e-mail address
  unknown_person,  // nobody of this name
  namesakes,       // several people of this name
  days,            // the last before the first, or none where one is needed
  deputy,          // stands in for themself
  taken,           // the association has an office of this name
  full,
  changed,  // by somebody else meanwhile
  other,
};
std::string problem_text(DirectoryProblem problem, Language language);

// "no address": for a chip.
std::string trouble_text(service::Unreached why, Language language);
// "Mail to olena@example.org came back." `email`: of the person, if there is one.
std::string reason_text(service::Unreached why, const std::string& email, Language language);

std::string kind_text(RosterKind kind, Language language);
std::string duty_text(Duty duty, Language language);
std::string rhythm_text(MailRhythm rhythm, Language language);

// "since 1 May 2026", "until 3 June 2026", "1 May 2026 – 3 June 2026", "always"
std::string tenure_text(const std::optional<Date>& first, const std::optional<Date>& last, Language language);

}  // namespace convoke::web
