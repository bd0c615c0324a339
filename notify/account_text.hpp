// What the mails about accounts say. Pure.
#pragma once

#include "base/date.hpp"
#include "notify/mail_template.hpp"
#include "notify/message.hpp"

#include <string>

namespace convoke::notify {

struct AccountMail {
  std::string name, address;  // whose account it is, and what it is called
  std::string inviter;        // may be empty
  std::string url;            // of the link
  Date last{};                // the day on which it ends

  AccountMail(std::string n, std::string a, std::string i, std::string u, Date l)
      : name(std::move(n)), address(std::move(a)), inviter(std::move(i)), url(std::move(u)), last(l) {}
};

MailText write_account_invitation(const AccountMail& mail, Language language, const MailSettings& settings,
                                  const TemplateText& text);
MailText write_sign_in(const AccountMail& mail, Language language, const MailSettings& settings,
                       const TemplateText& text);

}  // namespace convoke::notify
