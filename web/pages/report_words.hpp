// Words of a plan's report that its page and its document share.
#pragma once

#include "service/plan_report.hpp"

#include <array>
#include <chrono>
#include <string>
#include <vector>

namespace convoke::web {

// In the order in which they are shown.
inline constexpr std::array all_fates = {service::Fate::done,      service::Fate::late,
                                         service::Fate::cancelled, service::Fate::overdue,
                                         service::Fate::open,      service::Fate::ongoing};

// "done in time"
std::string fate_label(service::Fate fate, Language language);
// "done in time", or how often each for what has several times.
std::string fate_text(const service::FateCounts& counts, Language language);
// "09.24"
std::string month_figures(std::chrono::year_month month);
// With the kinds by their names.
std::vector<service::ReportLine> named_kinds(std::vector<service::ReportLine> kinds, Language language);

}  // namespace convoke::web
