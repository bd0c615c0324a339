#include "service/submission_round.hpp"

#include "base/time_zone.hpp"
#include "db/submissions.hpp"
#include "notify/enqueue.hpp"
#include "notify/planner.hpp"
#include "notify/submission_links.hpp"
#include "service/registration_steps.hpp"

#include <algorithm>

namespace convoke::service {
namespace {

// Once before each deadline; the composer drops it for those who have done theirs.
int remind_reviewers(const RegistrationWork& work, const Call& call) {
  if (!call.review_by || work.now < *call.review_by - reviewers_reminded_before ||
      work.now >= *call.review_by)
    return 0;
  int queued = 0;
  for (const auto& reviewer : work.unit.submissions().reviewers_of(call.event)) {
    const auto reviews = work.unit.submissions().reviews_by(reviewer.id);
    if (std::ranges::find(reviews, ReviewState::asked, &Review::state) == reviews.end()) continue;
    // Whoever was asked just now needs no reminder.
    const bool all_fresh = std::ranges::all_of(reviews, [&](const Review& one) {
      return one.state != ReviewState::asked || one.asked > work.now - std::chrono::hours{24};
    });
    if (all_fresh) continue;
    const bool fresh = notify::enqueue(
        work.unit, notify::review_mail(reviewer, ReminderReason::review_reminder, format_iso(*call.review_by),
                                       work.now, *call.review_by, work.mail_domain));
    queued += fresh ? 1 : 0;
  }
  return queued;
}

bool is_time_to_erase(const Call& call, const Event& event, Instant now) {
  const auto ends = ends_at(event);
  if (!ends) return false;
  const auto zone = notify::zone_of(event);
  auto last = civil_date(*ends, zone) + std::chrono::months{call.keep_months};
  if (!last.ok()) last = last_of_month(last);
  return now >= to_instant(last, TimeOfDay{0}, zone);
}

}  // namespace

int submission_round(db::Unit& unit, const std::string& mail_domain, Instant now) {
  const RegistrationWork work(unit, mail_domain, now);
  int done = 0;
  for (auto& call : unit.submissions().calls()) {
    const auto event = unit.events().find(call.event);
    if (!event) continue;
    done += remind_reviewers(work, call);
    done += unit.submissions().remove_drafts(call.event, now - drafts_kept_for);
    if (!is_time_to_erase(call, *event, now)) continue;
    unit.submissions().erase_people(call.event);
    call.erased = now;
    call.on = false;
    unit.submissions().save_call(call);
    ++done;
  }
  return done;
}

const Round submission_rounds = {"submissions", std::chrono::minutes{5},
                                 [](db::Unit& unit) { return !unit.submissions().calls().empty(); },
                                 submission_round};

}  // namespace convoke::service
