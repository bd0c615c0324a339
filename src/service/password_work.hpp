// Work on passwords, away from the threads that serve and from the database's (threats B8).
#pragma once

#include "base/deferred.hpp"
#include "service/context.hpp"
#include "service/passwords.hpp"

#include <memory>
#include <new>

namespace convoke::service {

// What `work()`, a T, comes to. Errors: storage_unavailable when too many passwords wait, or there is no
// memory for this one.
template<class T, class Work>
Deferred<T> password_work(Context& context, Work work) {
  return Deferred<T>([&context, work = std::move(work)](typename Deferred<T>::Completion done) {
    const bool taken = context.run_password_work([work, done] {
      std::unique_ptr<T> result;
      try {
        result = std::make_unique<T>(work());
      } catch (const std::bad_alloc&) {
      }
      if (result) return done(std::move(*result));
      done(Error{Errc::storage_unavailable, "there is no memory for this just now; try again in a moment"});
    });
    if (!taken)
      done(Error{Errc::storage_unavailable, "many people are signing in just now; try again in a moment"});
  });
}

// Hashes `password` elsewhere and hands the hash to `then`, which begins what follows.
template<class T, class Then>
Deferred<T> with_hash(Context& context, std::string password, Then then) {
  return Deferred<T>([&context, password = std::move(password),
                      then = std::move(then)](typename Deferred<T>::Completion done) {
    password_work<std::string>(context, [password, cost = context.settings.password_cost] {
      return hash_password(password, cost);
    }).start([then, done](Result<std::string> hash) {
      if (!hash) return done(hash.error());
      auto begin = then;
      begin(std::move(*hash)).start(done);
    });
  });
}

}  // namespace convoke::service
