// The threads that write the mails and hand them over: the other half of the dispatcher's.
#include "base/log.hpp"
#include "notify/dispatcher.hpp"
#include "notify/retry.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace convoke::notify {
namespace {

using std::chrono::steady_clock;

// What a mail says is decided again when it waited longer than this for its turn.
constexpr std::chrono::seconds still_fresh{5};

}  // namespace

int Dispatcher::run_once() {
  const int handled = fill();
  Lane& lane = lanes_.front();
  for (;;) {
    std::optional<Job> job;
    {
      const std::lock_guard lock(mutex_);
      if (jobs_.empty()) break;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    handle(lane, std::move(*job));
  }
  outcomes_.store_gathered();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return outcomes_.on_their_way() == 0; });
  return handled;
}

void Dispatcher::work(Lane& lane) {
  while (auto job = next_job()) {
    try {
      handle(lane, std::move(*job));
    } catch (const std::exception& failure) {  // the lease brings the row back
      log::error("reminder_not_handled", {{"id", job->row.id.value}, {"why", failure.what()}});
    }
    const std::lock_guard lock(mutex_);
    --in_hand_;
    if (stop_) changed_.notify_all();  // stop() alone waits for it
  }
}

std::optional<Dispatcher::Job> Dispatcher::next_job() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] {
    return stop_ || (!jobs_.empty() && outcomes_.on_their_way() < Outcomes::most_waiting);
  });
  if (stop_) return std::nullopt;
  std::optional<Job> job(std::move(jobs_.front()));
  jobs_.pop_front();
  ++in_hand_;
  if (jobs_.size() == static_cast<std::size_t>(settings_.batch) / 2) changed_.notify_all();
  return job;
}

bool Dispatcher::is_old(const Job& job) const {
  return store_.last_change() != job.change || steady_clock::now() - job.composed > still_fresh;
}

void Dispatcher::handle(Lane& lane, Job job) {
  const bool late = steady_clock::now() - job.claimed > settings_.lease - settings_.slowest_delivery;
  if (late || must_pause() || !wait_for_turn()) return give_back(job.row);
  if (is_old(job)) {
    auto again = compose({job.row}, job.claimed);
    if (!again) return give_back(job.row);
    if (again->empty()) return;  // taken back meanwhile
    job = std::move(again->front());
    if (job.composition.kind == Composition::Kind::drop) return drop(job);
    if (job.composition.kind == Composition::Kind::spread) return spread(job);
  }
  send(lane, job);
}

// False when the dispatcher is to stop, or a relay has gone meanwhile.
bool Dispatcher::wait_for_turn() {
  {
    std::unique_lock lock(mutex_);
    if (!pace_.limits()) return true;
    const auto turn = pace_.next(steady_clock::now());
    changed_.wait_until(lock, turn, [this] { return stop_; });
  }
  return !must_pause();
}

void Dispatcher::send(Lane& lane, const Job& job) {
  lane.slot = hand_overs_->begin(job.row.id);
  Delivery delivery;
  std::optional<MailCopy> copy;
  try {
    auto mail = job.composition.write();
    delivery = lane.channel->deliver(mail);
    copy = std::move(mail.copy);
  } catch (const std::exception& failure) {  // a fault of ours: it would fail every time
    log::error("reminder_not_rendered", {{"id", job.row.id.value}, {"why", failure.what()}});
    delivery = {Outcome::refused, "the mail could not be written", false, false};
  }
  hand_overs_->answered(lane.slot, delivery);
  const Instant now = clock_.now();
  Instant held_until;
  {
    const std::lock_guard lock(mutex_);
    delivery = relay_.note(std::move(delivery), now);
    held_until = relay_.held_until();
  }
  auto settlement = settlement_of(job.row, delivery, now);
  settlement.copy = std::move(copy);
  settlement.then = job.composition.then;
  // Behind the others when the relay is back, lest a mail that it chokes on hold up the rest.
  if (delivery.unreachable && settlement.row.next_attempt)
    settlement.row.next_attempt = std::max(*settlement.row.next_attempt,
                                           held_until + retry_delay(job.row.attempts, job.row.message_id));
  log::info("reminder_handled", {{"id", job.row.id.value},
                                 {"event_id", job.row.key.event.value},
                                 {"state", name_of(settlement.row.state)},
                                 {"attempts", job.row.attempts}});
  outcomes_.store(std::move(settlement), lane.slot, others_follow());
}

// At once, so that their outcomes may be stored together with this one.
bool Dispatcher::others_follow() const {
  const std::lock_guard lock(mutex_);
  return !stop_ && !jobs_.empty() && !pace_.limits();
}

}  // namespace convoke::notify
