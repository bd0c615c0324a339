// What a mail says that asks somebody to register. Pure.
#pragma once

#include "model/event.hpp"
#include "model/registration_invitation.hpp"
#include "notify/mail_template.hpp"
#include "notify/message.hpp"

#include <string>

namespace convoke::notify {

struct RegistrationInvitationMail {
  Event event;
  RegistrationInvitation invitation;
  bool again = false;
  std::string until;  // the last moment to register, in words; empty: not known
  std::string url;    // of the link; empty: none

  RegistrationInvitationMail() = default;
};

MailText write_registration_invitation(const RegistrationInvitationMail& mail, const MailSettings& settings,
                                       const TemplateText& text);

}  // namespace convoke::notify
