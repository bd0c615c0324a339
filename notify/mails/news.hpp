// Mails to subscribers (notify/news_text.hpp).
#pragma once

#include "db/unit.hpp"
#include "model/delivery.hpp"
#include "notify/composer.hpp"
#include "notify/news_text.hpp"

#include <cstdint>
#include <vector>

namespace convoke::notify {

// So much of the change log is looked through for one mail.
inline constexpr int most_changes_read = 20'000;

// What became of the events that the subscriber's filter shows since `told`; each event once, in the order of
// its number. `read_to` becomes the number up to which it tells. Throws StorageError only.
std::vector<EventChange> changes_for(db::Unit& unit, const Subscriber& subscriber, std::int64_t& read_to);

// Superseded when the subscriber has left or there is nothing to tell; then, as when it is sent, they count
// as told.
Composition compose_changes(const Composing& composing);
// Superseded when it was confirmed or ended meanwhile.
Composition compose_confirmation(const Composing& composing);

}  // namespace convoke::notify
