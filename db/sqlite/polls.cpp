#include "db/sqlite/polls.hpp"

#include <cstdint>

namespace convoke::db::sqlite {
namespace {

#define POLL_COLUMNS "id, event, note, opened, deadline, closed, reminded, winner, keeper, keeper_name"

Poll read_poll(const Query& row) {
  Poll poll;
  poll.id = row.id<PollId>(0);
  poll.event = row.id<EventId>(1);
  poll.note = row.text(2);
  poll.opened = row.instant(3);
  poll.deadline = row.instant(4);
  poll.closed = row.maybe_instant(5);
  poll.reminded = row.maybe_instant(6);
  if (!row.is_null(7)) poll.winner = static_cast<std::size_t>(row.integer(7));
  poll.keeper = row.text(8);
  poll.keeper_name = row.text(9);
  return poll;
}

// A letter a day.
constexpr std::string_view letters = "niy";

std::string choices_text(const std::vector<PollChoice>& choices) {
  std::string text;
  for (const auto choice : choices) text += letters.at(static_cast<std::size_t>(choice));
  return text;
}

std::vector<PollChoice> read_choices(std::string_view text) {
  std::vector<PollChoice> choices;
  for (const char letter : text) {
    const auto at = letters.find(letter);
    if (at == std::string_view::npos)
      throw StorageError(StorageError::Kind::broken, "a stored choice of a poll is unknown");
    choices.push_back(static_cast<PollChoice>(at));
  }
  return choices;
}

std::optional<std::int64_t> stored(std::optional<std::size_t> winner) {
  if (!winner) return std::nullopt;
  return static_cast<std::int64_t>(*winner);
}

}  // namespace

PollId SqlitePolls::insert(const Poll& poll, const std::vector<PollVoice>& asked) {
  Query row = connection_.query(
      "INSERT INTO poll (event, note, opened, deadline, closed, reminded, winner, keeper, keeper_name)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) RETURNING id");
  row.bind(poll.event, poll.note, poll.opened, poll.deadline, poll.closed, poll.reminded, stored(poll.winner),
           poll.keeper, poll.keeper_name);
  row.step();
  const auto id = row.id<PollId>(0);
  row.run();
  int position = 0;
  for (const auto& one : poll.days)
    connection_
        .query("INSERT INTO poll_day (poll, position, day, time, end_time) VALUES (?1, ?2, ?3, ?4, ?5)")
        .bind(id, position++, one.day, one.time, one.end_time)
        .run();
  position = 0;
  for (const auto& voice : asked)
    connection_
        .query(
            "INSERT INTO poll_voice (poll, who, position, name, answered, choices, note)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
        .bind(id, voice.who, position++, voice.name, voice.answered, choices_text(voice.choices), voice.note)
        .run();
  changes_.append("poll", id.value, "insert");
  return id;
}

void SqlitePolls::read_days(Poll& poll) {
  Query rows =
      connection_.query("SELECT day, time, end_time FROM poll_day WHERE poll = ?1 ORDER BY position");
  rows.bind(poll.id);
  while (rows.step()) {
    PollDay one;
    one.day = known(rows.maybe_date(0), "day of a poll");
    one.time = rows.maybe_time(1);
    one.end_time = rows.maybe_time(2);
    poll.days.push_back(one);
  }
}

std::vector<Poll> SqlitePolls::read_all(Query rows) {
  std::vector<Poll> polls;
  while (rows.step()) polls.push_back(read_poll(rows));
  for (auto& poll : polls) read_days(poll);
  return polls;
}

std::optional<Poll> SqlitePolls::find(PollId id) {
  Query row = connection_.query("SELECT " POLL_COLUMNS " FROM poll WHERE id = ?1");
  row.bind(id);
  if (!row.step()) return std::nullopt;
  auto poll = read_poll(row);
  read_days(poll);
  return poll;
}

std::vector<Poll> SqlitePolls::of_event(EventId event) {
  Query rows = connection_.query("SELECT " POLL_COLUMNS " FROM poll WHERE event = ?1 ORDER BY id DESC");
  rows.bind(event);
  return read_all(std::move(rows));
}

std::vector<Poll> SqlitePolls::open() {
  return read_all(
      connection_.query("SELECT " POLL_COLUMNS " FROM poll WHERE closed IS NULL ORDER BY deadline, id"));
}

bool SqlitePolls::close(PollId id, Instant at, std::optional<std::size_t> winner) {
  const bool closed =
      connection_.query("UPDATE poll SET closed = ?2, winner = ?3 WHERE id = ?1 AND closed IS NULL")
          .bind(id, at, stored(winner))
          .run() > 0;
  if (closed) changes_.append("poll", id.value, "update");
  return closed;
}

bool SqlitePolls::mark_reminded(PollId id, Instant at) {
  const bool marked =
      connection_.query("UPDATE poll SET reminded = ?2 WHERE id = ?1 AND reminded IS NULL AND closed IS NULL")
          .bind(id, at)
          .run() > 0;
  if (marked) changes_.append("poll", id.value, "update");
  return marked;
}

std::vector<PollVoice> SqlitePolls::voices(PollId id) {
  Query rows = connection_.query(
      "SELECT who, name, answered, choices, note FROM poll_voice WHERE poll = ?1 ORDER BY position");
  rows.bind(id);
  std::vector<PollVoice> voices;
  while (rows.step()) {
    PollVoice voice;
    voice.who = rows.text(0);
    voice.name = rows.text(1);
    voice.answered = rows.maybe_instant(2);
    voice.choices = read_choices(rows.text(3));
    voice.note = rows.text(4);
    voices.push_back(std::move(voice));
  }
  return voices;
}

bool SqlitePolls::answer(PollId id, const PollVoice& voice) {
  return connection_
             .query(
                 "UPDATE poll_voice SET answered = ?3, choices = ?4, note = ?5"
                 " WHERE poll = ?1 AND who = ?2")
             .bind(id, voice.who, voice.answered, choices_text(voice.choices), voice.note)
             .run() > 0;
}

}  // namespace convoke::db::sqlite
