// The Store over one SQLite file: a writer thread, reader threads and the lock they share with other
// processes.
#pragma once

#include "db/sqlite/open.hpp"
#include "db/sqlite/process_lock.hpp"
#include "db/sqlite/reader_pool.hpp"
#include "db/sqlite/writer.hpp"
#include "db/store.hpp"

#include <memory>
#include <string>

namespace convoke::db::sqlite {

class SqliteStore final : public Store {
 public:
  SqliteStore(const Options& options, std::unique_ptr<ProcessLock> lock, std::unique_ptr<Connection> writer);
  // Finishes what waits, carries the log into the database and closes it.
  ~SqliteStore() override;

  void submit_read(Work work, Done done) override;
  void submit_write(Author author, Work work, Done done) override;
  std::int64_t last_change() const override;
  Deferred<bool> backup(std::string file) override;
  Deferred<std::string> check() override;

 private:
  std::unique_ptr<ProcessLock> lock_;
  Writer writer_;
  ReaderPool readers_;
};

}  // namespace convoke::db::sqlite
