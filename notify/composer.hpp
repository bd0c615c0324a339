// What each kind of mail is made of: one file a kind beside this (notify/mails), one line in the registry.
// The dispatcher claims a row, asks the composer of its reason what to do with it, and delivers.
#pragma once

#include "base/clock.hpp"
#include "db/unit.hpp"
#include "model/delivery.hpp"
#include "model/reminder.hpp"
#include "notify/channel.hpp"
#include "notify/directory.hpp"
#include "notify/message.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace convoke::notify {

// What to do with a claimed row, decided in one read of the database just before it is sent.
struct Composition {
  enum class Kind {
    drop,    // nothing is sent: the row becomes `state`, for the reason `why`
    spread,  // an office, a group, a name: one row for each of `recipients`; this row is superseded
    send,    // `write` makes what is handed over
  };
  Kind kind = Kind::drop;
  ReminderState state = ReminderState::missed;
  std::string why;
  std::vector<std::string> recipients;  // recipient keys
  std::string event_uid;                // of spread: what Message-IDs are made of; empty: about no event
  // Runs after the read, outside of the transaction: what it needs it holds.
  std::function<OutgoingMail()> write;
  std::optional<Instant> again;  // of a drop that stays planned: when it is looked at again
  // What becomes true with it, in the transaction that records the row as dropped or sent; not when it could
  // not be sent.
  std::function<void(db::Unit&, Instant)> then;

  static Composition dropped(ReminderState state, std::string why) {
    Composition one;
    one.state = state;
    one.why = std::move(why);
    return one;
  }
};

// What the rows of one batch share, read when the first of them asks.
struct SharedReading {
  std::optional<AddressBook> book;
  std::map<EventId, std::shared_ptr<const Event>> events;
};

struct Composing {
  db::Unit& unit;
  const Reminder& row;  // claimed
  const MailSettings& settings;
  Instant now;
  std::shared_ptr<SharedReading> shared = std::make_shared<SharedReading>();

  // Everybody, as of this read.
  const AddressBook& book() const {
    if (!shared->book) shared->book.emplace(read_directory(unit));
    return *shared->book;
  }
  // The event that the row is about; null when it is gone.
  std::shared_ptr<const Event> event() const {
    const auto [at, asked] = shared->events.try_emplace(row.key.event);
    if (asked)
      if (auto found = unit.events().find(row.key.event))
        at->second = std::make_shared<const Event>(std::move(*found));
    return at->second;
  }
};

using Compose = Composition (*)(const Composing&);

// The composer of a reason; null for a reason that no mail is made for.
Compose composer_of(ReminderReason reason);

}  // namespace convoke::notify
