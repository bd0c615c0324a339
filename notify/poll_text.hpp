// What mails about date polls say. Pure.
#pragma once

#include "model/event.hpp"
#include "model/person.hpp"
#include "model/poll.hpp"
#include "notify/mail_template.hpp"
#include "notify/message.hpp"

#include <string>
#include <vector>

namespace convoke::notify {

// "середа, 12 листопада 2026 року, 10:00–12:00"
std::string poll_day_text(const PollDay& one, Language language);
// The last day on which the poll is open, where the event is.
Date last_poll_day(const Poll& poll, const Event& event);

// `again`: the reader was asked before and has not answered.
MailText write_date_poll(const Poll& poll, const Event& event, bool again, const Person& reader,
                         const MailSettings& settings, const TemplateText& text, const std::string& url);

// To whoever keeps the poll, at its deadline. `page`: where the day is chosen.
MailText write_date_poll_result(const Poll& poll, const std::vector<PollVoice>& voices, const Event& event,
                                const Person& reader, const MailSettings& settings, const TemplateText& text,
                                const std::string& page);

}  // namespace convoke::notify
