// The repositories of control of execution: who stands behind offices, which rules are followed, what people
// answered. Part of db/unit.hpp.
#pragma once

#include "model/answer.hpp"
#include "model/reminder_rules.hpp"
#include "model/roster.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::db {

// Offices and groups. In the change log as "roster".
class Rosters {
 public:
  virtual ~Rosters() = default;
  // With its tenures. An id of 0 is new.
  virtual RosterId save(const Roster& roster) = 0;
  virtual std::optional<Roster> find(RosterId id) = 0;
  virtual std::vector<Roster> list() = 0;  // by id
  virtual bool remove(RosterId id) = 0;    // false when there is none
};

// In the change log as "absence".
class Absences {
 public:
  virtual ~Absences() = default;
  virtual AbsenceId insert(const Absence& absence) = 0;
  virtual void update(const Absence& absence) = 0;
  virtual std::vector<Absence> list() = 0;  // by first day, then id
  virtual bool remove(AbsenceId id) = 0;
};

// In the change log as "rule_set".
class RuleSets {
 public:
  virtual ~RuleSets() = default;
  // One set a scope: what was there for the same scope is replaced and keeps its id.
  virtual RuleSetId save(const ReminderRules& rules) = 0;
  virtual std::optional<ReminderRules> find(RuleSetId id) = 0;
  virtual std::vector<ReminderRules> list() = 0;  // by id
  virtual bool remove(RuleSetId id) = 0;
};

// In the change log as "answer".
class Answers {
 public:
  virtual ~Answers() = default;
  virtual AnswerId insert(const Answer& answer) = 0;
  virtual std::optional<Answer> find(AnswerId id) = 0;
  virtual std::vector<Answer> of_event(EventId event) = 0;  // oldest first
  virtual std::vector<Answer> since(Instant at) = 0;        // oldest first
  virtual std::vector<Answer> pending() = 0;                // those that wait for a decision, oldest first
  // False when it is unknown or waits for none (two who decide get one true).
  virtual bool decide(AnswerId id, Decision decision, const std::string& by, Instant at,
                      const std::string& note) = 0;
  // The occurrences of an event that an answer closes (closes() of model/answer.hpp).
  virtual std::vector<std::string> closed(EventId event) = 0;
};

}  // namespace convoke::db
