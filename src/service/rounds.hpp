// What happens by the clock, besides reminders: a kind of work that looks now and then whether anything is
// owed. Each round finds that out anew, so that a server that was down does it late and not twice.
#pragma once

#include "db/store.hpp"

#include <chrono>
#include <string>

namespace convoke::service {

struct Round {
  const char* name;  // of the author in the change log
  std::chrono::seconds every;
  bool (*any)(db::Unit& unit);  // whether there is anything to go through: nothing to do is the rule
  int (*work)(db::Unit& unit, const std::string& mail_domain, Instant now);  // in one transaction
};

class Rounds {
 public:
  Rounds(db::Store& store, std::string mail_domain, const Round& round)
      : store_(store), mail_domain_(std::move(mail_domain)), round_(round) {}
  // A round when it is time for one. Logs and goes on when the database is not to be had. One thread at a
  // time.
  void tick(Instant now);

 private:
  db::Store& store_;
  const std::string mail_domain_;
  const Round round_;
  Instant next_{};
};

}  // namespace convoke::service
