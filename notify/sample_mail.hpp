// A mail of any kind as it would read today: for whoever edits its text.
#pragma once

#include "model/event.hpp"
#include "model/language.hpp"
#include "notify/mail_template.hpp"
#include "notify/message.hpp"

#include <optional>

namespace convoke::notify {

// About `event`, to an invented reader, with links that lead nowhere. Pure. Precondition: `kind` is a mail.
MailText sample_mail(ReminderReason kind, Language language, const TemplateText& text, const Event& event,
                     const MailSettings& settings, Instant now);

// An invented event three days from `today`, for when there is none to show.
Event sample_event(Language language, Date today);

}  // namespace convoke::notify
