// A plan laid out as a document: stamps, title, aims, and the table with the words of its language. The
// writers of the formats (plan_writers.hpp) put it on paper; read_plan() reads it back.
#pragma once

#include "model/event.hpp"
#include "model/plan.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace convoke::documents {

// Between a post and a name in a signature.
inline constexpr std::string_view signature_gap = "    ";

struct LaidOutLine {
  enum class Kind { caption, row } kind = Kind::row;
  std::vector<std::string> cells;  // of a caption: one; of a row: as many as there are columns
};

struct PlanLayout {
  std::string language;                          // BCP 47
  std::vector<std::vector<std::string>> stamps;  // each by its lines, the first one its verb
  std::vector<std::string> signatures;           // names without a verb: they stand below the table
  std::string title, organisation;               // organisation: empty when the title names it
  struct Paragraph {
    std::string text;
    bool caption = false, point = false;
  };
  std::vector<Paragraph> preamble;
  std::vector<std::string>
      headings;  // №, activity, period, responsible; then place and note if any row has one
  std::vector<LaidOutLine> lines;
};

// `rows`: in the order of the plan. What was cancelled is left out. The period stands as the plan words it,
// with the day that was named since in brackets only when `with_days`.
PlanLayout lay_out(const Plan& plan, const std::vector<Event>& rows, bool with_days = false);

// The period cell: its words, or the day in figures.
std::string period_words(const Period& period, const std::string& language);

}  // namespace convoke::documents
