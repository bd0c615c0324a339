// Sends what is due. The queue in the database is the only memory: a process killed anywhere leaves rows that
// the next one finds. Delivery is at least once, with the same Message-ID when it is twice; it is twice only
// when the answer to the end of a mail was lost.
//
//   planned --claim--> claimed --delivered--> sent
//      ^                 |-------refused-----> failed
//      |                 |-------later-------> retrying --claim--> claimed
//      |                 |-------stale-------> missed
//      '--not begun------'---event changed---> superseded
//
// One thread claims batches and asks the composers; each channel has a thread that writes the mails, hands
// them over and goes on while the outcome is being stored.
#pragma once

#include "base/clock.hpp"
#include "db/store.hpp"
#include "notify/channel.hpp"
#include "notify/composer.hpp"
#include "notify/hand_overs.hpp"
#include "notify/outcomes.hpp"
#include "notify/pace.hpp"
#include "notify/relay_watch.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace convoke::notify {

struct DispatcherSettings {
  db::Claims claims = db::Claims::mails;
  int batch = 100;  // rows claimed at a time
  // A claim is void after this. Long enough for the slowest single delivery (SmtpTimeouts::longest).
  std::chrono::seconds lease{std::chrono::minutes{25}};
  // A mail is begun only while so much of the lease is left; else its row goes back to the queue.
  std::chrono::seconds slowest_delivery{std::chrono::minutes{20}};
  std::chrono::seconds tick{30};   // the queue is looked at at least so often (threats F13)
  std::chrono::seconds drain{10};  // stop() waits so long for the mails in hand
  int mails_a_minute = 0;          // over all channels together; 0: as many as the relay takes
  // No other process sends from this database (a server on SQLite holds its lock): rows that a killed one had
  // claimed are taken back at start, not when their lease lapses.
  bool alone = false;
  // Called before each batch is claimed: queues what comes by the calendar (notify/recurring_mails.hpp).
  std::function<void(Instant)> upkeep;
  std::string hand_overs;  // the file of notify/hand_overs.hpp; empty: nothing outlives a kill
};

class Dispatcher {
 public:
  // Keeps references to the store, the clock and the channels, each of which one thread uses. Nothing runs
  // before start() or run_once(). Throws db::StorageError when the file of hand-overs cannot be written.
  Dispatcher(db::Store& store, const Clock& clock, std::vector<Channel*> channels,
             DispatcherSettings settings, MailSettings mail);
  Dispatcher(db::Store& store, const Clock& clock, Channel& channel, DispatcherSettings settings,
             MailSettings mail)
      : Dispatcher(store, clock, std::vector<Channel*>{&channel}, std::move(settings), std::move(mail)) {}
  ~Dispatcher();  // stop()
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

  // Waits on a steady clock, so that a step of the wall clock never makes it hang.
  void start();
  // Finishes the mails in hand (interrupting the channels after `drain`), gives the other claims back, joins.
  // May be called twice, by the thread that owns the dispatcher.
  void stop();
  // Something was queued: look now. Never blocks for long; any thread.
  void wake();

  // Claims a batch, sends it over the first channel, and waits until all is stored. Returns how many rows
  // were dealt with; 0 also when the database is not to be had (logged). For tests; not after start().
  int run_once();
  // What the thread does between two waits, at a moment of its steady clock: claims, unless the wall clock
  // has jumped. Returns how long to wait for the next time.
  std::chrono::seconds round(std::chrono::steady_clock::time_point now);

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;
  struct Job {
    Reminder row;
    Composition composition;
    SteadyTime claimed, composed;
    std::int64_t change = 0;  // the newest change that the composition knows of
  };
  struct Lane {
    Channel* channel = nullptr;
    std::size_t slot = 0;  // of the mail in hand
    std::thread thread;
  };

  void run();
  void work(Lane& lane);
  void wait_for_round(std::unique_lock<std::mutex>& lock, std::chrono::seconds wait);
  std::chrono::seconds pause();

  int fill();
  bool take_back_abandoned();
  void forget_old(Instant now);
  std::optional<std::vector<Reminder>> claim();
  std::optional<std::vector<Job>> compose(const std::vector<Reminder>& rows, SteadyTime claimed);
  void act(std::vector<Job> jobs);
  void drop(const Job& job);
  void spread(const Job& job);

  std::optional<Job> next_job();
  void handle(Lane& lane, Job job);
  bool is_old(const Job& job) const;
  bool wait_for_turn();
  void send(Lane& lane, const Job& job);
  bool others_follow() const;

  void give_back(const Reminder& row);
  bool holding(Instant now) const;
  bool must_pause() const;
  bool stopping() const;

  db::Store& store_;
  const Clock& clock_;
  const DispatcherSettings settings_;
  const MailSettings mail_;
  const std::string boot_id_;  // random: whose claim a row is
  std::unique_ptr<HandOvers> hand_overs_;
  std::vector<Lane> lanes_;
  std::thread thread_;

  // Of the claiming thread.
  bool abandoned_taken_ = false;
  ClockWatch clock_watch_;
  std::optional<Instant> last_forgetting_;

  mutable std::mutex mutex_;  // of all below
  std::condition_variable changed_;
  bool stop_ = false, awake_ = false;
  std::deque<Job> jobs_;
  int in_hand_ = 0;  // lanes at work, and the claiming thread
  Outcomes outcomes_;
  Pace pace_;
  RelayWatch relay_;
};

}  // namespace convoke::notify
