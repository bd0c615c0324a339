// What the pages of signed-in people say that depends on more than a template: what is wrong with a form, how
// long ago something was, what a personal calendar shows.
#pragma once

#include "base/clock.hpp"
#include "model/account.hpp"
#include "model/language.hpp"

#include <chrono>
#include <string>

namespace convoke::web {

enum class FormProblem {
  wrong_password,  // or login: nobody is told which (threats B1)
  too_many_tries,
  busy,
  login,
  name,
  password_short,
  password_long,
  password_known,
  passwords_differ,
  old_password,
  wrong_code,
  calendar_name,
  calendar_filters,
  calendars_full,
  unclear,
};
// `wait`: of too_many_tries.
std::string problem_text(FormProblem problem, Language language, std::chrono::seconds wait = {});

// "just now", "9 hours ago", "3 days ago"
std::string ago_text(std::chrono::seconds past, Language language);
// "Google Calendar read it 9 hours ago" or "never read yet"
std::string last_read_text(const PersonalCalendar& calendar, Instant now, Language language);

// "What I am responsible for"
std::string scope_text(PersonalScope scope, Language language);
std::string role_text(AccountRole role, Language language);
// "Meeting · with alarms"; empty for a calendar without further filters.
std::string filters_text(const std::string& query, Language language);

}  // namespace convoke::web
