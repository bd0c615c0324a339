#include "notify/message.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "calendar/feed.hpp"
#include "calendar/period_format.hpp"
#include "notify/event_words.hpp"
#include "notify/mail_texts.hpp"
#include "notify/mail_words.hpp"
#include "notify/outgoing.hpp"
#include "notify/planner.hpp"

#include <algorithm>
#include <utility>

namespace convoke::notify {
namespace {

constexpr std::string_view file_name = "event.ics";

bool brings_calendar(ReminderReason reason) {
  return reason == ReminderReason::upcoming || reason == ReminderReason::deadline ||
         reason == ReminderReason::fix_date;
}

std::string calendar_file(const Reminder& reminder, const Event& event, const Person& person,
                          const MailSettings& settings, const calendar::EventContext& context) {
  if (!brings_calendar(reminder.reason)) return {};
  calendar::FeedView view;
  view.language = person.language;
  view.base_url = settings.base_url;
  return calendar::single_event_file(event, view, context);
}

// "in 3 days, on 14 November", or how long ago it was.
void set_days(MailValues& values, const Reminder& reminder, const Event& event, Language language,
              Date today) {
  const Date target = target_day(reminder, event, today);
  const int left = static_cast<int>((to_days(target) - to_days(today)).count());
  const std::string date = calendar::format_period(make_dated(target), language);
  if (reminder.reason == ReminderReason::overdue) {
    values.set("days", counted(std::max(-left, 1), MailWord::days, language));
    values.set("date", date);
    return;
  }
  if (reminder.reason == ReminderReason::fix_date && left < 0) {
    values.set("begun", date);
    return;
  }
  const std::string when = in_days(left, language);
  values.set("when", when);
  values.set("When", capitalise(when));
  values.set("days", counted(std::max(left, 0), MailWord::days, language));
  values.set("date", date);
}

MailText write_with(const Reminder& reminder, const Event& whole, const Person& person,
                    const MailSettings& settings, Instant now, const MailForm& form, bool has_file) {
  const Event event = as_reminded(whole, reminder);
  MailValues values;
  set_event(values, event, person, settings);
  set_days(values, reminder, event, person.language, civil_date(now, zone_of(event)));
  if (form.controls) {
    values.set("who", responsible_names(event));
  } else if (!form.answers.empty()) {
    values.set("answers", std::vector<Block>{Buttons{form.answers}});
  }
  if (has_file) values.set("file", file_name);
  return fill_template(form.text ? *form.text : shipped_text(reminder.reason, person.language),
                       reminder.reason, values);
}

// Letters, digits, hyphens and single dots: what may stand in a List-Id (RFC 2919 section 3, 255 bytes with
// the label).
bool is_host_name(std::string_view host) {
  constexpr std::size_t longest = 240;
  if (host.empty() || host.size() > longest || host.front() == '.' || host.back() == '.') return false;
  if (host.find("..") != std::string_view::npos) return false;
  return std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
}

}  // namespace

MailText write_mail(const Reminder& reminder, const Event& event, const Person& person,
                    const MailSettings& settings, Instant now, const MailForm& form) {
  return write_with(reminder, event, person, settings, now, form,
                    !calendar_file(reminder, event, person, settings, form.context).empty());
}

std::string list_id_of(const MailSettings& settings) {
  std::string_view host = settings.base_url;
  const auto scheme = host.find("://");
  host = scheme == std::string_view::npos ? std::string_view{} : host.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  if (!host.starts_with('[')) host = host.substr(0, host.find(':'));
  const auto& sender = settings.from.address;
  for (const std::string_view name : {host, std::string_view(sender).substr(sender.find('@') + 1)})
    if (is_host_name(name)) return "reminders." + to_lower(name);
  return "reminders.localhost";
}

MimeParts mail_parts(const MailText& mail, const Mailbox& to, Language language, const MailSettings& settings,
                     std::string_view message_id, Instant now) {
  MimeParts parts;
  parts.from = settings.from;
  if (parts.from.name.empty()) parts.from.name = settings.association;
  parts.reply_to = settings.reply_to;
  parts.list_name = settings.association;
  parts.list_id = list_id_of(settings);
  parts.to = to;
  parts.subject = mail.subject;
  parts.message_id = sound_message_id(message_id, settings.from.address);
  parts.date = now;
  parts.text = render_text(mail.blocks);
  parts.html = render_html(mail.blocks, language);
  return parts;
}

OutgoingMail render_mail(const Reminder& reminder, const Event& event, const Person& person,
                         const MailSettings& settings, Instant now, const MailForm& form) {
  std::string file = calendar_file(reminder, event, person, settings, form.context);
  const MailText mail = write_with(reminder, event, person, settings, now, form, !file.empty());
  MimeParts parts =
      mail_parts(mail, {person.name, person.email}, person.language, settings, reminder.message_id, now);
  parts.calendar = std::move(file);
  return as_outgoing(parts);
}

}  // namespace convoke::notify
