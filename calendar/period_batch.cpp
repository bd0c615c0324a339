#include "calendar/period_batch.hpp"

#include "base/text.hpp"
#include "calendar/period_grammar.hpp"

namespace convoke::calendar {
namespace {

std::string unescape_breaks(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 2) == "\\n")
      out += '\n', ++i;
    else
      out += text[i];
  }
  return out;
}

}  // namespace

Result<std::string> period_batch_line(std::string_view tsv_line) {
  if (tsv_line.ends_with('\r')) tsv_line.remove_suffix(1);
  const auto columns = split(tsv_line, '\t');
  if (columns.size() < 3)
    return Error(Errc::invalid_input, "a line needs a text, a language and a context, separated by tabs");
  const auto context = parse_context(trim(columns[2]));
  if (!context)
    return Error(Errc::invalid_input, "the context is cal:YEAR, acad:YEAR/YEAR or month:YEAR-MM, not \"" +
                                          ellipsize(to_valid_utf8(columns[2]), 40) + "\"");
  const auto period = read_period(unescape_breaks(columns[0]), trim(columns[1]), *context).period;
  std::string out(type_name(period.precision));
  if (period.precision == Precision::recurring && period.recurrence)
    out += "(" + std::string(name_of(period.recurrence->frequency)) + ")";
  return out + "\t" + (period.first ? format_iso(*period.first) : "") + "\t" +
         (period.last ? format_iso(*period.last) : "");
}

}  // namespace convoke::calendar
