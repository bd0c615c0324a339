#include "db/sqlite/execution_repositories.hpp"

namespace convoke::db::sqlite {
namespace {

#define ANSWER_COLUMNS                                                                                   \
  "id, event, occurrence, who, name, kind, note, new_date, new_time, recipient, sequence, at, channel, " \
  "decision, decided_by, decided, decision_note, new_period"

Answer read_answer(const Query& row) {
  Answer answer;
  answer.id = row.id<AnswerId>(0);
  answer.event = row.id<EventId>(1);
  answer.occurrence = row.text(2);
  answer.who = row.text(3);
  answer.name = row.text(4);
  answer.kind = known(answer_kind_of(row.text(5)), "kind of answer");
  answer.note = row.text(6);
  answer.new_date = row.maybe_date(7);
  answer.new_time = row.maybe_time(8);
  answer.to = row.id<PersonId>(9);
  answer.sequence = row.number(10);
  answer.at = row.instant(11);
  answer.channel = known(answer_channel_of(row.text(12)), "channel");
  answer.decision = known(decision_of(row.text(13)), "decision");
  answer.decided_by = row.text(14);
  answer.decided = row.maybe_instant(15);
  answer.decision_note = row.text(16);
  answer.new_period = row.text(17);
  return answer;
}

std::vector<Answer> read_answers(Query rows) {
  std::vector<Answer> answers;
  while (rows.step()) answers.push_back(read_answer(rows));
  return answers;
}

}  // namespace

AnswerId SqliteAnswers::insert(const Answer& answer) {
  Query row = connection_.query(
      "INSERT INTO answer (event, occurrence, who, name, kind, note, new_date, new_time, recipient, sequence,"
      " at, channel, decision, decided_by, decided, decision_note, new_period)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17) RETURNING id");
  row.bind(answer.event, answer.occurrence, answer.who, answer.name, name_of(answer.kind), answer.note,
           answer.new_date, answer.new_time, answer.to, answer.sequence, answer.at, name_of(answer.channel),
           name_of(answer.decision), answer.decided_by, answer.decided, answer.decision_note, answer.new_period);
  row.step();
  const auto id = row.id<AnswerId>(0);
  row.run();
  changes_.append("answer", id.value, "insert");
  return id;
}

std::optional<Answer> SqliteAnswers::find(AnswerId id) {
  Query row = connection_.query("SELECT " ANSWER_COLUMNS " FROM answer WHERE id = ?1");
  row.bind(id);
  if (!row.step()) return std::nullopt;
  return read_answer(row);
}

std::vector<Answer> SqliteAnswers::of_event(EventId event) {
  Query rows = connection_.query("SELECT " ANSWER_COLUMNS " FROM answer WHERE event = ?1 ORDER BY id");
  rows.bind(event);
  return read_answers(std::move(rows));
}

std::vector<Answer> SqliteAnswers::since(Instant at) {
  Query rows = connection_.query("SELECT " ANSWER_COLUMNS " FROM answer WHERE at >= ?1 ORDER BY at, id");
  rows.bind(at);
  return read_answers(std::move(rows));
}

std::vector<Answer> SqliteAnswers::pending() {
  return read_answers(
      connection_.query("SELECT " ANSWER_COLUMNS " FROM answer WHERE decision = 'pending' ORDER BY id"));
}

bool SqliteAnswers::decide(AnswerId id, Decision decision, const std::string& by, Instant at,
                           const std::string& note) {
  const bool decided = connection_
                           .query(
                               "UPDATE answer SET decision = ?2, decided_by = ?3, decided = ?4,"
                               " decision_note = ?5 WHERE id = ?1 AND decision = 'pending'")
                           .bind(id, name_of(decision), by, at, note)
                           .run() > 0;
  if (decided) changes_.append("answer", id.value, "update");
  return decided;
}

std::vector<std::string> SqliteAnswers::closed(EventId event) {
  Query rows = connection_.query(
      "SELECT DISTINCT occurrence FROM answer WHERE event = ?1 AND kind = 'done' AND decision <> 'declined'"
      " ORDER BY occurrence");
  rows.bind(event);
  std::vector<std::string> occurrences;
  while (rows.step()) occurrences.push_back(rows.text(0));
  return occurrences;
}

}  // namespace convoke::db::sqlite
