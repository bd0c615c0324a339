// What waits for one person, in one mail.
#pragma once

#include "notify/composer.hpp"
#include "notify/mail_template.hpp"

#include <vector>

namespace convoke::notify {

// One thing that a digest tells of.
struct DigestEntry {
  Reminder row;
  Event event;
  std::vector<Button> answers;
  bool controls = false;  // it is told to the head of the section or the chair
};

// Pure. Entries stand in the order of the days they speak of; of several about the same only the latest.
MailText write_digest(std::vector<DigestEntry> entries, const Person& reader, const MailSettings& settings,
                      const TemplateText& text, const std::string& choice_url, Instant now);

// Takes in what gathered_for() finds: superseded with it when it is sent. Superseded itself when there is
// nothing to say, or when the reader is on leave and a deputy gets the mails.
Composition compose_digest(const Composing& composing);

}  // namespace convoke::notify
