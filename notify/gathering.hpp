// One mail instead of many: which rows of the queue wait for a digest, and which of them a digest takes in.
// Each row ends in one mail, in the digest's or in its own:
// - whoever chose a rhythm gets the digest at its time; a row that would be stale by then goes by itself;
// - whoever did not, and is owed storm_size or more in the same minute, gets those in one.
// A row that waits stays in the queue as it is, so that an event that changes meanwhile takes it back.
#pragma once

#include "model/person.hpp"
#include "notify/composer.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace convoke::notify {

// How long a waiting row leaves the digest that is due to do its work, before it looks again.
inline constexpr std::chrono::minutes look_again{5};
inline constexpr std::size_t longest_digest = 100;

// What becomes of the claimed row when it is not to be sent by itself; nullopt: send it. `zone` is the
// reader's.
std::optional<Composition> held_for_digest(const Composing& composing, const Person& reader,
                                           std::string_view zone);

// The rows that the claimed digest of `reader` takes in: about work, waiting, due by now or stale before the
// next digest. At most longest_digest, by due time. One that is claimed at this moment is taken in as well:
// it waits for this very digest. Not so for what comes together in a minute: that one may be on its way.
std::vector<Reminder> gathered_for(const Composing& composing, const Person& reader, std::string_view zone);

// The zone of the reader's association; that of the first association when the reader has none.
std::string zone_of_reader(db::Unit& unit, const Person& reader);

}  // namespace convoke::notify
