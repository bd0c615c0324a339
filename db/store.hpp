// The one door to the database. A unit of work is one lambda over the repositories, run on a database thread
// in one transaction: it captures by value, awaits nothing, and either all of it is stored durably or nothing
// is. Backends: db/sqlite (default), later db/postgres. No SQL outside their folders.
#pragma once

#include "base/clock.hpp"
#include "base/deferred.hpp"
#include "db/storage_error.hpp"
#include "db/unit.hpp"

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace convoke::db {

// Who changes something and when: stands in the change log beside every row a write touches.
struct Author {
  std::string name;  // "cli", "token:3", "system"; never a person's address
  Instant at{};

  Author(std::string n, Instant a) : name(std::move(n)), at(a) {}
};

class Store {
 public:
  virtual ~Store() = default;

  // True: commit. False: roll this unit back (its input was bad). An exception rolls back too and reaches
  // Done.
  using Work = std::function<bool(Unit&)>;
  // Called once on a database thread, after the commit is durable (or with what went wrong). Must not block.
  using Done = std::function<void(std::exception_ptr)>;

  virtual void submit_read(Work work, Done done) = 0;
  virtual void submit_write(Author author, Work work, Done done) = 0;

  // The number of the newest entry of the change log; rises with every visible change, also one made by
  // another process on the same database. Asks no database: cheap enough for every request.
  virtual std::int64_t last_change() const = 0;

  // A consistent copy of the live database in a new file. Errors: invalid_input when the file exists.
  virtual Deferred<bool> backup(std::string file) = 0;
  // Problems that an integrity check finds, one a line; empty when sound.
  virtual Deferred<std::string> check() = 0;

  // `fn(Unit&)` returns a T or a Result<T>; an error rolls back. StorageError becomes
  // Errc::storage_unavailable.
  template<class Fn>
  auto read(Fn fn) {
    return run(std::move(fn),
               [this](Work work, Done done) { submit_read(std::move(work), std::move(done)); });
  }
  template<class Fn>
  auto write(Author author, Fn fn) {
    return run(std::move(fn), [this, author = std::move(author)](Work work, Done done) {
      submit_write(author, std::move(work), std::move(done));
    });
  }

 private:
  template<class T>
  struct Unwrapped {
    using type = T;
  };
  template<class T>
  struct Unwrapped<Result<T>> {
    using type = T;
  };

  template<class Fn, class Submit>
  static auto run(Fn fn, Submit submit) {
    using T = typename Unwrapped<std::invoke_result_t<Fn&, Unit&>>::type;
    return Deferred<T>(
        [fn = std::move(fn), submit = std::move(submit)](typename Deferred<T>::Completion done) {
          auto answer = std::make_shared<std::optional<Result<T>>>();
          Work work = [fn, answer](Unit& unit) mutable {
            answer->emplace(fn(unit));
            return (*answer)->has_value();
          };
          submit(std::move(work), [answer, done = std::move(done)](std::exception_ptr failure) {
            if (failure) return done(storage_failure(failure));
            done(std::move(**answer));
          });
        });
  }
};

}  // namespace convoke::db
