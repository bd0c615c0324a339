// One line about a step of the ladder: what a digest says where a mail of its own would say more.
#pragma once

#include "model/event.hpp"
#include "model/language.hpp"
#include "model/reminder.hpp"

#include <string>

namespace convoke::notify {

// "Через 3 дні: 14 листопада 2024 року, 10:00", "Прострочено на 5 днів: термін минув 15 травня 2025 року".
std::string step_line(const Reminder& reminder, const Event& event, Language language, Instant now);

}  // namespace convoke::notify
