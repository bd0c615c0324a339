// When mails are owed: rules an association, a plan, a kind of event or one event may have of its own. The
// nearest set wins whole: event, kind, plan, association, then what the program ships with.
#pragma once

#include "base/date.hpp"
#include "model/event.hpp"
#include "model/ids.hpp"
#include "model/reminder.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke {

// Which events a rule speaks of.
enum class Applies {
  dated,              // something takes place: a date, a time, a range of days
  deadline,           // work is due: a report or a task with a day, "by 15 May"
  vague,              // a month, a quarter, a season: somebody still has to name the day
  recurring_monthly,  // once a month, or a list of days or months: each occurrence
  recurring_rare,     // once a quarter and rarer: each occurrence
  ongoing,            // all year, all the time: no deadline, only a check-in
};
inline constexpr std::size_t applies_count = 6;
std::string_view name_of(Applies applies);
std::optional<Applies> applies_of(std::string_view name);

// The day of the period that a rule counts from.
enum class Anchor { start, middle, end };
std::string_view name_of(Anchor anchor);
std::optional<Anchor> anchor_of(std::string_view name);

enum class Tells { responsible, section_head, chair };
std::string_view name_of(Tells tells);
std::optional<Tells> tells_of(std::string_view name);

struct ReminderRule {
  std::string
      id;  // "deadline.14d": unique in its set, part of the reminder's key, never given another meaning
  Applies applies_to = Applies::dated;
  Anchor anchor = Anchor::start;
  int offset = 0;               // days from the anchor: negative is before, positive after
  bool working_days = false;    // the offset counts working days
  TimeOfDay at = default_time;  // local to the event's zone
  ReminderReason reason = ReminderReason::upcoming;
  Tells tells = Tells::responsible;

  static constexpr TimeOfDay default_time = std::chrono::hours{8} + std::chrono::minutes{30};
  bool operator==(const ReminderRule&) const = default;
};

// Exactly one of plan, kind, event is set, or none: then it is the association's.
struct RuleScope {
  OrganisationId organisation;
  PlanId plan;
  std::optional<EventKind> kind;
  EventId event;

  bool operator==(const RuleScope&) const = default;
};

struct ReminderRules {
  RuleSetId id;
  RuleScope scope;
  std::vector<ReminderRule> rules;
  // Nothing leaves between these local times; what would waits for quiet_to. Equal: no quiet hours.
  TimeOfDay quiet_from = std::chrono::hours{21}, quiet_to = std::chrono::hours{7};
  bool on_days_off =
      false;            // else a send that falls on a weekend or a holiday moves to the working day before
  std::string country;  // whose public holidays: "UA", "BY", "RU"; empty: by the event's zone

  bool operator==(const ReminderRules&) const = default;
};

}  // namespace convoke
