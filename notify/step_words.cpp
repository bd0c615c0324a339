#include "notify/step_words.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "calendar/period_format.hpp"
#include "notify/event_words.hpp"
#include "notify/mail_words.hpp"
#include "notify/planner.hpp"

#include <algorithm>

namespace convoke::notify {

std::string step_line(const Reminder& reminder, const Event& event, Language language, Instant now) {
  const Date today = civil_date(now, zone_of(event));
  const Date target = target_day(reminder, event, today);
  const int left = static_cast<int>((to_days(target) - to_days(today)).count());
  const std::string period = calendar::format_period(event.period, language);
  const std::string date = calendar::format_period(make_dated(target), language);
  switch (reminder.reason) {
    case ReminderReason::deadline:
      return worded(MailWord::line_deadline, language, {{"when", in_days(left, language)}, {"date", date}});
    case ReminderReason::fix_date:
      return worded(MailWord::line_fix_date, language, {{"period", period}});
    case ReminderReason::check_in:
      return worded(MailWord::line_check_in, language, {{"period", period}});
    case ReminderReason::overdue:
      return worded(MailWord::line_overdue, language,
                    {{"days", counted(std::max(-left, 1), MailWord::days, language)}, {"date", date}});
    default:
      break;
  }
  return worded(MailWord::line_upcoming, language,
                {{"When", capitalise(in_days(left, language))}, {"period", period}});
}

}  // namespace convoke::notify
