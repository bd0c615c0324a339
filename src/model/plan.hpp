// The annual plan: a document that orders events, with what stands before and after its table.
#pragma once

#include "base/clock.hpp"
#include "model/event.hpp"
#include "model/ids.hpp"
#include "model/period.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke {

// УТВЕРЖДАЮ / СОГЛАСОВАНО / Принят на заседании. No date: the signature is pending.
struct Approval {
  std::string verb;  // as printed: "УТВЕРЖДАЮ"
  std::string post;
  std::string name;  // "Калина О.П."; empty when nobody is named
  std::optional<Date> date;
  std::string act;  // "№ 27-д"; empty when there is none

  bool operator==(const Approval&) const = default;
};

// "Цель: …", "Задачи: - … - …": text that stands in the plan and is never scheduled.
struct PreambleItem {
  std::string caption;  // "Задачи"; empty for plain paragraphs
  std::string text;

  bool operator==(const PreambleItem&) const = default;
};

struct Plan {
  PlanId id;
  OrganisationId organisation;
  std::string title;
  std::string organisation_name;  // as the document names it
  std::string language = "uk";    // of the document; may be one that nothing is printed in
  PlanContext year;
  std::string zone;  // IANA name: of the rows that are added. Empty: that of the rows there are
  std::vector<Approval> approvals;
  std::vector<PreambleItem> preamble;
  std::string source_name;  // the file it came from, without folders
  Instant imported{};
};

}  // namespace convoke
