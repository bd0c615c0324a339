// A store, a clock that stands still, and a channel that says what it is told: a dispatcher's whole world.
#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "notify/dispatcher.hpp"
#include "notify/queue.hpp"
#include "tests/notify/samples.hpp"
#include "tests/support/temporary_store.hpp"

#include <condition_variable>
#include <functional>
#include <limits>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace convoke::notify::samples {

class ScriptedChannel final : public Channel {
 public:
  using Script = std::function<Delivery(const OutgoingMail&)>;

  // Every mail is `delivered` until told otherwise.
  void answer(Script script) { script_ = std::move(script); }
  void answer(Delivery delivery) {
    script_ = [delivery = std::move(delivery)](const OutgoingMail&) { return delivery; };
  }

  Delivery deliver(const OutgoingMail& mail) override {
    {
      const std::lock_guard lock(mutex_);
      mails_.push_back(mail);
      changed_.notify_all();
    }
    return script_ ? script_(mail) : Delivery::done("250 ok");
  }
  void interrupt() override {
    const std::lock_guard lock(mutex_);
    interrupted_ = true;
    changed_.notify_all();
  }

  std::vector<OutgoingMail> mails() const {
    const std::lock_guard lock(mutex_);
    return mails_;
  }
  // False when there are not so many after a minute: far beyond what any machine needs.
  bool wait_for_mails(std::size_t count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::minutes{1}, [&] { return mails_.size() >= count; });
  }
  bool wait_for_interrupt() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::minutes{1}, [&] { return interrupted_; });
  }

 private:
  Script script_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<OutgoingMail> mails_;
  bool interrupted_ = false;
};

class World {
 public:
  // Every event follows few_rules().
  explicit World(std::string_view now = "2024-09-05T09:00:00Z") : clock(at(now)) {
    store
        ->write(db::Author("test", clock.now()),
                [](db::Unit& unit) { return unit.rule_sets().save(few_rules()); })
        .wait()
        .value();
  }

  // With a person for every responsible that has a name, and the reminders of the event queued.
  Event add(Event event) {
    return store
        ->write(db::Author("test", clock.now()),
                [event, now = clock.now()](db::Unit& unit) mutable {
                  for (auto& responsible : event.responsible) {
                    if (!responsible.person) continue;
                    Person one;
                    one.name = responsible.name;
                    one.email = "person" + std::to_string(unit.people().list().size()) + "@example.org";
                    responsible.person = unit.people().insert(one);
                  }
                  event.uid = random_uuid();
                  event.id = unit.events().insert(event);
                  replan(unit, event, now);
                  return event;
                })
        .wait()
        .value();
  }

  // One person is responsible; due on 31 October, 11 and 13 November 2024 at 08:30 in Kyiv.
  Event add_simple() {
    Event event = dated_event();
    event.responsible = {somebody("Ярмак О.П.", PersonId{1})};
    return add(std::move(event));
  }

  void change(Event event) {
    store
        ->write(db::Author("test", clock.now()),
                [event, now = clock.now()](db::Unit& unit) {
                  unit.events().update(event);
                  replan(unit, event, now);
                  return true;
                })
        .wait()
        .value();
  }

  void add_person(std::string name, std::string email, std::string post) {
    store
        ->write(db::Author("test", clock.now()),
                [=](db::Unit& unit) {
                  Person one;
                  one.name = name;
                  one.email = email;
                  one.post = post;
                  return unit.people().insert(one).value;
                })
        .wait()
        .value();
  }

  // Whom duty:chair is when there is no chair.
  void add_controller(std::string name, std::string login) {
    store
        ->write(db::Author("test", clock.now()),
                [=, now = clock.now()](db::Unit& unit) {
                  Account account;
                  account.name = name;
                  account.login = login;
                  account.role = AccountRole::organiser;
                  account.created = now;
                  return unit.accounts().insert(account).value;
                })
        .wait()
        .value();
  }

  std::vector<Reminder> rows() {
    return store
        ->read([](db::Unit& unit) {
          db::ReminderSelection selection;
          selection.limit = std::numeric_limits<int>::max();
          return unit.reminders().list(selection);
        })
        .wait()
        .value();
  }
  Reminder row(const std::string& rule) {
    for (const auto& one : rows())
      if (one.key.rule == rule) return one;
    throw std::runtime_error("no row for " + rule);
  }
  // By id.
  std::vector<Reminder> rows_of(const std::string& rule) {
    auto found = rows();
    std::erase_if(found, [&](const Reminder& one) { return one.key.rule != rule; });
    return found;
  }
  std::vector<DeliveryAttempt> attempts(const std::string& rule) {
    return store->read([id = row(rule).id](db::Unit& unit) { return unit.mail_log().attempts(id); })
        .wait()
        .value();
  }
  std::optional<MailCopy> copy(const std::string& rule) {
    return store->read([id = row(rule).id](db::Unit& unit) { return unit.mail_log().copy(id); })
        .wait()
        .value();
  }
  int count(ReminderState state) {
    int found = 0;
    for (const auto& one : rows()) found += one.state == state ? 1 : 0;
    return found;
  }

  // As a process that is killed after it has claimed.
  void claim_and_die(std::chrono::seconds lease = std::chrono::minutes{25}) {
    store
        ->write(db::Author("test", clock.now()),
                [now = clock.now(), lease](db::Unit& unit) {
                  return unit.reminders().claim_due(now, now + lease, "dead", 100).size();
                })
        .wait()
        .value();
  }

  void pass(std::chrono::seconds time) { clock.set(clock.now() + time); }

  tests::TemporaryStore store;
  FixedClock clock;
  ScriptedChannel channel;
};

// A store whose writes can be made to fail, as on a full disk.
class FailingStore final : public db::Store {
 public:
  explicit FailingStore(db::Store& inner) : inner_(inner) {}
  bool full = false;

  void submit_read(Work work, Done done) override { inner_.submit_read(std::move(work), std::move(done)); }
  void submit_write(db::Author author, Work work, Done done) override {
    if (full) {
      done(std::make_exception_ptr(db::StorageError(db::StorageError::Kind::full, "disk full")));
      return;
    }
    inner_.submit_write(std::move(author), std::move(work), std::move(done));
  }
  std::int64_t last_change() const override { return inner_.last_change(); }
  Deferred<bool> backup(std::string file) override { return inner_.backup(std::move(file)); }
  Deferred<std::string> check() override { return inner_.check(); }

 private:
  db::Store& inner_;
};

}  // namespace convoke::notify::samples
