// The texts of the mails: the ones the program ships with (notify/templates/<language>/<kind>.txt), and those
// that an association has put in their place.
#pragma once

#include "base/embedded.hpp"
#include "db/unit.hpp"
#include "model/ids.hpp"
#include "model/language.hpp"
#include "model/reminder.hpp"
#include "notify/mail_template.hpp"

#include <span>

namespace convoke::notify {

// The files of a language, as built in.
std::span<const EmbeddedFile> mail_files(Language language);

// Precondition: `kind` is a mail (not `hook`).
TemplateText shipped_text(ReminderReason kind, Language language);

// The association's own text, else that of all associations (organisation 0), else the shipped one.
TemplateText text_of(db::Unit& unit, OrganisationId organisation, ReminderReason kind, Language language);

}  // namespace convoke::notify
