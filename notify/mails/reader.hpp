// Who reads a mail: what every kind that is addressed by a recipient key asks first.
#pragma once

#include "model/event.hpp"
#include "notify/composer.hpp"

#include <optional>

namespace convoke::notify {

struct Reader {
  std::optional<Composition> instead;  // what to do when this row is sent to nobody
  Person person;                       // else: whom it is for
};

// Missed or failed when it is too late; what stands for others (an office, a group, a name, somebody on
// leave) is spread over one row for each of them; without an address the row waits for one, for somebody may
// still enter it in time. An `event` without an id: the mail is about none.
Reader reader_of(const Composing& composing, const Event& event);

// The settings, signed by the event's own association.
MailSettings signed_by(const Composing& composing, const Event& event);

}  // namespace convoke::notify
