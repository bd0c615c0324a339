#include "web/pages/intake_words.hpp"

#include "base/text.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/fault_words.hpp"
#include "web/pages/links.hpp"
#include "web/pages/when.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

namespace convoke::web {
namespace {

// The warnings of the readers without their first word, as catalogs know them. {text}, {other} and {number}
// stand for what the document says, {kind} for a kind of event, {fields} for parts of a row, {date} for a
// day.
constexpr std::array warnings = {
    "a row broken in two was put together ({fields})",
    "a title broken over two paragraphs was put together",
    "a table has no heading row; its columns were told by their content",
    "the periods were found by their content, no heading names them",
    "none was found",
    "the row has no title",
    "the document has only the number {number}; the title was made from the caption",
    "an anniversary is named; it may be over",
    "taken out of the sentence",
    "taken from the section \"{text}\"",
    "its month was taken from the section \"{text}\"",
    "the cell is empty; the month of the row above was taken",
    "\"{text}\" was read as the row above says",
    "a further deadline stands in the cell: {text}",
    "no date could be read in \"{text}\"",
    "no period could be read: {text}",
    "no month is named: read as every month",
    "no month or quarter is named: read as every one",
    "the date depends on another event or an anniversary: it has to be given by a person",
    "the year is outside the plan",
    "two frequencies are named: the first was taken",
    "a number of ones was read as a Roman number: {number}",
    "the plan knows no such frequency; the nearest was taken: {text}",
    "which working day is meant was not kept",
    "\"{text}\" may be the number of a row: not read as a date",
    "there is no such date: {text}",
    "the period ends before it begins: its ends were exchanged",
    "a deadline \"until\" a whole period was read as the day before it begins",
    "the weekday does not fit the date {date}",
    "a stage is named beside its date: {text}",
    "words beside the dates were taken for the place: {text}",
    "\"{text}\" was read as a misspelt name of a month or weekday",
    "the text is too long for a period: more than {number} bytes",
    "the text has too many words and figures for a period: more than {number}",
    "\"{text}\" was taken out of the period's cell",
    "\"{text}\" is still open",
    "{kind}, by words in quotes or brackets of the title",
    "{kind}, by the section; the title does not say",
    "{kind}, because neither title nor section says what it is",
    "a comma seems to be missing in \"{text}\"",
    "the cell breaks off after a conjunction; somebody may be missing",
    "the organisation \"{text}\" is written \"{other}\" elsewhere and was taken so",
    "{text} may be one person; they were kept apart",
    "{number} stands twice in this section",
    "read from \"{text}\", the title names none",
    "read from the name of the file, the document names none",
    "no year is named; taken from the approval of {date}",
    "taken as the academic year {text}",
    "\"{number}\" alone is called an academic year; taken as the calendar year",
    "{number} is named without saying what it is",
    "the document names none; the one shown is assumed",
    "it was \"{text}\"",
    "this year it is {date}; the same weekday of that week was taken",
    "last year it said \"{text}\"; no date could be made of it",
};

// The parts of a row, in the words that a warning has for them.
constexpr std::array<std::pair<std::string_view, const char*>, 5> parts = {{{"title", "Activity"},
                                                                            {"period", "Period"},
                                                                            {"responsible", "Responsible"},
                                                                            {"place", "Place"},
                                                                            {"note", "Note"}}};

constexpr const char* no_plan =
    "No planned activities were found in it. A plan has a table or a list with what is to be done and when; "
    "with a table, send the row of headings too.";

using Captured = std::vector<std::pair<std::string_view, std::string_view>>;

// `text` read by a pattern with {names}, each standing for as little as it can; the last for all that is
// left.
std::optional<Captured> match(std::string_view pattern, std::string_view text) {
  Captured found;
  while (true) {
    const auto open = pattern.find('{');
    const auto literal = pattern.substr(0, open);
    if (!text.starts_with(literal)) return std::nullopt;
    text.remove_prefix(literal.size());
    if (open == std::string_view::npos) return text.empty() ? std::optional(found) : std::nullopt;
    const auto close = pattern.find('}', open);
    const auto name = pattern.substr(open + 1, close - open - 1);
    pattern.remove_prefix(close + 1);
    const auto next = pattern.substr(0, pattern.find('{'));
    // A text may hold quotes of its own: what ends a pattern ends the text.
    const bool last = next.size() == pattern.size();
    const bool fits = !last || text.ends_with(next);
    const auto end = !fits ? std::string_view::npos : last ? text.size() - next.size() : text.find(next);
    if (end == std::string_view::npos) return std::nullopt;
    found.emplace_back(name, text.substr(0, end));
    text.remove_prefix(end);
  }
}

std::string said(std::string_view name, std::string_view value, Language language) {
  if (name == "kind")
    if (const auto kind = event_kind_of(value)) return std::string(calendar::kind_label(*kind, language));
  if (name == "date")
    if (const auto date = parse_iso_date(value)) return date_text(*date, language);
  if (name != "fields") return std::string(value);
  std::string out;
  for (const auto word : split(value, ',')) {
    std::string part(trim(word));
    for (const auto& [english, msgid] : parts)
      if (part == english) part = to_lower(tr(language, msgid));
    out += (out.empty() ? "" : ", ") + part;
  }
  return out;
}

std::string replace_all(std::string text, std::string_view name, const std::string& value) {
  const std::string mark = "{" + std::string(name) + "}";
  if (const auto at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), value);
  return text;
}

void add(std::string& line, const std::string& text) {
  line += (line.empty() ? "" : ", ") + text;
}

}  // namespace

SaidWarning say_warning(std::string_view warning, Language language) {
  const auto colon = warning.find(": ");
  const auto rest = colon == std::string_view::npos ? warning : warning.substr(colon + 2);
  for (const char* pattern : warnings) {
    const auto captured = match(pattern, rest);
    if (!captured) continue;
    std::string text = tr(language, pattern);
    for (const auto& [name, value] : *captured) text = replace_all(text, name, said(name, value, language));
    return {capitalise(text), true};
  }
  return {capitalise(rest), false};
}

std::string_view name_of(service::Certainty certainty) {
  constexpr std::array<std::string_view, 3> names = {"certain", "guessed", "doubtful"};
  return names.at(static_cast<std::size_t>(certainty));
}

std::string certainty_text(service::Certainty certainty, Language language) {
  constexpr std::array<const char*, 3> words = {"as written", "a guess", "doubtful"};
  return tr(language, words.at(static_cast<std::size_t>(certainty)));
}

std::string period_words(const Period& period, Language language) {
  if (period.precision == Precision::none)
    return period.source_text.empty() ? tr(language, "no date in the document")
                                      : tr(language, "no date could be read");
  std::string words = when_text(period, language);
  const bool span = period.has_dates() && *period.first != *period.last && !period.is_dated();
  if (span && period.precision != Precision::date_range)
    words += " · " + calendar::format_date_short(*period.first, language) + " – " +
             calendar::format_date_short(*period.last, language);
  return words;
}

std::string totals_text(const service::IntakeTotals& totals, Language language) {
  std::string line = trn(language, "{n} row", "{n} rows", totals.rows);
  if (totals.sections > 0) add(line, trn(language, "{n} section", "{n} sections", totals.sections));
  if (totals.persons > 0) add(line, trn(language, "{n} person", "{n} persons", totals.persons));
  if (!totals.bodies.empty())
    add(line, trn(language, "{n} office or group", "{n} offices or groups",
                  static_cast<long>(totals.bodies.size())));
  if (totals.undated > 0)
    add(line, trn(language, "{n} without a date", "{n} without a date", totals.undated));
  if (totals.by_other_plan > 0)
    add(line, trn(language, "{n} by another plan", "{n} by another plan", totals.by_other_plan));
  if (totals.quarterly > 0) add(line, trn(language, "{n} quarterly", "{n} quarterly", totals.quarterly));
  const int others = totals.recurring - totals.quarterly;
  if (others > 0) add(line, trn(language, "{n} recurring", "{n} recurring", others));
  if (totals.ongoing > 0) add(line, trn(language, "{n} all year", "{n} all year", totals.ongoing));
  if (totals.left_out > 0) add(line, trn(language, "{n} left out", "{n} left out", totals.left_out));
  return line;
}

std::string year_value(const PlanContext& year) {
  const std::string first = std::to_string(static_cast<int>(year.first.year()));
  if (year.kind == YearKind::academic) return "acad:" + first;
  if (year.kind == YearKind::month) return "month:" + format_month(month_of(year.first));
  return "cal:" + first;
}

std::string live_period_path(const Plan& plan) {
  return with_query(with_query("/manage/period", "year", year_value(plan.year)), "language", plan.language);
}

std::optional<PlanContext> year_of_value(std::string_view value) {
  const auto colon = value.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto kind = value.substr(0, colon), rest = value.substr(colon + 1);
  if (kind == "month") {
    const auto month = parse_month(rest);
    if (!month) return std::nullopt;
    return PlanContext::one_month(static_cast<int>(month->year()), static_cast<unsigned>(month->month()));
  }
  int year = 0;
  const auto [end, problem] = std::from_chars(rest.data(), rest.data() + rest.size(), year);
  const bool whole = problem == std::errc() && end == rest.data() + rest.size();
  if (!whole || year < first_year || year >= last_year) return std::nullopt;
  if (kind == "cal") return PlanContext::calendar_year(year);
  if (kind == "acad") return PlanContext::academic_year(year);
  return std::nullopt;
}

std::string year_words(const PlanContext& year, Language language) {
  if (year.kind == YearKind::academic)
    return tr(language, "school year {years}", {{"years", year_text(year)}});
  if (year.kind == YearKind::month) return month_title(month_of(year.first), language);
  return tr(language, "calendar year {year}", {{"year", year_text(year)}});
}

std::string intake_error_text(const Error& error, Language language) {
  if (error.code == Errc::not_a_plan) return tr(language, no_plan);
  if (error.code == Errc::unsupported_format)
    return tr(language,
              "Files of this kind cannot be read. Plans come as DOCX, ODT, XLSX, ODS, CSV or text.");
  return fault_text(error, language);
}

}  // namespace convoke::web
