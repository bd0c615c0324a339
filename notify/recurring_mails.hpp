// Puts the mails that come by the calendar into the queue: digests of those who chose a rhythm, the chairs'
// Mondays, what is new for subscribers. Looked at on every tick of the dispatcher; costs one indexed read
// while nothing is to be done.
#pragma once

#include "base/clock.hpp"
#include "db/store.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace convoke::notify {

class RecurringMails {
 public:
  // Keeps a reference to the store. `message_domain` as in notify/rules.hpp.
  RecurringMails(db::Store& store, std::string message_domain);

  // Queues what comes next, when it may have changed. How many rows are new. Logs and returns 0 when the
  // database is not to be had. One thread at a time.
  int tick(Instant now);

 private:
  bool is_time(Instant now);

  db::Store& store_;
  const std::string message_domain_;
  std::optional<std::int64_t> seen_;  // the change log's number up to which nothing is to be done
  Instant next_{};                    // when all is looked at again
};

// In one transaction: the next digest of each person with a rhythm, the next overview of each association,
// and a row for every subscriber whose turn it is (whose next turn is set). What is there already stays.
int queue_recurring(db::Unit& unit, Instant now, const std::string& message_domain);

}  // namespace convoke::notify
