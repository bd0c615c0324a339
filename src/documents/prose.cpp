#include "documents/prose.hpp"

#include "base/text.hpp"
#include "documents/characters.hpp"
#include "documents/names.hpp"
#include "documents/plan_walk.hpp"

#include <array>

namespace convoke::documents {
namespace {

constexpr std::size_t longest_period = 48;
constexpr std::array<std::string_view, 4> dashes = {" – ", " — ", " - ", ": "};

bool is_period(std::string_view text, const WalkContext& context) {
  text = trim(text);
  if (text.empty() || length(text) > longest_period) return false;
  const auto reading = context.reader(text, context.language, context.year);
  return reading.period.precision != Precision::none && reading.place.empty();
}

void say(Entry& entry, const char* what) {
  entry.warnings.push_back(std::string(what) + ": taken out of the sentence");
}

// "… Відповідальний: Іваненко І.І." at the end.
void take_responsible(std::string& text, Entry& entry) {
  const std::string lower = to_lower(text);
  if (lower.size() != text.size()) return;
  for (const std::string_view label :
       {"відповідальн", "ответственн", "адказн", "відп.", "отв.", "responsible"}) {
    const auto at = lower.rfind(label);
    if (at == std::string::npos || at == 0) continue;
    const auto colon = text.find_first_of(":", at);
    const auto stop = label.ends_with('.') ? at + label.size() - 1 : std::string::npos;
    const auto end = colon != std::string::npos ? colon : stop;
    if (end == std::string::npos) continue;
    entry.responsible = std::string(trim(std::string_view(text).substr(end + 1)));
    text.resize(at);
    text = std::string(trim(text));
    while (text.ends_with('(') || text.ends_with(',') || text.ends_with(' ')) text.pop_back();
    while (entry.responsible.ends_with(')') || entry.responsible.ends_with('.'))
      if (entry.responsible.pop_back(); read_list_mark(entry.responsible).rest.empty()) break;
    if (!entry.responsible.empty() && is_upper(decode(entry.responsible).back())) entry.responsible += '.';
    say(entry, "person");
    return;
  }
}

// "(березень, Іваненко І.І.)" at the end: each part is a period, a person, or nothing of the kind.
void take_brackets(std::string& text, Entry& entry, const WalkContext& context) {
  std::string body = text;
  while (body.ends_with('.') || body.ends_with(';') || body.ends_with(' ')) body.pop_back();
  const auto open = body.rfind('(');
  if (!body.ends_with(')') || open == std::string::npos || open == 0) return;
  const auto inside = std::string_view(body).substr(open + 1, body.size() - open - 2);
  std::string period, people;
  if (is_period(inside, context)) {
    period = inside;
  } else {
    for (const auto part : split(inside, ',')) {
      if (period.empty() && is_period(part, context))
        period = trim(part);
      else if (!find_names(decode(part)).empty() ||
               is_leading_post(fold(trim(part)).substr(0, fold(trim(part)).find(' '))))
        people += (people.empty() ? "" : ", ") + std::string(trim(part));
      else
        return;
    }
  }
  if (period.empty() && people.empty()) return;
  text = std::string(trim(std::string_view(body).substr(0, open)));
  if (!period.empty()) {
    entry.period = period;
    say(entry, "period");
  }
  if (!people.empty() && entry.responsible.empty()) {
    entry.responsible = people;
    say(entry, "person");
  }
}

// "… Срок: март.", "… до 1 июня.": a label, or a deadline that ends the sentence.
void take_stated_period(std::string& text, Entry& entry, const WalkContext& context) {
  std::string body = text;
  while (body.ends_with('.') || body.ends_with(';') || body.ends_with(' ')) body.pop_back();
  const std::string lower = to_lower(body);
  if (lower.size() != body.size()) return;
  for (const std::string_view label : {"срок:", "сроки:", "термін:", "терміни:", "тэрмін:", "дата:", "when:",
                                       " до ", " да ", " к ", " by "}) {
    const auto at = lower.rfind(label);
    if (at == std::string::npos || at == 0) continue;
    const bool named = label.ends_with(':');
    const auto period = std::string(trim(std::string_view(body).substr(named ? at + label.size() : at)));
    if (!is_period(period, context)) continue;
    // "від А до Я" and "к лету": without a label only a day will do.
    if (!named && period.find_first_of("0123456789") == std::string::npos) continue;
    entry.period = period;
    text = std::string(trim(std::string_view(body).substr(0, at)));
    say(entry, "period");
    return;
  }
}

// "…, 17 октября, Котова Л.М.": people behind a period that commas part from the sentence.
void take_people_behind_period(std::string& text, Entry& entry, const WalkContext& context) {
  const auto last = text.rfind(", ");
  if (!entry.responsible.empty() || last == std::string::npos || last == 0) return;
  const auto people = trim(std::string_view(text).substr(last + 2));
  const auto letters = decode(people);
  const auto names = find_names(letters);
  if (names.size() != 1 || names[0].begin != 0 || names[0].end + 1 < letters.size()) return;
  const auto before = text.rfind(", ", last - 1);
  if (before == std::string::npos ||
      !is_period(std::string_view(text).substr(before + 2, last - before - 2), context))
    return;
  entry.responsible = people;
  text.resize(last);
  say(entry, "person");
}

void take_period(std::string& text, Entry& entry, const WalkContext& context) {
  for (const auto dash : dashes) {
    const auto first = text.find(dash);
    if (first == std::string::npos) continue;
    if (is_period(std::string_view(text).substr(0, first), context)) {
      entry.period = text.substr(0, first);
      text = std::string(trim(std::string_view(text).substr(first + dash.size())));
      say(entry, "period");
      return;
    }
  }
  std::string body = text;
  while (body.ends_with('.') || body.ends_with(';') || body.ends_with(' ')) body.pop_back();
  for (const std::string_view sign :
       {std::string_view(" – "), std::string_view(" — "), std::string_view(" - "), std::string_view(", ")}) {
    const auto last = body.rfind(sign);
    if (last == std::string::npos || !is_period(std::string_view(body).substr(last + sign.size()), context))
      continue;
    entry.period = body.substr(last + sign.size());
    text = std::string(trim(std::string_view(body).substr(0, last)));
    say(entry, "period");
    return;
  }
}

}  // namespace

Entry prose_entry(std::string_view source, const WalkContext& context) {
  Entry entry;
  std::string text = collapse_spaces(source);
  entry.raw.push_back(text);
  take_responsible(text, entry);
  take_brackets(text, entry, context);
  if (entry.period.empty()) take_people_behind_period(text, entry, context);
  if (entry.period.empty()) take_period(text, entry, context);
  if (entry.period.empty()) take_stated_period(text, entry, context);
  entry.title = text;
  return entry;
}

bool opens_meeting(std::string_view text) {
  if (length(text) > 160) return false;
  const std::string folded = fold(text);
  if (!begins_with(folded, {"засідання", "заседание", "пасяджэнне", "meeting", "session"})) return false;
  return folded.find("№") != std::string::npos || folded.find_first_of("0123456789") != std::string::npos ||
         folded.ends_with(':');
}

std::string meeting_title(std::string_view caption, std::string_view number) {
  const std::string folded = fold(caption);
  std::string title = "Засідання";
  if (has_stem(folded, {"заседан"})) title = "Заседание";
  if (has_stem(folded, {"пасяджэн"})) title = "Пасяджэнне";
  if (has_stem(folded, {"meeting", "session"})) title = "Meeting";
  if (!has_stem(folded, {"заседан", "засідан", "пасяджэн", "meeting", "session"}))
    title = std::string(caption);
  // "План засідань методичного об’єднання …": whose meeting it is, as the caption says.
  const auto words = split(caption, ' ');
  for (std::size_t i = 0; i + 2 < words.size(); ++i) {
    const std::string word = fold(words[i]);
    if (!begins_with(word, {"засідан", "заседан", "пасяджэн"})) continue;
    if (begins_with(fold(words[i + 1]), {"методич", "метадыч"}))
      title += " " + std::string(words[i + 1]) + " " + std::string(words[i + 2]);
    break;
  }
  return title + " № " + std::string(number);
}

}  // namespace convoke::documents
