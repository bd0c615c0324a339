// The stretches of time a cell names, with their days: what is left of its tokens once the missing years are
// inferred from the neighbours and from the plan.
#pragma once

#include "calendar/period_text.hpp"
#include "model/period_reading.hpp"

#include <vector>

namespace convoke::calendar {

struct Stretch {
  std::size_t token = 0;
  Days days{};
  Precision precision = Precision::none;
  PieceKind kind = PieceKind::day;
  bool deadline = false;
  bool monthless = false;
  int day = 0;  // of a month-less one
};

struct Stretches {
  std::vector<Stretch> list;   // in the order of the text
  bool explicit_year = false;  // one of them has its year written
};

bool day_like(Precision p);
bool month_like(Precision p);

// What a stretch from one of precision `a` to one of precision `b` is.
Precision joined(Precision a, Precision b);

// Infers the years of the spans among `tokens` and reads their days; warns of days that there are not.
Stretches read_stretches(std::vector<Token>& tokens, const Cell& cell, const PieceContext& context,
                         PeriodReading& reading);

}  // namespace convoke::calendar
