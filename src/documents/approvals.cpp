#include "documents/approvals.hpp"

#include "base/text.hpp"
#include "documents/characters.hpp"
#include "documents/names.hpp"
#include "documents/plan_text.hpp"
#include "documents/plan_year.hpp"
#include "documents/responsible.hpp"

namespace convoke::documents {
namespace {

constexpr std::size_t longest_stamp_line = 200;
constexpr std::size_t most_stamp_lines = 12;

bool is_meeting_stamp(std::string_view folded) {
  return begins_with(
      folded, {"принят на", "принято на", "принята на", "рассмотрен", "одобрен", "прийнято на", "розглянут",
               "схвален", "прынят", "разгледж", "ухвален", "adopted at", "discussed at"});
}

// "Приказ от 30.09.2020 № 27-д": the number; "протокол № 1" keeps its word, a meeting has no other.
std::string act_of(std::string_view line) {
  const std::string folded = fold(line);
  const auto found = find_stem(folded, {"приказ", "наказ", "загад ", "протокол", "пратакол", "order",
                                        "minutes", "распоряжен", "розпорядж", "рішення", "решение"});
  const auto sign = line.find("№");
  if (!found || sign == std::string_view::npos) return {};
  std::string number = collapse_spaces(line.substr(sign));
  // Up to the second word: "№ 27-д от 30.09" ends behind the number.
  const auto first = number.find(' ');
  if (first != std::string::npos) {
    const auto second = number.find(' ', first + 1);
    if (second != std::string::npos) number.resize(second);
  }
  while (number.ends_with(',') || number.ends_with(';') || number.ends_with('.')) number.pop_back();
  if (number.find('_') != std::string::npos) return {};
  const auto word = std::string_view(folded).substr(*found);
  if (begins_with(word, {"протокол"})) return "протокол " + number;
  if (begins_with(word, {"пратакол"})) return "пратакол " + number;
  if (begins_with(word, {"minutes"})) return "minutes " + number;
  return number;
}

bool is_act_line(std::string_view folded) {
  return begins_with(folded, {"приказ", "наказ", "загад ", "протокол", "пратакол", "order no", "order №",
                              "minutes", "распоряжен", "розпорядж", "№"});
}

class Stamps {
 public:
  Stamps(std::vector<Paragraph>& lines, const std::vector<bool>& after_table)
      : lines_(lines), after_(after_table) {}

  std::vector<Approval> run() {
    for (std::size_t i = 0; i < lines_.size();) i = is_stamp(lines_[i].text) ? stamp(i) : i + 1;
    signature();
    return std::move(found_);
  }

 private:
  // Reads the stamp that begins at `at`; the index of the line behind it.
  std::size_t stamp(std::size_t at) {
    Approval approval;
    act_open_ = false;
    open(approval, plain_line(lines_[at].text));
    const bool after_table = after_[at];
    lines_[at].text.clear();
    std::size_t i = at + 1;
    bool dated = approval.date.has_value(), act = !approval.act.empty();
    for (; i < lines_.size() && i < at + most_stamp_lines; ++i) {
      const std::string line = plain_line(lines_[i].text);
      if (line.empty()) continue;
      if (ends(line, i, after_table) ||
          ((dated || act) && lines_[i].after_empty && !is_act_line(fold(line)) && !is_stamp_date_line(line)))
        break;
      take(approval, line, dated, act);
      lines_[i].text.clear();
    }
    found_.push_back(std::move(approval));
    return i;
  }

  bool ends(const std::string& line, std::size_t i, bool after_table) const {
    const auto mark = read_list_mark(line).kind;
    return is_stamp(line) || opens_title(fold(line)) || length(line) > longest_stamp_line ||
           line.ends_with(':') || mark == ListMark::Kind::bullet || mark == ListMark::Kind::roman ||
           after_[i] != after_table;
  }

  void open(Approval& approval, const std::string& line) {
    const std::string folded = fold(line);
    const auto words = split(line, ' ');
    std::size_t count = 1;
    if (is_meeting_stamp(folded))
      while (count < words.size() && count < 4 &&
             !has_stem(fold(words[count - 1]), {"заседан", "засідан", "пасяджэн", "meeting", "совещан"}))
        ++count;
    std::string verb, rest;
    for (std::size_t i = 0; i < words.size(); ++i)
      (i < count ? verb : rest) += (((i < count ? verb : rest).empty()) ? "" : " ") + std::string(words[i]);
    while (verb.ends_with(':') || verb.ends_with(',') || verb.ends_with('.')) verb.pop_back();
    approval.verb = verb;
    bool dated = false, act = false;
    if (!rest.empty()) take(approval, rest, dated, act);
  }

  void take(Approval& approval, const std::string& line, bool& dated, bool& act) {
    const std::string folded = fold(line);
    std::string text = line;
    if (is_stamp_date_line(line) || (is_act_line(folded) && find_stamp_date(line))) {
      if (!approval.date) approval.date = find_stamp_date(line);
      dated = true;
    }
    if (const std::string number = act_of(line); !number.empty()) {
      approval.act = number;
      act = true;
    }
    if (act_open_ && dated && approval.act.empty() && line.find("№") != std::string::npos) {
      approval.act = act_of("наказ " + line);
      act = !approval.act.empty();
    }
    act_open_ = is_act_line(folded) && !act;
    if (is_act_line(folded)) return;
    if (is_stamp_date_line(line)) {
      // "методист П.П. Гай, 10.01.2025" on one line.
      const auto comma = line.rfind(',');
      if (comma == std::string::npos || find_name(line).name.empty()) return;
      text = line.substr(0, comma);
    }
    const auto named = find_name(text);
    if (!named.name.empty() && approval.name.empty()) approval.name = named.name;
    // After a meeting's minutes a lonely post is the chair's blank signature.
    if (act && named.name.empty()) return;
    if (!named.rest.empty()) approval.post += (approval.post.empty() ? "" : " ") + named.rest;
  }

  // "Голова МО … О.П. Калина" under the last table.
  void signature() {
    Approval approval;
    std::vector<std::size_t> used;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::string line = plain_line(lines_[i].text);
      if (!after_[i] || line.empty()) continue;
      const auto named = find_name(line);
      const auto word = fold(line).substr(0, fold(line).find(' '));
      if (begins_with(word, {"исп.", "вик.", "склав", "склала", "составил", "склаў", "prepared", "compiled"}))
        continue;
      if (approval.post.empty() && !is_post_or_body(word) && named.name.empty()) continue;
      if (length(line) > longest_stamp_line || line.ends_with(':')) return;
      used.push_back(i);
      if (!named.rest.empty()) approval.post += (approval.post.empty() ? "" : " ") + named.rest;
      if (named.name.empty()) {
        if (used.size() > 3) return;
        continue;
      }
      approval.name = named.name;
      for (const auto k : used) lines_[k].text.clear();
      found_.push_back(approval);
      return;
    }
  }

  std::vector<Paragraph>& lines_;
  const std::vector<bool>& after_;
  std::vector<Approval> found_;
  bool act_open_ = false;  // an order is named and its number has not come yet
};

}  // namespace

bool is_stamp(std::string_view line) {
  const std::string folded = fold(plain_line(line));
  if (folded.size() > 2 * longest_stamp_line) return false;
  const auto space = folded.find(' ');
  std::string first = folded.substr(0, space);
  while (first.ends_with(':') || first.ends_with(',') || first.ends_with('.')) first.pop_back();
  for (const std::string_view verb :
       {"утверждаю",   "утверждено",  "утвержден", "утверждена", "согласовано", "согласован",  "согласована",
        "затверджую",  "затверджено", "погоджено", "узгоджено",  "погоджую",    "схвалено",    "зацвярджаю",
        "зацверджана", "зацверджаны", "узгоднена", "узгоднены",  "пагоджана",   "принято",     "принят",
        "принята",     "рассмотрено", "прийнято",  "розглянуто", "прынята",     "разгледжана", "approved",
        "agreed",      "endorsed",    "одобрено"})
    if (first == verb) return true;
  return is_meeting_stamp(folded) &&
         has_stem(folded, {"заседан", "засідан", "пасяджэн", "meeting", "совещан", "педсовет", "совет"});
}

std::vector<Approval> take_approvals(std::vector<Paragraph>& lines, const std::vector<bool>& after_table) {
  return Stamps(lines, after_table).run();
}

}  // namespace convoke::documents
