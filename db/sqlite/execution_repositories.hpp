// The repositories of db/execution.hpp over one SQLite connection.
#pragma once

#include "db/sqlite/change_log.hpp"
#include "db/sqlite/connection.hpp"

namespace convoke::db::sqlite {

class SqliteRosters final : public Rosters {
 public:
  SqliteRosters(Connection& connection, SqliteChanges& changes)
      : connection_(connection), changes_(changes) {}
  RosterId save(const Roster& roster) override;
  std::optional<Roster> find(RosterId id) override;
  std::vector<Roster> list() override;
  bool remove(RosterId id) override;

 private:
  Connection& connection_;
  SqliteChanges& changes_;
};

class SqliteAbsences final : public Absences {
 public:
  SqliteAbsences(Connection& connection, SqliteChanges& changes)
      : connection_(connection), changes_(changes) {}
  AbsenceId insert(const Absence& absence) override;
  void update(const Absence& absence) override;
  std::vector<Absence> list() override;
  bool remove(AbsenceId id) override;

 private:
  Connection& connection_;
  SqliteChanges& changes_;
};

class SqliteRuleSets final : public RuleSets {
 public:
  SqliteRuleSets(Connection& connection, SqliteChanges& changes)
      : connection_(connection), changes_(changes) {}
  RuleSetId save(const ReminderRules& rules) override;
  std::optional<ReminderRules> find(RuleSetId id) override;
  std::vector<ReminderRules> list() override;
  bool remove(RuleSetId id) override;

 private:
  Connection& connection_;
  SqliteChanges& changes_;
};

class SqliteAnswers final : public Answers {
 public:
  SqliteAnswers(Connection& connection, SqliteChanges& changes)
      : connection_(connection), changes_(changes) {}
  AnswerId insert(const Answer& answer) override;
  std::optional<Answer> find(AnswerId id) override;
  std::vector<Answer> of_event(EventId event) override;
  std::vector<Answer> since(Instant at) override;
  std::vector<Answer> pending() override;
  bool decide(AnswerId id, Decision decision, const std::string& by, Instant at,
              const std::string& note) override;
  std::vector<std::string> closed(EventId event) override;

 private:
  Connection& connection_;
  SqliteChanges& changes_;
};

}  // namespace convoke::db::sqlite
