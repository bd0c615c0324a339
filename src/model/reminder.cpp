#include "model/reminder.hpp"

#include <array>

namespace convoke {
namespace {

constexpr std::array<std::string_view, 3> reason_names = {"upcoming", "deadline", "fix_date"};
constexpr std::array<std::string_view, 6> state_names = {"planned", "sending", "sent",
                                                         "failed",  "missed",  "superseded"};

}  // namespace

std::string_view name_of(ReminderReason reason) { return reason_names.at(static_cast<std::size_t>(reason)); }

std::optional<ReminderReason> reminder_reason_of(std::string_view name) {
  for (std::size_t i = 0; i < reason_names.size(); ++i)
    if (reason_names[i] == name) return static_cast<ReminderReason>(i);
  return std::nullopt;
}

std::string_view name_of(ReminderState state) { return state_names.at(static_cast<std::size_t>(state)); }

std::optional<ReminderState> reminder_state_of(std::string_view name) {
  for (std::size_t i = 0; i < state_names.size(); ++i)
    if (state_names[i] == name) return static_cast<ReminderState>(i);
  return std::nullopt;
}

}  // namespace convoke
