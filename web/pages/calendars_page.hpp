// A person's own calendars: those there are, a form for one more, and the address of a new one, shown once.
#pragma once

#include "service/personal_calendars.hpp"
#include "web/pages/account_pages.hpp"
#include "web/pages/frame.hpp"

#include <string>
#include <vector>

namespace convoke::web {

struct CalendarsView {
  std::vector<PersonalCalendar> calendars;  // newest first, revoked ones among them
  Instant now{};
  std::string zone;
  // The form, as it was entered.
  std::string name;
  PersonalScope scope = PersonalScope::responsible;
  calendar::FeedQuery query;
  FormState state;
};
std::string render_calendars(const Frame& frame, const CalendarsView& view);

// `path`: "/feeds/p/….ics".
std::string render_calendar_made(const Frame& frame, const std::string& name, const std::string& path);

}  // namespace convoke::web
