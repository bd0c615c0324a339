// The texts of mails as an association wants them: read, checked, tried on a real event, kept, put back.
#pragma once

#include "base/deferred.hpp"
#include "model/delivery.hpp"
#include "model/ids.hpp"
#include "model/language.hpp"
#include "model/reminder.hpp"
#include "notify/mail_places.hpp"
#include "notify/mail_template.hpp"
#include "service/context.hpp"

#include <string>
#include <vector>

namespace convoke::service {

// Which text: of an association (0: of all that have none of their own), of a kind of mail, in a language.
struct MailTextKey {
  OrganisationId organisation;
  ReminderReason kind = ReminderReason::upcoming;
  Language language = Language::uk;
};

struct MailTextState {
  MailTextKey key;
  bool own = false;           // not the shipped one, nor that of all associations
  notify::TemplateText text;  // in force
};

// Every kind in every language, in the order of the kinds. Errors: forbidden; storage_unavailable.
Deferred<std::vector<MailTextState>> list_mail_texts(Context& context, Actor actor,
                                                     OrganisationId organisation);
// Errors: forbidden; not_found for a kind that is no mail.
Deferred<MailTextState> mail_text(Context& context, Actor actor, MailTextKey key);

// Keeps it; the warnings that are left. Errors: invalid_input naming the first place that is wrong and where
// it stands; those of mail_text().
Deferred<std::vector<notify::TemplateProblem>> save_mail_text(Context& context, Actor actor, MailTextKey key,
                                                              notify::TemplateText text);
// Back to the shipped text; false when it was that already. Errors: those of mail_text().
Deferred<bool> reset_mail_text(Context& context, Actor actor, MailTextKey key);

// The text as the mail would read about the association's next event (an invented one when there is none).
struct MailTextPreview {
  std::string subject, text, html;
};
Deferred<MailTextPreview> preview_mail_text(Context& context, Actor actor, MailTextKey key,
                                            notify::TemplateText text);

// One line for a person, in English: "{user.name} in the text, line 3, column 5: there is no such place".
std::string describe(const notify::TemplateProblem& problem);

}  // namespace convoke::service
