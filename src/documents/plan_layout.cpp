#include "documents/plan_layout.hpp"

#include "base/text.hpp"
#include "documents/plan_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace convoke::documents {
namespace {

constexpr const char* nothing = "—";  // in a cell that must not look forgotten

struct Words {
  std::string_view language;
  std::array<const char*, 6> headings;
  const char* order;  // of an act that is a bare number
  const char* blank_date;
};
constexpr std::array all_words = {
    Words{"uk",
          {"№ з/п", "Захід", "Термін", "Відповідальний", "Місце проведення", "Примітка"},
          "наказ",
          "«____» ______________ 20___ р."},
    Words{"be",
          {"№ п/п", "Мерапрыемства", "Тэрмін", "Адказны", "Месца правядзення", "Заўвага"},
          "загад",
          "«____» ______________ 20___ г."},
    Words{"ru",
          {"№ п/п", "Мероприятие", "Срок", "Ответственный", "Место проведения", "Примечание"},
          "приказ",
          "«____» ______________ 20___ г."},
    Words{"en",
          {"No.", "Activity", "Period", "Responsible", "Venue", "Notes"},
          "order",
          "____ ______________ 20___"},
};

const Words& words_of(const std::string& language) {
  for (const auto& one : all_words)
    if (one.language == language) return one;
  return all_words[2];
}

std::string day_text(Date day) {
  return fmt::format("{:02}.{:02}.{:04}", static_cast<unsigned>(day.day()),
                     static_cast<unsigned>(day.month()), static_cast<int>(day.year()));
}

// "№ 27-д" needs to say what it is the number of; "протокол № 1" does.
std::string act_line(const std::string& act, const Words& words) {
  const std::string folded = fold(act);
  for (const std::string_view begin :
       {"протокол", "пратакол", "minutes", "приказ", "наказ", "загад", "order"})
    if (folded.starts_with(begin)) return capitalise(act);
  const auto number = act.find("№") == std::string::npos ? "№ " + act : act;
  return capitalise(words.order) + " " + number;
}

std::vector<std::string> stamp_lines(const Approval& approval, const Words& words) {
  std::vector<std::string> lines{approval.verb};
  if (!approval.post.empty()) lines.push_back(approval.post);
  if (!approval.name.empty()) lines.push_back(approval.name);
  if (!approval.act.empty()) lines.push_back(act_line(approval.act, words));
  lines.push_back(approval.date ? day_text(*approval.date) : words.blank_date);
  return lines;
}

void lay_out_preamble(const Plan& plan, PlanLayout& layout) {
  const auto& items = plan.preamble;
  for (std::size_t i = 0; i < items.size();) {
    std::size_t end = i + 1;
    while (end < items.size() && items[end].caption == items[i].caption && !items[i].caption.empty()) ++end;
    const bool on_one_line =
        !items[i].caption.empty() && end == i + 1 && !is_goal_caption(items[i].caption + ":");
    if (on_one_line) {
      layout.preamble.push_back({items[i].caption + ": " + items[i].text, false, false});
    } else if (items[i].caption.empty()) {
      layout.preamble.push_back({items[i].text, false, false});
    } else {
      layout.preamble.push_back({items[i].caption + ":", true, false});
      for (std::size_t k = i; k < end; ++k) layout.preamble.push_back({items[k].text, false, true});
    }
    i = end;
  }
}

std::string title_cell(const Event& event) {
  std::string text = event.title;
  int number = 0;
  for (const auto& point : event.agenda) text += "\n" + std::to_string(++number) + ". " + point;
  return text;
}

std::string people_of(const Event& event) {
  if (!event.responsible_text.empty()) return event.responsible_text;
  std::vector<std::string> all;
  for (const auto& one : event.responsible) {
    std::string who = one.name;
    for (const auto* more : {&one.post, &one.organisation})
      if (!more->empty()) who += (who.empty() ? "" : ", ") + *more;
    all.push_back(std::move(who));
  }
  return join(all, "\n");
}

// The captions that are new with this row, from the outer to the inner one.
std::vector<std::string> new_captions(const std::string& section, const std::string& above) {
  const auto levels = [](const std::string& path) {
    std::vector<std::string> all;
    for (std::size_t at = 0; at <= path.size() && !path.empty();) {
      const auto end = std::min(path.find(" / ", at), path.size());
      all.push_back(path.substr(at, end - at));
      at = end + 3;
    }
    return all;
  };
  const auto now = levels(section), before = levels(above);
  std::size_t same = 0;
  while (same < now.size() && same < before.size() && now[same] == before[same]) ++same;
  // Back to an outer section: it is named once more.
  if (same == now.size() && same > 0 && before.size() > same) --same;
  return {now.begin() + static_cast<std::ptrdiff_t>(same), now.end()};
}

}  // namespace

std::string period_words(const Period& period, const std::string& /*language*/) {
  if (!period.source_text.empty() || !period.first) return period.source_text;
  std::string text = day_text(*period.first);
  if (period.last && *period.last != *period.first) text += "–" + day_text(*period.last);
  if (period.time) text += " " + format_iso(*period.time);
  if (period.time && period.end_time) text += "–" + format_iso(*period.end_time);
  return text;
}

PlanLayout lay_out(const Plan& plan, const std::vector<Event>& rows, bool with_days) {
  const Words& words = words_of(plan.language);
  PlanLayout layout;
  layout.language = std::string(words.language);
  for (const auto& approval : plan.approvals) {
    if (!approval.verb.empty())
      layout.stamps.push_back(stamp_lines(approval, words));
    else
      layout.signatures.push_back(approval.post + (approval.post.empty() ? "" : std::string(signature_gap)) +
                                  approval.name);
  }
  layout.title = plan.title;
  if (fold(plan.title).find(fold(plan.organisation_name)) == std::string::npos)
    layout.organisation = plan.organisation_name;
  lay_out_preamble(plan, layout);
  const auto any = [&](std::string Event::*field) {
    return std::any_of(rows.begin(), rows.end(), [field](const Event& row) { return !(row.*field).empty(); });
  };
  const bool place = any(&Event::place), note = any(&Event::note);
  layout.headings.assign(words.headings.begin(), words.headings.begin() + 4);
  if (place) layout.headings.emplace_back(words.headings[4]);
  if (note) layout.headings.emplace_back(words.headings[5]);
  std::string section;
  for (const auto& row : rows) {
    if (row.status == EventStatus::cancelled) continue;
    for (auto& caption : new_captions(row.section, section))
      layout.lines.push_back({LaidOutLine::Kind::caption, {std::move(caption)}});
    if (row.section.empty() && !section.empty())
      layout.lines.push_back({LaidOutLine::Kind::caption, {nothing}});
    section = row.section;
    LaidOutLine line;
    std::string period = period_words(row.period, plan.language);
    if (with_days && !row.period.source_text.empty() && row.period.is_dated() &&
        row.period.source_text.find(std::to_string(static_cast<unsigned>(row.period.first->day()))) ==
            std::string::npos)
      period += " (" + day_text(*row.period.first) + ")";
    if (period.empty()) period = nothing;
    line.cells = {row.number, title_cell(row), std::move(period), people_of(row)};
    if (place) line.cells.push_back(row.place);
    if (note) line.cells.push_back(row.note);
    layout.lines.push_back(std::move(line));
  }
  return layout;
}

}  // namespace convoke::documents
