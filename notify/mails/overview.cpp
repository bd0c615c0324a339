#include "notify/mails/overview.hpp"

#include "base/time_zone.hpp"
#include "notify/bulk_mail.hpp"
#include "notify/digest_times.hpp"
#include "notify/mail_texts.hpp"
#include "notify/mails/reader.hpp"
#include "notify/overview.hpp"

#include <utility>

namespace convoke::notify {

Composition compose_overview(const Composing& composing) {
  const Reminder& row = composing.row;
  const auto organisation = organisation_of_overview(row.key);
  if (!organisation) return Composition::dropped(ReminderState::superseded, "of no association");
  const auto own = composing.unit.organisations().find(*organisation);
  // Stands for the association where a reader is looked for by an event.
  Event event;
  event.organisation = *organisation;
  event.zone = own ? own->zone : Organisation{}.zone;
  auto reader = reader_of(composing, event);
  if (reader.instead) return std::move(*reader.instead);
  auto overview = overview_of(composing.unit, *organisation, composing.now, event.zone);
  if (overview.empty()) return Composition::dropped(ReminderState::superseded, "nothing to tell");
  Composition one;
  one.kind = Composition::Kind::send;
  one.write = [overview = std::move(overview), row, reader = std::move(reader.person),
               settings = signed_by(composing, event),
               text = text_of(composing.unit, *organisation, row.reason, reader.person.language),
               now = composing.now] {
    return bulk_mail(write_overview(overview, reader, settings, text), reader, settings,
                     unsubscribe_links(settings, row.key.recipient), row.message_id, now);
  };
  return one;
}

}  // namespace convoke::notify
