// The mail that tells organisers of a neighbour's calendar that cannot be read any more: what happened, that
// nothing is lost, where to look.
#pragma once

#include "model/language.hpp"
#include "model/source.hpp"
#include "notify/message.hpp"

#include <string>

namespace convoke::notify {

struct SourceMailReader {
  Mailbox mailbox;
  Language language = Language::uk;
};

// What it says of `source`, times in `zone`. Pure.
MailText write_source_mail(const CalendarSource& source, const MailSettings& settings, Language language,
                           const std::string& zone);

// The same as bytes to send. Its Message-ID is that of this break, this reader and the day. Precondition: the
// addresses pass is_mail_address.
OutgoingMail render_source_mail(const CalendarSource& source, const SourceMailReader& reader,
                                const MailSettings& settings, const std::string& zone, Instant now);

}  // namespace convoke::notify
