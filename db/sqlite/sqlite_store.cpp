#include "db/sqlite/sqlite_store.hpp"

#include "db/sqlite/maintenance.hpp"

namespace convoke::db::sqlite {

SqliteStore::SqliteStore(const Options& options, std::unique_ptr<ProcessLock> lock,
                         std::unique_ptr<Connection> writer)
    : lock_(std::move(lock)),
      writer_(options.path, options.busy_timeout, *lock_, std::move(writer)),
      readers_(options, *lock_) {}

// The writer first: a finished write may still read. Its connection stays open for the last checkpoint, which
// wants the readers gone.
SqliteStore::~SqliteStore() {
  writer_.stop();
  readers_.stop();
  writer_.checkpoint();
}

void SqliteStore::submit_read(Work work, Done done) {
  readers_.submit(std::move(work), std::move(done));
}

void SqliteStore::submit_write(Author author, Work work, Done done) {
  writer_.submit(std::move(author), std::move(work), std::move(done));
}

std::int64_t SqliteStore::last_change() const {
  return lock_->last_change();
}

Deferred<bool> SqliteStore::backup(std::string file) {
  return Deferred<bool>([this, file = std::move(file)](Deferred<bool>::Completion done) {
    readers_.submit_job(
        [file, done](Connection& connection) {
          try {
            done(copy_to_file(connection, file));
          } catch (...) {
            done(storage_failure(std::current_exception()));
          }
        },
        [done](std::exception_ptr failure) { done(storage_failure(std::move(failure))); });
  });
}

Deferred<std::string> SqliteStore::check() {
  return Deferred<std::string>([this](Deferred<std::string>::Completion done) {
    readers_.submit_job(
        [done](Connection& connection) {
          try {
            done(find_problems(connection));
          } catch (...) {
            done(storage_failure(std::current_exception()));
          }
        },
        [done](std::exception_ptr failure) { done(storage_failure(std::move(failure))); });
  });
}

}  // namespace convoke::db::sqlite
