// Sends what is due. The queue in the database is the only memory: a process killed anywhere leaves rows that
// the next one finds. Delivery is at least once, with the same Message-ID when it is twice.
//
//   planned --claim--> claimed --delivered--> sent
//      ^                 |------refused------> failed
//      |--- retry later -|------stale--------> missed
//      '-- lease lapsed -'------event changed-> superseded
#pragma once

#include "base/clock.hpp"
#include "db/store.hpp"
#include "notify/channel.hpp"
#include "notify/composer.hpp"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace convoke::notify {

struct DispatcherSettings {
  int batch = 20;  // rows claimed at a time
  // A claim is void after this. Long enough for the slowest single delivery (SmtpTimeouts::longest).
  std::chrono::seconds lease{std::chrono::minutes{25}};
  // A mail is begun only while so much of the lease is left; else its row goes back to the queue.
  std::chrono::seconds slowest_delivery{std::chrono::minutes{20}};
  std::chrono::seconds tick{30};   // the queue is looked at at least so often (threats F13)
  std::chrono::seconds drain{10};  // stop() waits so long for the mail in hand
  // No other process sends from this database (a server on SQLite holds its lock): rows that a killed one had
  // claimed are taken back at start, not when their lease lapses.
  bool alone = false;
};

class Dispatcher {
 public:
  // Keeps references to the first three. Nothing runs before start() or run_once().
  Dispatcher(db::Store& store, const Clock& clock, Channel& channel, DispatcherSettings settings,
             MailSettings mail);
  ~Dispatcher();  // stop()
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

  // One thread of its own; waits on a steady clock, so that a step of the wall clock never makes it hang.
  void start();
  // Finishes the mail in hand (interrupting the channel after `drain`), gives the other claims back, joins.
  // May be called twice, by the thread that owns the dispatcher.
  void stop();
  // Something was queued: look now. Never blocks for long; any thread.
  void wake();

  // Claims a batch, sends, settles. Returns how many rows were dealt with; 0 also when the database is not to
  // be had (logged). For the thread and for tests; not while the thread runs.
  int run_once();

 private:
  void run();
  std::chrono::seconds pause();
  void take_back_abandoned();
  std::optional<std::vector<Reminder>> claim();
  std::optional<std::optional<Composition>> compose(const Reminder& row);
  void act(const Reminder& row, const Composition& composition);
  void drop(Reminder row, const Composition& composition);
  void spread(const Reminder& row, const Composition& composition);
  void send(Reminder row, const Composition& composition);
  void retry_later(Reminder& row, const Delivery& delivery, const std::string& previous, Instant now);
  void settle(Reminder row);
  bool try_settle(const Reminder& row);
  bool settle_leftovers();
  void give_back(Reminder row);
  void note_relay(const Delivery& delivery, Instant now);
  bool holding(Instant now) const;
  bool stopping() const;

  db::Store& store_;
  const Clock& clock_;
  Channel& channel_;
  const DispatcherSettings settings_;
  const MailSettings mail_;
  const std::string boot_id_;  // random: whose claim a row is

  std::vector<Reminder> leftovers_;  // settled here, but the database could not be written
  int relay_failures_ = 0;           // in a row
  Instant unreachable_since_{}, hold_since_{}, hold_until_{};
  bool alarmed_ = false;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stop_ = false, awake_ = false, idle_ = true;
  std::thread thread_;
};

}  // namespace convoke::notify
