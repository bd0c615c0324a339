#include "db/sqlite/delivery_repositories.hpp"

namespace convoke::db::sqlite {
namespace {

#define SUBSCRIBER_COLUMNS "id, email, language, query, rhythm, created, confirmed, ended, told, next"

Subscriber read_subscriber(const Query& row) {
  Subscriber subscriber;
  subscriber.id = row.id<SubscriberId>(0);
  subscriber.email = row.text(1);
  subscriber.language = known(language_of(row.text(2)), "language");
  subscriber.query = row.text(3);
  subscriber.rhythm = known(mail_rhythm_of(row.text(4)), "rhythm");
  subscriber.created = row.instant(5);
  subscriber.confirmed = row.maybe_instant(6);
  subscriber.ended = row.maybe_instant(7);
  subscriber.told = row.integer(8);
  subscriber.next = row.maybe_instant(9);
  return subscriber;
}

std::vector<Subscriber> read_subscribers(Query& rows) {
  std::vector<Subscriber> subscribers;
  while (rows.step()) subscribers.push_back(read_subscriber(rows));
  return subscribers;
}

}  // namespace

SubscriberId SqliteSubscribers::insert(const Subscriber& one) {
  Query row = connection_.query(
      "INSERT INTO subscriber (email, language, query, rhythm, created, confirmed, ended, told, next)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) RETURNING id");
  row.bind(one.email, tag_of(one.language), one.query, name_of(one.rhythm), one.created, one.confirmed,
           one.ended, one.told, one.next);
  row.step();
  const auto id = row.id<SubscriberId>(0);
  row.run();
  changes_.append("subscriber", id.value, "insert");
  return id;
}

void SqliteSubscribers::update(const Subscriber& one) {
  const int changed = connection_
                          .query(
                              "UPDATE subscriber SET email = ?2, language = ?3, query = ?4, rhythm = ?5,"
                              " created = ?6, confirmed = ?7, ended = ?8, told = ?9, next = ?10"
                              " WHERE id = ?1")
                          .bind(one.id, one.email, tag_of(one.language), one.query, name_of(one.rhythm),
                                one.created, one.confirmed, one.ended, one.told, one.next)
                          .run();
  if (changed == 0) throw_unknown("subscriber");
  changes_.append("subscriber", one.id.value, "update");
}

std::optional<Subscriber> SqliteSubscribers::find(SubscriberId id) {
  Query row = connection_.query("SELECT " SUBSCRIBER_COLUMNS " FROM subscriber WHERE id = ?1");
  row.bind(id);
  if (!row.step()) return std::nullopt;
  return read_subscriber(row);
}

std::vector<Subscriber> SqliteSubscribers::of_address(const std::string& email) {
  Query rows = connection_.query("SELECT " SUBSCRIBER_COLUMNS
                                 " FROM subscriber WHERE lower(email) = lower(?1) ORDER BY id");
  rows.bind(email);
  return read_subscribers(rows);
}

std::vector<Subscriber> SqliteSubscribers::list() {
  Query rows = connection_.query("SELECT " SUBSCRIBER_COLUMNS " FROM subscriber ORDER BY id");
  return read_subscribers(rows);
}

std::vector<Subscriber> SqliteSubscribers::due(Instant now, int limit) {
  Query rows = connection_.query("SELECT " SUBSCRIBER_COLUMNS
                                 " FROM subscriber WHERE ended IS NULL AND confirmed IS NOT NULL"
                                 " AND next <= ?1 ORDER BY next, id LIMIT ?2");
  rows.bind(now, limit);
  return read_subscribers(rows);
}

}  // namespace convoke::db::sqlite
