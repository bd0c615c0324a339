#include "documents/plan_reader.hpp"

#include "base/text.hpp"
#include "documents/approvals.hpp"
#include "documents/characters.hpp"
#include "documents/items.hpp"
#include "documents/limits.hpp"
#include "documents/organisation.hpp"
#include "documents/plan_walk.hpp"

#include <algorithm>

namespace convoke::documents {
namespace {

constexpr std::size_t heading_lines = 6;  // where a letter or minutes say what they are

std::string all_text(const std::vector<Part>& parts) {
  std::string text;
  for (const auto& part : parts) {
    if (const auto* paragraph = std::get_if<Paragraph>(&part)) {
      text += paragraph->text + "\n";
      continue;
    }
    for (const auto* row : std::get<TablePart>(part).rows)
      for (const auto& cell : row->cells) text += cell.text + "\n";
  }
  return text;
}

// Stamps and signatures leave the parts; their paragraphs stay, empty.
std::vector<Approval> take_stamps(std::vector<Part>& parts) {
  std::vector<Paragraph> lines;
  std::vector<std::size_t> origin;
  std::size_t last_table = 0;
  bool tables = false;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (const auto* paragraph = std::get_if<Paragraph>(&parts[i])) {
      lines.push_back(*paragraph);
      origin.push_back(i);
    } else {
      last_table = i;
      tables = true;
    }
  }
  std::vector<bool> after;
  for (const auto at : origin) after.push_back(tables && at > last_table);
  auto approvals = take_approvals(lines, after);
  for (std::size_t i = 0; i < lines.size(); ++i) std::get<Paragraph>(parts[origin[i]]).text = lines[i].text;
  return approvals;
}

// What the document calls itself when it is something else: "minutes", "a report", "a letter"; empty
// otherwise.
std::string other_genre(const std::vector<Part>& parts, const TitleReading& title) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < parts.size() && seen < heading_lines; ++i) {
    const auto* paragraph = std::get_if<Paragraph>(&parts[i]);
    if (paragraph == nullptr) break;
    if (trim(paragraph->text).empty()) continue;
    if (title.found && title.names_plan && i >= title.first) break;
    // Before a plan's title only the first line is a name; "протокол № 1" further down is a stamp's.
    if (++seen > 1 && title.names_plan) continue;
    const std::string folded = fold(plain_line(paragraph->text));
    if (begins_with(folded, {"протокол", "пратакол", "minutes"})) return "minutes of a meeting";
    if (begins_with(folded, {"отчет", "звіт", "справаздач", "report", "annual report"})) return "a report";
    if (begins_with(folded, {"уважаем", "шановн", "паважан", "dear "})) return "a letter";
    if (begins_with(folded, {"прайс", "price list", "накладн", "счет", "рахунок"}))
      return "a price list or bill";
    if (begins_with(folded,
                    {"список литературы", "список літератури", "спіс літаратуры", "bibliography", "каталог"}))
      return "a list of books";
  }
  return {};
}

// The year that a plan approved on `day` is for: autumn begins a school year, winter a calendar one. Nothing
// for a day in spring or summer, which may belong to either.
std::optional<PlanContext> year_approved(Date day) {
  const int year = static_cast<int>(day.year());
  const auto month = static_cast<unsigned>(day.month());
  constexpr unsigned august = 8, october = 10, november = 11, february = 2;
  if (month >= august && month <= october) return PlanContext::academic_year(year);
  if (month >= november) return PlanContext::calendar_year(year + 1);
  if (month <= february) return PlanContext::calendar_year(year);
  return std::nullopt;
}

Result<YearReading> find_plan_year(const std::vector<Part>& parts, const TitleReading& title,
                                   const std::vector<Approval>& approvals, const PlanReadOptions& options) {
  if (options.year) return YearReading{*options.year, ""};
  if (title.found)
    if (auto year = find_year(title.title)) return *year;
  // Then a caption or a line that speaks of the plan, then the file's name.
  for (const auto& part : parts) {
    const auto* paragraph = std::get_if<Paragraph>(&part);
    if (paragraph == nullptr || !names_plan(fold(paragraph->text))) continue;
    if (auto year = find_year(paragraph->text)) {
      year->warning =
          "year: read from \"" + ellipsize(plain_line(paragraph->text), 80) + "\", the title names none";
      return *year;
    }
  }
  if (auto year = find_year(options.source_name)) {
    year->warning = "year: read from the name of the file, the document names none";
    return *year;
  }
  std::optional<Date> approved;
  for (const auto& approval : approvals)
    if (approval.date && (!approved || *approved < *approval.date)) approved = approval.date;
  if (title.names_plan && approved)
    if (const auto year = year_approved(*approved))
      return YearReading{*year,
                         "year: no year is named; taken from the approval of " + format_iso(*approved)};
  if (options.assumed_year)
    return YearReading{*options.assumed_year, "year: the document names none; the one shown is assumed"};
  return Error{Errc::invalid_input,
               "the document does not say which year it is for; pass --year or --academic-year"};
}

Error not_a_plan(const Walk& walk, const std::string& genre) {
  std::string why = "no planned events found: ";
  if (!genre.empty())
    why += "the document calls itself " + genre;
  else
    why += "no table with an activity and a period column";
  if (walk.directions > 0) why += "; " + std::to_string(walk.directions) + " directions of work recognised";
  return Error{Errc::not_a_plan, why};
}

// Entries in prose count only where no table has any, and only in what calls itself a plan.
void keep_drafts(Walk& walk, const TitleReading& title, const std::string& genre) {
  const auto is_table = [](const Draft& draft) { return draft.origin == Draft::Origin::table; };
  const bool tables = std::any_of(walk.drafts.begin(), walk.drafts.end(), is_table);
  const bool plan = title.names_plan || walk.caption_names_plan;
  const bool prose = !tables && plan && genre.empty();
  // «Графік засідань», «Программа …»: a timetable whose columns say the rest.
  const bool rows = tables && genre.empty() && (plan || walk.strong_table || opens_title(fold(title.title)));
  std::erase_if(walk.drafts, [&](const Draft& draft) {
    if (draft.origin == Draft::Origin::goal) return false;
    if (draft.origin == Draft::Origin::table) return !rows;
    if (!prose && tables) walk.preamble.push_back({draft.entry.section, draft.entry.title});
    return !prose;
  });
}

bool has_entries(const Walk& walk) {
  return std::any_of(walk.drafts.begin(), walk.drafts.end(),
                     [](const Draft& d) { return d.origin != Draft::Origin::goal; });
}

// A table whose period column holds no period is some other table, unless the document says that it is a
// plan.
bool reads_as_plan(const std::vector<ImportedItem>& items, bool titled) {
  if (titled) return true;
  std::size_t periods = 0, rows = 0;
  for (const auto& item : items) {
    if (!item.schedulable) continue;
    ++rows;
    periods += item.event.period.precision != Precision::none ? 1 : 0;
  }
  return periods * 3 >= rows;
}

// "План засідань …" as a caption inside the table.
bool section_names_plan(const std::vector<ImportedItem>& items) {
  return std::any_of(items.begin(), items.end(),
                     [](const ImportedItem& item) { return names_plan(fold(item.event.section)); });
}

}  // namespace

Result<ImportedPlan> read_plan(const Document& document, const PlanReadOptions& options) {
  auto parts = take_apart(document);
  const std::string language = language_of(all_text(parts));
  auto approvals = take_stamps(parts);
  const auto title = find_title(parts);
  const std::string genre = other_genre(parts, title);
  const auto year = find_plan_year(parts, title, approvals, options);
  const WalkContext context{options.period_reader, language, year ? year->year : PlanContext{},
                            title.names_plan};
  Walk walked = walk(parts, title, context);
  keep_drafts(walked, title, genre);
  if (!has_entries(walked)) return not_a_plan(walked, genre);
  if (!year) return year.error();
  if (walked.drafts.size() > max_items)
    return Error{Errc::limit_exceeded, "max_items: the plan has more than 5000 rows"};

  ImportedPlan out;
  out.warnings = std::move(walked.warnings);
  if (!year->warning.empty()) out.warnings.push_back(year->warning);
  for (const auto& draft : walked.drafts) {
    out.items.push_back(make_item(draft, options, language, year->year));
    out.items.back().event.position = static_cast<int>(out.items.size());
  }
  if (!reads_as_plan(out.items,
                     title.names_plan || walked.caption_names_plan || section_names_plan(out.items)))
    return not_a_plan(walked, genre);
  compare_items(out.items, out.warnings);
  auto signatures = take_approvals(walked.tail, std::vector<bool>(walked.tail.size(), true));
  approvals.insert(approvals.end(), signatures.begin(), signatures.end());

  Plan& plan = out.plan;
  plan.title = title.title;
  plan.organisation_name = organisation_of(parts, title, approvals);
  plan.language = language;
  plan.year = year->year;
  plan.approvals = std::move(approvals);
  plan.preamble = std::move(walked.preamble);
  plan.source_name = options.source_name;
  if (plan.title.empty()) out.warnings.push_back("title: none was found");
  return out;
}

}  // namespace convoke::documents
