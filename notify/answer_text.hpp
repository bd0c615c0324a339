// What mails say of answers: to the one who controls, that somebody is done, asks for more time, named a day;
// to the one who answered, what was decided. Pure.
#pragma once

#include "model/answer.hpp"
#include "model/event.hpp"
#include "model/person.hpp"
#include "notify/mail_template.hpp"
#include "notify/message.hpp"

#include <string>
#include <vector>

namespace convoke::notify {

// `to`: what the one is called whom the work was handed over to. `links` are the reader's.
MailText write_answer(const Answer& answer, const std::string& to, const Event& event, const Person& reader,
                      const MailSettings& settings, const TemplateText& text, std::vector<Button> links);
MailText write_decision(const Answer& answer, const Event& event, const Person& reader,
                        const MailSettings& settings, const TemplateText& text, std::vector<Button> links);

}  // namespace convoke::notify
