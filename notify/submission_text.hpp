// What mails about a call for papers say. Pure.
#pragma once

#include "model/event.hpp"
#include "model/submission.hpp"
#include "notify/mail_template.hpp"
#include "notify/message.hpp"

#include <string>

namespace convoke::notify {

struct SubmissionMail {
  Event event;
  std::string name, email;  // of the reader
  Language language = Language::uk;
  std::string paper;  // title of the author's paper; empty for reviewers
  std::string note;   // of the organiser, with a decision
  std::string until;  // a deadline as a moment in words; empty: none
  std::string count;  // how many papers wait for the reviewer
  std::string url;    // of the link; empty: none

  SubmissionMail() = default;
};

MailText write_submission(ReminderReason reason, const SubmissionMail& mail, const MailSettings& settings,
                          const TemplateText& text);

}  // namespace convoke::notify
