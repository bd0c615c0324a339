#include "notify/poll_text.hpp"

#include "base/time_zone.hpp"
#include "calendar/period_format.hpp"
#include "notify/event_words.hpp"
#include "notify/mail_words.hpp"
#include "notify/planner.hpp"

#include <algorithm>
#include <utility>

namespace convoke::notify {
namespace {

std::vector<Block> button(MailWord word, const std::string& url, Language language) {
  if (url.empty()) return {};
  return {Buttons{{{std::string(mail_word(word, language)), url}}}};
}

}  // namespace

std::string poll_day_text(const PollDay& one, Language language) {
  return calendar::format_weekday(one.day, language) + ", " +
         calendar::format_period(make_dated(one.day, one.time, one.end_time), language);
}

Date last_poll_day(const Poll& poll, const Event& event) {
  return civil_date(poll.deadline - std::chrono::seconds{1}, zone_of(event));
}

MailText write_date_poll(const Poll& poll, const Event& event, bool again, const Person& reader,
                         const MailSettings& settings, const TemplateText& text, const std::string& url) {
  const Language language = reader.language;
  MailValues values;
  set_event(values, event, reader, settings);
  values.set(again ? "again_by" : "asked_by",
             poll.keeper_name.empty() ? settings.association : poll.keeper_name);
  values.set("note", poll.note);
  values.set("date", calendar::format_date(last_poll_day(poll, event), language));
  NumberedList days;
  days.label = mail_word(MailWord::poll_days, language);
  for (const auto& one : poll.days) days.items.push_back(poll_day_text(one, language));
  values.set("days", std::vector<Block>{std::move(days)});
  values.set("answers", button(MailWord::poll_answer, url, language));
  return fill_template(text, ReminderReason::date_poll, values);
}

MailText write_date_poll_result(const Poll& poll, const std::vector<PollVoice>& voices, const Event& event,
                                const Person& reader, const MailSettings& settings, const TemplateText& text,
                                const std::string& page) {
  const Language language = reader.language;
  const auto answered = std::count_if(voices.begin(), voices.end(),
                                      [](const PollVoice& one) { return one.answered.has_value(); });
  const auto tallies = tally_of(poll, voices);
  MailValues values;
  set_event(values, event, reader, settings);
  values.set("answered", std::to_string(answered));
  values.set("asked", std::to_string(voices.size()));
  if (answered > 0) values.set("best", poll_day_text(poll.days.at(ranked(tallies).front()), language));
  Facts days;
  for (std::size_t i = 0; i < tallies.size(); ++i)
    days.rows.push_back({poll_day_text(poll.days[i], language),
                         worded(MailWord::poll_tally, language,
                                {{"yes", std::to_string(tallies[i].yes)},
                                 {"maybe", std::to_string(tallies[i].if_need_be)},
                                 {"no", std::to_string(tallies[i].no)}}),
                         false});
  values.set("days", std::vector<Block>{std::move(days)});
  values.set("answers", button(MailWord::poll_choose, page, language));
  return fill_template(text, ReminderReason::date_poll_result, values);
}

}  // namespace convoke::notify
