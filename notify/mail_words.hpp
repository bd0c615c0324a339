// The words of the mails in the four languages, in one table for a linguist. {…} are the places that are
// filled: {when} "in 3 days", {date} a date, {title}, {name}, {association}.
#pragma once

#include "model/language.hpp"

#include <string>
#include <string_view>

namespace convoke::notify {

struct MailWords {
  std::string_view greeting, greeting_nameless;
  std::string_view upcoming_subject, deadline_subject, fix_date_subject;
  std::string_view upcoming_lead, deadline_lead, fix_date_lead, fix_date_begun_lead;
  std::string_view upcoming_request, deadline_request, fix_date_request;  // to tell whoever keeps the plan
  std::string_view upcoming_reply, deadline_reply, fix_date_reply;  // the same, when a reply reaches them
  std::string_view what, when, place, online, role, together;
  std::string_view leads, assists;  // the recipient's role
  std::string_view attachment;
  std::string_view footer;
};

const MailWords& mail_words(Language language);

// "сьогодні", "завтра", "через 3 дні", "через 5 дней", "праз 2 дні", "in 3 days". Precondition: days >= 0.
std::string in_days(int days, Language language);

}  // namespace convoke::notify
