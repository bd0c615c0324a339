#include "service/rounds.hpp"

#include "base/log.hpp"

namespace convoke::service {

void Rounds::tick(Instant now) {
  // A step back of the clock must not stop the rounds.
  if (now < next_ && next_ - now <= round_.every) return;
  next_ = now + round_.every;
  const auto any = store_.read([this](db::Unit& unit) { return round_.any(unit); }).wait();
  if (!any || !*any) return;
  const auto done = store_
                        .write(db::Author(round_.name, now),
                               [this, now](db::Unit& unit) { return round_.work(unit, mail_domain_, now); })
                        .wait();
  if (!done) log::warning("round.failed", {{"round", round_.name}, {"error", name_of(done.error().code)}});
}

}  // namespace convoke::service
