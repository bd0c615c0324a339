// What mails about registrations say. Pure.
#pragma once

#include "model/event.hpp"
#include "model/registration.hpp"
#include "notify/mail_template.hpp"
#include "notify/message.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace convoke::notify {

struct RegistrationMail {
  Event event;  // with the address for those who are registered, if the reader is
  Registration registration;
  std::vector<std::string> people;  // all of the party, the reader first
  std::string url;                  // of the link; empty: none
  std::string file;                 // name of the attached calendar file; empty: none
  std::string ticket;               // name of the attached ticket, or of the first of several; empty: none
  std::string certificate;          // numbers of those that are given: "12/2026"; empty: none
  std::string news;                 // of a change: until when one may register now; empty: the event changed

  RegistrationMail() = default;
};

MailText write_registration(ReminderReason reason, const RegistrationMail& mail, const MailSettings& settings,
                            const TemplateText& text);

// What those who are registered are to know of the event, in a few characters: another text means that it has
// changed for them.
std::string known_of(const Event& event, const RegistrationForm& form);

// "14 November 2026, 10:00", local to the event.
std::string moment_text(Instant at, const std::string& zone, Language language);

}  // namespace convoke::notify
