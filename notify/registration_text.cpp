#include "notify/registration_text.hpp"

#include "base/digest.hpp"
#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "calendar/period_format.hpp"
#include "notify/event_words.hpp"
#include "notify/mail_words.hpp"
#include "notify/planner.hpp"

namespace convoke::notify {
namespace {

Person reader_of(const Registration& registration) {
  Person reader;
  reader.name = registration.name;
  reader.email = registration.email;
  reader.language = registration.language;
  return reader;
}

MailWord button_of(ReminderReason reason, const RegistrationMail& mail) {
  if (!mail.certificate.empty()) return MailWord::my_certificate;
  const bool asks =
      reason == ReminderReason::registration_confirm || reason == ReminderReason::registration_nudge;
  return asks ? MailWord::confirm_registration : MailWord::my_registration;
}

}  // namespace

std::string known_of(const Event& event, const RegistrationForm& form) {
  const auto& period = event.period;
  std::string text = event.title + "\n" + event.place + "\n" + event.online_url + "\n" + form.join_url +
                     "\n" + std::string(event.status == EventStatus::cancelled ? "cancelled" : "") + "\n";
  if (period.first) text += format_iso(*period.first);
  if (period.last) text += "/" + format_iso(*period.last);
  if (period.time) text += " " + format_iso(*period.time);
  if (period.end_time) text += "-" + format_iso(*period.end_time);
  constexpr std::size_t digits = 12;
  return hex_of(digest_of(text)).substr(0, digits);
}

std::string moment_text(Instant at, const std::string& zone, Language language) {
  const auto civil = to_civil(at, zone);
  return calendar::format_date(civil.date, language) + ", " +
         format_iso(std::chrono::floor<std::chrono::minutes>(civil.time));
}

MailText write_registration(ReminderReason reason, const RegistrationMail& mail, const MailSettings& settings,
                            const TemplateText& text) {
  const auto& registration = mail.registration;
  const Language language = registration.language;
  MailValues values;
  set_event(values, mail.event, reader_of(registration), settings);
  values.set("format", mail_word(registration.format == AttendanceFormat::hall ? MailWord::in_the_hall
                                                                               : MailWord::online,
                                 language));
  if (registration.held_until)
    values.set("until", moment_text(*registration.held_until, zone_of(mail.event), language));
  if (mail.people.size() > 1) values.set("people", join(mail.people, "; "));
  values.set("file", mail.file);
  values.set("ticket", mail.ticket);
  values.set("news", mail.news);
  values.set("certificate", mail.certificate);
  const bool cancelled = mail.event.status == EventStatus::cancelled;
  if (mail.news.empty())
    values.set(cancelled ? "called_off" : "changed", calendar::format_period(mail.event.period, language));
  if (!mail.url.empty())
    values.set("answers", std::vector<Block>{
                              Buttons{{{std::string(mail_word(button_of(reason, mail), language)), mail.url}}}});
  return fill_template(text, reason, values);
}

}  // namespace convoke::notify
