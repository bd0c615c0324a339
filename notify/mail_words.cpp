#include "notify/mail_words.hpp"

#include "base/embedded.hpp"
#include "base/text.hpp"
#include "model/named_values.hpp"
#include "notify/mail_texts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <vector>

namespace convoke::notify {
namespace {

constexpr std::array<std::string_view, mail_word_count> names = {"what",
                                                                 "when",
                                                                 "place",
                                                                 "online",
                                                                 "role",
                                                                 "together",
                                                                 "leads",
                                                                 "assists",
                                                                 "today",
                                                                 "tomorrow",
                                                                 "ahead",
                                                                 "days",
                                                                 "items",
                                                                 "changes",
                                                                 "acknowledge",
                                                                 "done",
                                                                 "postpone",
                                                                 "hand_over",
                                                                 "name_day",
                                                                 "accept",
                                                                 "decline",
                                                                 "decide",
                                                                 "confirm",
                                                                 "unsubscribe",
                                                                 "rhythm_choice",
                                                                 "control_page",
                                                                 "news_page",
                                                                 "said_acknowledged",
                                                                 "said_done",
                                                                 "said_postpone",
                                                                 "said_hand_over",
                                                                 "said_named_day",
                                                                 "said_accepted",
                                                                 "said_tentative",
                                                                 "said_declined",
                                                                 "decided_approved",
                                                                 "decided_declined",
                                                                 "invited",
                                                                 "invited_again",
                                                                 "called_off",
                                                                 "released",
                                                                 "open_mail",
                                                                 "line_upcoming",
                                                                 "line_deadline",
                                                                 "line_fix_date",
                                                                 "line_check_in",
                                                                 "line_overdue",
                                                                 "line_responsible",
                                                                 "line_no_answer",
                                                                 "line_new_date",
                                                                 "line_unreached",
                                                                 "line_added",
                                                                 "line_dated",
                                                                 "line_moved",
                                                                 "line_moved_now",
                                                                 "line_cancelled",
                                                                 "line_removed",
                                                                 "line_text_changed",
                                                                 "more",
                                                                 "everything",
                                                                 "daily",
                                                                 "weekly",
                                                                 "poll_days",
                                                                 "poll_answer",
                                                                 "poll_tally",
                                                                 "poll_choose",
                                                                 "begin_account",
                                                                 "sign_in",
                                                                 "confirm_registration",
                                                                 "my_registration",
                                                                 "in_the_hall",
                                                                 "confirm_submission",
                                                                 "my_submission",
                                                                 "open_reviews",
                                                                 "my_certificate",
                                                                 "register_me",
                                                                 "cannot_come"};

using Words = std::array<std::string_view, mail_word_count>;

Words read_words(Language language) {
  Words words;
  for (const auto line : split(find_embedded(mail_files(language), "words.txt"), '\n')) {
    const auto equals = line.find('=');
    if (line.starts_with('#') || equals == std::string_view::npos) continue;
    const auto word = value_in<MailWord>(names, trim(line.substr(0, equals)));
    if (!word) throw std::logic_error("no such word of mails: " + std::string(line));
    words.at(static_cast<std::size_t>(*word)) = trim(line.substr(equals + 1));
  }
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words.at(i).empty())
      throw std::logic_error(fmt::format("mails in {} lack the word {}", tag_of(language), names.at(i)));
  return words;
}

// CLDR's plural rule: 1, 21, 101 but not 11; 2-4, 22-24 but not 12-14; the rest.
std::size_t plural_form(int count, Language language) {
  if (language == Language::en) return count == 1 ? 0 : 1;
  const int tens = count % 100, units = count % 10;
  if (units == 1 && tens != 11) return 0;
  return units >= 2 && units <= 4 && (tens < 12 || tens > 14) ? 1 : 2;
}

}  // namespace

std::string_view mail_word(MailWord word, Language language) {
  static const std::array<Words, all_languages.size()> words = {
      read_words(Language::uk), read_words(Language::be), read_words(Language::ru), read_words(Language::en)};
  return words.at(static_cast<std::size_t>(language)).at(static_cast<std::size_t>(word));
}

std::string_view name_of(MailWord word) {
  return name_in(names, word);
}

std::string counted(int count, MailWord forms, Language language) {
  const auto all = split(mail_word(forms, language), '|');
  return fmt::format("{} {}", count, trim(all.at(std::min(plural_form(count, language), all.size() - 1))));
}

std::string in_days(int days, Language language) {
  if (days <= 0) return std::string(mail_word(MailWord::today, language));
  if (days == 1) return std::string(mail_word(MailWord::tomorrow, language));
  return worded(MailWord::ahead, language, {{"days", counted(days, MailWord::days, language)}});
}

std::string worded(MailWord word, Language language, const WordValues& values) {
  std::string out;
  std::string_view rest = mail_word(word, language);
  for (auto at = rest.find('{'); at != std::string_view::npos; at = rest.find('{')) {
    const auto end = rest.find('}', at);
    if (end == std::string_view::npos) break;
    out += rest.substr(0, at);
    const auto name = rest.substr(at + 1, end - at - 1);
    for (const auto& [place, value] : values)
      if (place == name) out += value;
    rest.remove_prefix(end + 1);
  }
  return out += rest;
}

}  // namespace convoke::notify
