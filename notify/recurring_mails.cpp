#include "notify/recurring_mails.hpp"

#include "base/log.hpp"
#include "notify/digest_times.hpp"
#include "notify/enqueue.hpp"
#include "notify/gathering.hpp"
#include "notify/recipients.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>
#include <utility>

namespace convoke::notify {
namespace {

constexpr std::chrono::hours look_at_all_again{1};
constexpr int most_changes = 500, most_subscribers = 500;

// What decides who gets what: a change of anything else needs no new row.
bool matters(const db::Change& change) {
  constexpr std::array<std::string_view, 4> entities = {"person", "organisation", "subscriber", "database"};
  return std::find(entities.begin(), entities.end(), change.entity) != entities.end();
}

}  // namespace

int queue_recurring(db::Unit& unit, Instant now, const std::string& message_domain) {
  int queued = 0;
  const auto add = [&](const Reminder& row) {
    if (enqueue(unit, row)) ++queued;
  };
  for (const auto& person : unit.people().list()) {
    if (person.rhythm == MailRhythm::each) continue;
    add(digest_row(person_key(person.id), person.rhythm, now, zone_of_reader(unit, person), message_domain));
  }
  for (const auto& organisation : unit.organisations().list())
    add(overview_row(organisation.id, now, organisation.zone, message_domain));
  for (auto& subscriber : unit.subscribers().due(now, most_subscribers)) {
    add(changes_row(subscriber, *subscriber.next, message_domain));
    subscriber.next = next_digest(subscriber.rhythm, now, Organisation{}.zone);
    unit.subscribers().update(subscriber);
  }
  return queued;
}

RecurringMails::RecurringMails(db::Store& store, std::string message_domain)
    : store_(store), message_domain_(std::move(message_domain)) {}

bool RecurringMails::is_time(Instant now) {
  struct Look {
    std::int64_t last = 0;
    bool due = false;
  };
  const auto look = store_
                        .read([seen = seen_, now](db::Unit& unit) {
                          Look found;
                          found.last = unit.changes().last();
                          found.due = !unit.subscribers().due(now, 1).empty();
                          if (!seen) return found;
                          const auto changes = unit.changes().since(*seen, most_changes);
                          found.due |= changes.size() == static_cast<std::size_t>(most_changes) ||
                                       std::any_of(changes.begin(), changes.end(), matters);
                          return found;
                        })
                        .wait();
  if (!look) {
    log::warning("recurring_mails_not_looked_at", {{"why", look.error().message}});
    return false;
  }
  const bool first = !seen_;
  // A clock that was set back must not keep the hourly look away.
  const bool hourly = now >= next_ || next_ > now + look_at_all_again;
  if (!first && !look->due && !hourly) {
    seen_ = look->last;
    return false;
  }
  return true;
}

int RecurringMails::tick(Instant now) {
  if (!is_time(now)) return 0;
  struct Queued {
    int rows = 0;
    std::int64_t last = 0;
  };
  const auto work = [now, domain = message_domain_](db::Unit& unit) {
    Queued outcome;
    outcome.rows = queue_recurring(unit, now, domain);
    outcome.last = unit.changes().last();
    return outcome;
  };
  const auto outcome = store_.write(db::Author{"system", now}, work).wait();
  if (!outcome) {
    log::warning("recurring_mails_not_queued", {{"why", outcome.error().message}});
    return 0;
  }
  seen_ = outcome->last;
  next_ = now + look_at_all_again;
  if (outcome->rows > 0) log::info("recurring_mails_queued", {{"count", outcome->rows}});
  return outcome->rows;
}

}  // namespace convoke::notify
