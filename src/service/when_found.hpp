// One operation behind another: who has no link of ours, and who sends what nobody asked for, makes nobody
// work.
#pragma once

#include "base/deferred.hpp"

#include <memory>
#include <utility>

namespace convoke::service {

// `next(View)` -> Deferred<T>, begun when `look_up` has found its View; else its error, and nothing is begun.
template<class T, class View, class Next>
Deferred<T> when_found(Deferred<View> look_up, Next next) {
  auto looking = std::make_shared<Deferred<View>>(std::move(look_up));
  auto then = std::make_shared<Next>(std::move(next));
  return Deferred<T>([looking, then](typename Deferred<T>::Completion done) {
    std::move(*looking).start([then, done = std::move(done)](Result<View> found) {
      if (!found) return done(found.error());
      (*then)(std::move(*found)).start(done);
    });
  });
}

}  // namespace convoke::service
