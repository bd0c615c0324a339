#include "service/submission_settings.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "documents/table_writer.hpp"
#include "notify/planner.hpp"
#include "service/checked_text.hpp"

#include <algorithm>
#include <charconv>

namespace convoke::service {
namespace {

constexpr int shortest_abstract_limit = 100, longest_keeping = 120;  // code points; months
constexpr std::size_t longest_entry = 200;                           // of a section or a criterion
constexpr TimeOfDay midnight{0}, day_end{23 * 60 + 59};

Error wrong(const char* field, const std::string& why) {
  return {Errc::invalid_input, "'" + std::string(field) + "': " + why};
}

Result<std::optional<Instant>> moment_in(const std::string& date, const std::string& time,
                                         const std::string& zone, const char* field, TimeOfDay otherwise) {
  if (trim(date).empty()) return std::optional<Instant>();
  const auto day = parse_iso_date(trim(date));
  if (!day) return wrong(field, "this is no day");
  auto at = otherwise;
  if (!trim(time).empty()) {
    const auto read = parse_iso_time(trim(time));
    if (!read) return wrong(field, "this is no time");
    at = *read;
  }
  return std::optional(to_instant(*day, at, zone));
}

Result<int> number_in(const std::string& entered, const char* field, int least, int most) {
  const auto text = trim(entered);
  int value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size() || value < least || value > most)
    return wrong(field, "a number from " + std::to_string(least) + " to " + std::to_string(most));
  return value;
}

Result<std::vector<std::string>> entries_in(const std::vector<std::string>& lines, const char* field,
                                            std::size_t most) {
  std::vector<std::string> kept;
  for (const auto& line : lines) {
    auto checked = checked_text(line, longest_entry, "the line");
    if (!checked) return wrong(field, checked.error().message);
    auto text = collapse_spaces(*checked);
    if (!text.empty() && std::ranges::find(kept, text) == kept.end()) kept.push_back(std::move(text));
  }
  if (kept.size() > most) return wrong(field, "too many");
  return kept;
}

Result<void> take_texts(std::array<std::string, 4>& into, const std::array<std::string, 4>& entered,
                        const char* field) {
  for (std::size_t i = 0; i < into.size(); ++i) {
    auto text = checked_text(entered.at(i), longest_guidance, "the text");
    if (!text) return wrong(field, text.error().message);
    into.at(i) = std::move(*text);
  }
  return {};
}

Result<void> take_moments(Call& call, const CallSettings& settings, const std::string& zone) {
  const auto opens = moment_in(settings.opens_date, settings.opens_time, zone, "opens", midnight);
  if (!opens) return opens.error();
  const auto closes = moment_in(settings.closes_date, settings.closes_time, zone, "closes", day_end);
  if (!closes) return closes.error();
  const auto review = moment_in(settings.review_date, settings.review_time, zone, "review_by", day_end);
  if (!review) return review.error();
  if (*opens && *closes && **closes <= **opens) return wrong("closes", "it must be after the opening");
  call.opens = *opens;
  call.closes = *closes;
  call.review_by = *review;
  return {};
}

std::string authors_text(const Submission& paper, bool institutions) {
  std::vector<std::string> parts;
  for (const auto& author : paper.authors) {
    const auto& text = institutions ? author.institution : author.name;
    if (!text.empty() && std::ranges::find(parts, text) == parts.end()) parts.push_back(text);
  }
  return join(parts, "; ");
}

}  // namespace

Result<void> take_settings(Call& call, const CallSettings& settings, const std::string& zone) {
  if (auto moments = take_moments(call, settings, zone); !moments) return moments;
  const auto longest =
      number_in(settings.longest_abstract, "longest_abstract", shortest_abstract_limit, longest_call_abstract);
  if (!longest) return longest.error();
  const auto months = number_in(settings.keep_months, "keep_months", 1, longest_keeping);
  if (!months) return months.error();
  auto sections = entries_in(settings.sections, "sections", most_call_sections);
  if (!sections) return sections.error();
  const auto criteria = entries_in(settings.criteria, "criteria", most_criteria);
  if (!criteria) return criteria.error();
  const auto scale = mark_scale_of(settings.scale);
  if (!scale) return wrong("scale", "there is no such scale");
  if (settings.file_required && std::ranges::none_of(settings.kinds, [](bool taken) { return taken; }))
    return wrong("kinds", "a file is asked for, and none is taken");
  if (auto texts = take_texts(call.guidance, settings.guidance, "guidance"); !texts) return texts;
  if (auto texts = take_texts(call.consent, settings.consent, "consent"); !texts) return texts;
  call.on = settings.on;
  call.longest_abstract = *longest;
  call.keep_months = *months;
  call.sections = std::move(*sections);
  call.criteria = criteria_of(*criteria);
  call.scale = *scale;
  call.file_required = settings.file_required;
  call.kinds = settings.kinds;
  call.anonymous = settings.anonymous;
  return {};
}

std::string submission_table(const SubmissionDesk& desk, const PaperExportWords& words, bool xlsx) {
  const auto zone = notify::zone_of(desk.event);
  const auto moment = [&](const std::optional<Instant>& at) {
    if (!at) return std::string();
    const auto civil = to_civil(*at, zone);
    return format_iso(civil.date) + " " + format_iso(std::chrono::floor<std::chrono::minutes>(civil.time));
  };
  const auto mark = [](const std::optional<double>& mean) { return mean ? mark_text(*mean) : std::string(); };
  documents::Table table;
  table.name = desk.event.title;
  table.headings = words.headings;
  if (desk.call)
    for (const auto& criterion : desk.call->criteria) table.headings.push_back(criterion.label);
  for (const auto& row : desk.rows) {
    const auto given = std::ranges::count(row.reviews, ReviewState::given, &Review::state);
    std::vector<std::string> cells = {std::to_string(row.paper.id.value),
                                      row.paper.title,
                                      row.paper.section,
                                      authors_text(row.paper, false),
                                      authors_text(row.paper, true),
                                      row.paper.email,
                                      words.states.at(row.paper.state),
                                      moment(row.paper.confirmed),
                                      std::to_string(row.files.size()),
                                      std::to_string(given),
                                      mark(row.mean),
                                      row.place > 0 ? std::to_string(row.place) : std::string()};
    for (const auto& mean : row.marks) cells.push_back(mark(mean));
    table.rows.push_back(std::move(cells));
  }
  return xlsx ? documents::write_table_xlsx(table) : documents::write_table_csv(table);
}

}  // namespace convoke::service
