#include "documents/items.hpp"

#include "base/text.hpp"
#include "documents/agenda.hpp"
#include "documents/characters.hpp"
#include "documents/kinds.hpp"
#include "documents/levels.hpp"
#include "documents/plan_year.hpp"
#include "documents/responsible.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace convoke::documents {
namespace {

// "15", "3, 10", "22-24", "10 числа": days of a month that stands elsewhere.
bool is_bare_days(std::string_view text) {
  std::string folded = fold(text);
  for (const std::string_view word : {"числа", "чысла", "число"})
    if (const auto at = folded.find(word); at != std::string::npos) folded.erase(at, word.size());
  const std::string days(trim(folded));
  return !days.empty() && days.find_first_not_of("0123456789,- ") == std::string::npos &&
         days.find_first_of("0123456789") != std::string::npos;
}

// "протягом місяця", "в начале месяца": the month of the caption, unless every month is meant.
bool is_of_the_month(std::string_view text) {
  const std::string folded = fold(text);
  return has_stem(folded, {"місяц", "месяц", "month"}) &&
         !has_stem(folded, {"раз", "кажд", "кожн", "every", "each", "once", "twice"});
}

PlanContext month_context(const std::string& caption, const PlanContext& year) {
  unsigned month = 0;
  int stated = 0;
  const std::string folded = fold(caption);
  for (const auto word : split(folded, ' ')) {
    if (const auto found = month_of_word(word)) month = *found;
    int value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error == std::errc{} && value >= 1990 && value <= 2100) stated = value;
  }
  if (month == 0) return year;
  const int first = static_cast<int>(year.first.year()), last = static_cast<int>(year.last.year());
  constexpr unsigned first_of_school_year = 8;  // plans begin with the August meeting
  const int own = stated != 0                                                       ? stated
                  : year.kind == YearKind::academic && month < first_of_school_year ? last
                                                                                    : first;
  return PlanContext::one_month(own, month);
}

void warn(ImportedItem& item, std::string_view word, const std::string& text) {
  const std::string prefix = std::string(word) + ": ";
  item.warnings.push_back(text.starts_with(prefix) ? text : prefix + text);
}

// The lines of the cell, for a grammar that knows what a line break may mean.
std::string lines_of(std::string_view cell) {
  std::vector<std::string> lines;
  for (const auto line : split(cell, '\n'))
    if (auto text = collapse_spaces(line); !text.empty()) lines.push_back(std::move(text));
  return join(lines, "\n");
}

PeriodReading read_period(const Entry& entry, const PlanReadOptions& options, const std::string& language,
                          const PlanContext& year, ImportedItem& item) {
  const std::string cell = lines_of(entry.period);
  PeriodReading reading;
  if (cell.empty() && !entry.month.empty()) {
    reading = options.period_reader(entry.month, language, year);
    warn(item, "period", "taken from the section \"" + entry.month + "\"");
  } else if (!cell.empty()) {
    const bool bare = !entry.month.empty() && (is_bare_days(cell) || is_of_the_month(cell));
    reading = options.period_reader(cell, language, bare ? month_context(entry.month, year) : year);
    bool by_month = bare;
    if (!bare && !entry.month.empty() && reading.period.precision == Precision::none) {
      // "до 20", "протягом місяця": only the caption says of which month.
      auto inside = options.period_reader(cell, language, month_context(entry.month, year));
      by_month = inside.period.precision != Precision::none;
      if (by_month) reading = std::move(inside);
    }
    if (by_month) warn(item, "period", "its month was taken from the section \"" + entry.month + "\"");
  }
  reading.period.source_text = collapse_spaces(cell);
  for (const auto& text : reading.warnings) warn(item, "period", text);
  for (const auto& deadline : reading.more_deadlines)
    warn(item, "period", "a further deadline stands in the cell: " + deadline.source_text);
  if (!cell.empty() && reading.period.precision == Precision::none && reading.warnings.empty())
    warn(item, "period", "no date could be read in \"" + reading.period.source_text + "\"");
  return reading;
}

bool is_acronym(std::string_view text) {
  std::size_t capitals = 0;
  for (const char32_t c : decode(text)) {
    if (is_lower(c)) return false;
    capitals += is_upper(c) ? 1 : 0;
  }
  return capitals >= 2;
}

// A note that names an institution, a site or a mode says where; one about guests, a cause or a mark does
// not.
bool is_place(std::string_view note) {
  const std::string folded = fold(note);
  if (folded.empty() || folded.find(": ") != std::string::npos) return false;
  if (begins_with(folded, {"с пригл",   "с участ",   "при участ", "при поддерж", "для ",      "приглаш",
                           "совместно", "по ",       "з запрош",  "за участ",    "із запрош", "спільно",
                           "запрош",    "разом",     "з удзел",   "запраш",      "сумесна",   "согласно",
                           "згідно",    "в течение", "with ",     "for ",        "together",  "jointly",
                           "отчет",     "звіт",      "приказ",    "наказ",       "протокол"}))
    return false;
  if (has_stem(folded, {"онлайн", "анлайн", "online", "дистанц", "дыстанц", "очно", "вочна", "zoom", "зум",
                        "google meet", "вкс", "сайт", "site", "skype", "teams", "offline", "офлайн", "гібрид",
                        "hybrid"}))
    return true;
  if (is_acronym(note)) return true;
  if (has_stem(folded, {"библиотекар", "бібліотекар", "бібліятэкар", "librarian"}))
    return false;  // people, not a place
  const bool institution =
      has_stem(folded, {"библиотека",  "библиотеке", "бібліотека", "бібліотеці", "бібліятэка",  "бібліятэцы",
                        "зал",         "музей",      "музее",      "музеї",      "центр",       "цэнтр",
                        "школа",       "школе",      "гимназия",   "гимназии",   "гімназія",    "лицей",
                        "ліцей",       "колледж",    "коледж",     "каледж",     "університет", "университет",
                        "універсітэт", "институт",   "інститут",   "дом ",       "дім ",        "дворец",
                        "палац",       "кабинет",    "кабінет",    "филиал",     "філія",       "філіял",
                        "ауд.",        "аудитор",    "library",    "hall",       "school",      "museum",
                        "centre",      "center",     "room",       "college",    "university",  "сш",
                        "зош",         "ліцэй",      "гімназія"});
  const auto split = split_post(note);
  return institution || (!split.organisation.empty() && split.post.empty()) || starts_with_quote(note);
}

// "TBC", "уточнюється": the cell says that nobody knows yet.
bool is_open_place(std::string_view place) {
  const std::string folded = fold(place);
  if (folded.find_first_not_of("-_./ ") == std::string::npos) return true;
  return folded == "tbc" || folded == "tba" || folded == "tbd" ||
         (length(folded) <= 40 &&
          has_stem(folded, {"уточня", "уточню", "уточнен", "удакладня", "to be confirmed", "to be announced",
                            "визначаєт", "определяет", "буде повідомлен", "будет сообщен"}));
}

void read_place(const Entry& entry, const PeriodReading& reading, ImportedItem& item) {
  auto& event = item.event;
  event.place = collapse_spaces(entry.place);
  if (event.place.empty() && !reading.place.empty()) {
    event.place = collapse_spaces(reading.place);
    if (!entry.period_holds_place)
      warn(item, "place", "\"" + event.place + "\" was taken out of the period's cell");
  }
  event.note = collapse_spaces(entry.note);
  if (!event.place.empty() && is_open_place(event.place)) {
    warn(item, "place", "\"" + event.place + "\" is still open");
    event.place.clear();
  }
  if (event.place.empty() && is_place(event.note)) {
    event.place = event.note;
    event.note.clear();
  }
  const std::string audience = collapse_spaces(entry.audience);
  if (!audience.empty()) event.audience = {audience};
  if (!audience.empty()) event.note += (event.note.empty() ? "" : "; ") + audience;
  if (!entry.form.empty()) event.note += (event.note.empty() ? "" : "; ") + collapse_spaces(entry.form);
}

void read_kind_of(const Entry& entry, ImportedItem& item) {
  auto& event = item.event;
  KindReading reading = read_kind(event.title, "", event.period);
  const KindReading form = entry.form.empty() ? KindReading{} : read_kind(entry.form, "", event.period);
  if (form.basis != KindBasis::nothing)
    reading = {form.kind, KindBasis::title};  // the column that is there to say it
  else if (reading.basis == KindBasis::nothing)
    reading = read_kind(event.title, event.section, event.period);
  event.kind = reading.kind;
  event.involvement = involvement_of_title(event.title);
  event.level = level_of_title(event.title);
  const std::string name(name_of(event.kind));
  if (reading.basis == KindBasis::full_title)
    warn(item, "kind", name + ", by words in quotes or brackets of the title");
  if (reading.basis == KindBasis::section)
    warn(item, "kind", name + ", by the section; the title does not say");
  if (reading.basis == KindBasis::nothing)
    warn(item, "kind", name + ", because neither title nor section says what it is");
}

// A title of several lines without marks is one sentence; list marks inside it are the editor's.
std::string title_line(std::string_view cell) {
  std::string out;
  for (const auto line : split(cell, '\n')) {
    const auto mark = read_list_mark(line);
    const auto text =
        collapse_spaces(mark.kind == ListMark::Kind::bullet ? std::string_view(mark.rest) : line);
    if (!text.empty()) out += (out.empty() ? "" : " ") + text;
  }
  return out;
}

}  // namespace

ImportedItem make_item(const Draft& draft, const PlanReadOptions& options, const std::string& language,
                       const PlanContext& year) {
  const Entry& entry = draft.entry;
  ImportedItem item;
  item.warnings = entry.warnings;
  item.raw = entry.raw.empty() ? collapse_spaces(entry.title) : join(entry.raw, "\n");
  auto& event = item.event;
  event.section = entry.section;
  event.number = entry.number;
  event.zone = options.zone;
  if (draft.origin == Draft::Origin::goal) {
    event.title = collapse_spaces(entry.title);
    event.kind = EventKind::goal;
    item.schedulable = false;
    return item;
  }
  if (entry.agenda.empty()) {
    auto split = split_agenda(entry.title);
    event.title = split.agenda.empty() ? title_line(entry.title) : split.title;
    event.agenda = std::move(split.agenda);
  } else {
    event.title = collapse_spaces(entry.title);
    event.agenda = entry.agenda;
  }
  auto reading = read_period(entry, options, language, year, item);
  read_place(entry, reading, item);
  event.period = std::move(reading.period);
  if (event.period.is_dated()) event.status = EventStatus::dated;
  event.responsible_text = collapse_spaces(entry.responsible);
  auto people = read_responsible(lines_of(entry.responsible));
  event.responsible = std::move(people.people);
  for (auto& text : people.warnings) warn(item, "person", text);
  read_kind_of(entry, item);
  if (event.title.empty()) warn(item, "title", "the row has no title");
  return item;
}

namespace {

// One organisation in several spellings: the key has neither stops nor spaces.
std::string organisation_key(std::string_view name) {
  std::string key;
  for (const char32_t c : decode(fold(name)))
    if (is_letter(c) || is_digit(c)) key += encode(std::u32string(1, c));
  return key;
}

void unify_organisations(std::vector<ImportedItem>& items) {
  // The spelling with the most full stops is the complete one; then the more frequent, then the first.
  std::map<std::string, std::map<std::string, std::size_t>> spellings;
  for (const auto& item : items)
    for (const auto& person : item.event.responsible)
      if (!person.organisation.empty())
        ++spellings[organisation_key(person.organisation)][person.organisation];
  std::map<std::string, std::string> chosen;
  for (const auto& [key, forms] : spellings) {
    const auto better = [](const auto& a, const auto& b) {
      const auto stops = [](const std::string& text) { return std::count(text.begin(), text.end(), '.'); };
      return std::pair(stops(a.first), a.second) < std::pair(stops(b.first), b.second);
    };
    chosen[key] = std::max_element(forms.begin(), forms.end(), better)->first;
  }
  for (auto& item : items)
    for (auto& person : item.event.responsible) {
      if (person.organisation.empty()) continue;
      const auto& form = chosen[organisation_key(person.organisation)];
      if (form == person.organisation) continue;
      warn(item, "person",
           "the organisation \"" + person.organisation + "\" is written \"" + form +
               "\" elsewhere and was taken so");
      person.organisation = form;
    }
}

void find_similar_names(const std::vector<ImportedItem>& items, std::vector<std::string>& warnings) {
  std::map<std::string, std::set<std::string>> by_surname;
  for (const auto& item : items)
    for (const auto& person : item.event.responsible)
      if (!person.name.empty()) by_surname[person.name.substr(0, person.name.find(' '))].insert(person.name);
  for (const auto& [surname, names] : by_surname)
    if (names.size() > 1)
      warnings.push_back("person: " + join(std::vector<std::string>(names.begin(), names.end()), " and ") +
                         " may be one person; they were kept apart");
}

}  // namespace

void compare_items(std::vector<ImportedItem>& items, std::vector<std::string>& warnings) {
  unify_organisations(items);
  find_similar_names(items, warnings);
  std::set<std::pair<std::string, std::string>> numbers;
  for (auto& item : items) {
    if (item.event.number.empty() || !item.schedulable) continue;
    if (!numbers.emplace(item.event.section, item.event.number).second)
      warn(item, "number", item.event.number + " stands twice in this section");
  }
}

}  // namespace convoke::documents
