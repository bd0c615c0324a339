#include "notify/mails/reader.hpp"

#include "base/time_zone.hpp"
#include "notify/planner.hpp"

#include <utility>

namespace convoke::notify {
namespace {

Composition spread_over(const Addressees& addressees, const Event& event) {
  Composition one;
  one.kind = Composition::Kind::spread;
  one.event_uid = event.uid;
  for (const auto& addressee : addressees.to) one.recipients.push_back(addressee.key);
  return one;
}

}  // namespace

Reader reader_of(const Composing& composing, const Event& event) {
  const Reminder& row = composing.row;
  const Date today = civil_date(composing.now, zone_of(event));
  auto addressees = composing.book().resolve(row.key.recipient, occasion_of(event, today));
  Reader reader;
  const std::string why(text_of(addressees.why));
  if (composing.now > row.expires && !addressees.reached())
    reader.instead = Composition::dropped(ReminderState::failed, why);
  else if (composing.now > row.expires)
    reader.instead = Composition::dropped(ReminderState::missed, "too late to be of use");
  else if (!addressees.reached())
    reader.instead = Composition::dropped(ReminderState::planned, why);
  else if (addressees.to.size() > 1 || addressees.to.front().key != row.key.recipient)
    reader.instead = spread_over(addressees, event);
  else
    reader.person = std::move(addressees.to.front().person);
  return reader;
}

MailSettings signed_by(const Composing& composing, const Event& event) {
  MailSettings settings = composing.settings;
  if (const auto organisation = composing.unit.organisations().find(event.organisation))
    settings.association = organisation->name;
  return settings;
}

}  // namespace convoke::notify
