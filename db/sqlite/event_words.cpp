#include "db/sqlite/event_words.hpp"

#include "base/search_words.hpp"
#include "base/text.hpp"

namespace convoke::db::sqlite {
namespace {

std::string words_of(std::initializer_list<std::string_view> texts) {
  std::vector<std::string> words;
  for (const auto text : texts)
    for (auto& word : search_words(text)) words.push_back(std::move(word));
  return join(words, " ");
}

std::string people_of(const Event& event) {
  auto words = words_of({event.responsible_text});
  for (const auto& one : event.responsible) words += " " + words_of({one.name, one.post, one.organisation});
  return words;
}

std::string rest_of(const Event& event) {
  auto words = words_of({event.section, event.note, event.description});
  for (const auto& item : event.agenda) words += " " + words_of({item});
  for (const auto& one : event.audience) words += " " + words_of({one});
  return words;
}

// A question to FTS5: "круг"* "стол"*. The words hold letters and figures only; the quotes keep AND and NEAR
// from being its own words.
std::string question_of(const std::vector<std::string>& beginnings) {
  std::string question;
  for (const auto& one : beginnings) question += (question.empty() ? "\"" : " \"") + one + "\"*";
  return question;
}

}  // namespace

void index_event(Connection& connection, const Event& event) {
  connection
      .query(
          "INSERT OR REPLACE INTO event_words (rowid, title, people, place, rest) VALUES (?1, ?2, ?3, ?4, "
          "?5)")
      .bind(event.id, words_of({event.title, event.number}), people_of(event), words_of({event.place}),
            rest_of(event))
      .run();
}

void forget_event(Connection& connection, EventId id) {
  connection.query("DELETE FROM event_words WHERE rowid = ?1").bind(id).run();
}

std::vector<EventId> find_events(Connection& connection, const std::vector<std::string>& beginnings,
                                 int limit) {
  std::vector<EventId> found;
  if (beginnings.empty()) return found;
  Query rows = connection.query(
      "SELECT rowid FROM event_words WHERE event_words MATCH ?1"
      " ORDER BY bm25(event_words, 8.0, 4.0, 2.0, 1.0), rowid DESC LIMIT ?2");
  rows.bind(question_of(beginnings), limit);
  while (rows.step()) found.push_back(rows.id<EventId>(0));
  return found;
}

}  // namespace convoke::db::sqlite
