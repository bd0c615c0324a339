#include "base/contacts.hpp"

#include "base/text.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace convoke {
namespace {

constexpr std::size_t most_groups = 9, most_digits = 15;  // E.164: fifteen digits

// A code point and where its bytes begin.
struct Sign {
  char32_t c = 0;
  std::size_t at = 0;
};

std::vector<Sign> signs_of(std::string_view text) {
  std::vector<Sign> signs;
  signs.reserve(text.size());
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    const auto at = static_cast<std::size_t>(i);
    UChar32 c = 0;
    U8_NEXT(text.data(), i, size, c);
    signs.push_back({c < 0 ? U'\uFFFD' : static_cast<char32_t>(c), at});
  }
  return signs;
}

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}
bool is_letter(char32_t c) {
  return u_isalpha(static_cast<UChar32>(c)) != 0;
}
bool is_dash(char32_t c) {
  return c == U'-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}
bool is_blank(char32_t c) {
  return c != U'\n' && c != U'\r' && u_isUWhiteSpace(static_cast<UChar32>(c));
}
bool is_one_of(char32_t c, std::u32string_view signs) {
  return signs.find(c) != std::u32string_view::npos;
}

// How two groups of digits are joined.
enum class Joint { space, dash, dot, bracket };

struct Group {
  std::string digits;
  std::size_t begin = 0, end = 0;  // signs
  Joint before = Joint::space;     // how it hangs on the group before it
  bool bracketed = false;          // "(0152)"
};

bool is_year(const Group& group) {
  return group.digits.size() == 4 && (group.digits.starts_with("19") || group.digits.starts_with("20"));
}

using Groups = std::vector<Group>;

std::size_t count_digits(const Groups& groups, std::size_t from = 0) {
  std::size_t count = 0;
  for (std::size_t i = from; i < groups.size(); ++i) count += groups[i].digits.size();
  return count;
}

bool joined_by(const Groups& groups, Joint joint) {
  return std::all_of(groups.begin() + 1, groups.end(), [&](const Group& one) { return one.before == joint; });
}

bool has_joint(const Groups& groups, Joint joint) {
  return std::any_of(groups.begin() + 1, groups.end(), [&](const Group& one) { return one.before == joint; });
}

// "1 250 000": groups of three after the first.
bool is_sum(const Groups& groups) {
  return groups.size() > 1 && groups[0].digits[0] != '0' && groups[0].digits.size() <= 3 &&
         joined_by(groups, Joint::space) &&
         std::all_of(groups.begin() + 1, groups.end(),
                     [](const Group& one) { return one.digits.size() == 3; });
}

bool is_date(const Groups& groups) {
  if (groups.size() < 3) return groups.size() == 2 && is_year(groups[1]);
  const auto number = [&](std::size_t i) {
    return groups[i].digits.size() <= 2 ? std::stoi(groups[i].digits) : 99;
  };
  if (is_year(groups[0])) return true;
  const bool year = is_year(groups[2]) || groups[2].digits.size() == 2;
  return groups.size() == 3 && year && number(0) <= 31 && number(1) <= 12;
}

// "12-34-56" at the end, "203-12-34", "123-4567": how the last digits of a number are written.
bool ends_as_local(const Groups& groups) {
  const auto n = groups.size();
  const auto size = [&](std::size_t back) { return back < n ? groups[n - 1 - back].digits.size() : 0; };
  return (size(0) == 2 && size(1) == 2) || (size(0) == 4 && size(1) >= 3);
}

// Ten digits from 0, eleven from 8 or 7, twelve from 380 or 375: national numbers without a plus.
bool is_national(const Groups& groups) {
  const std::string& first = groups[0].digits;
  const std::size_t digits = count_digits(groups);
  if (is_sum(groups) || (has_joint(groups, Joint::dot) && !joined_by(groups, Joint::dot))) return false;
  const bool from_380 = first.starts_with("380") || first.starts_with("375") ||
                        (first == "38" && groups.size() > 1 && groups[1].digits[0] == '0');
  if (groups.size() == 1)
    return (digits == 10 && first[0] == '0') || (digits == 11 && (first[0] == '8' || first[0] == '7')) ||
           (digits == 12 && from_380);
  const bool parts = std::all_of(groups.begin() + 1, groups.end(),
                                 [](const Group& one) { return one.digits.size() <= 7 && !is_year(one); });
  if (!parts) return false;
  if (digits == 10 && first[0] == '0') return first.size() != 2;
  if (digits == 11 && (first == "8" || first == "7")) return groups[1].digits.size() >= 3;
  if (digits == 11 && first.starts_with("80") && first.size() >= 4) return true;
  return digits == 12 && from_380 && (first.size() <= 3 || first.size() == 5);
}

// "(0152) 12-34-56", "8 (029) 123-45-67", "38(044)235-12-34".
bool has_area_code(const Groups& groups) {
  std::size_t code = 0;
  while (code < groups.size() && !groups[code].bracketed) ++code;
  if (code > 1 || code + 1 >= groups.size() || is_year(groups[code])) return false;
  if (code == 1) {
    const std::string& trunk = groups[0].digits;
    if (trunk != "8" && trunk != "7" && trunk != "0" && trunk != "38" && trunk != "380" && trunk != "375")
      return false;
  }
  const std::size_t width = groups[code].digits.size(), local = count_digits(groups, code + 1);
  if (width < 2 || width > 5 || local < 5 || local > 8 || has_joint(groups, Joint::dot)) return false;
  return width > 2 || (local == 7 && ends_as_local(groups));
}

// "123-45-67", "495 123-45-67": three and two and two digits held by dashes.
bool is_city_number(const Groups& groups) {
  const auto n = groups.size();
  if (n != 3 && n != 4) return false;
  const bool shape = groups[n - 3].digits.size() == 3 && groups[n - 2].digits.size() == 2 &&
                     groups[n - 1].digits.size() == 2 && groups[n - 2].before == Joint::dash &&
                     groups[n - 1].before == Joint::dash;
  return shape &&
         (n == 3 || (groups[0].digits.size() >= 3 && groups[0].digits.size() <= 5 && !is_year(groups[0])));
}

bool is_phone_by_shape(const Groups& groups, bool plus) {
  const auto digits = count_digits(groups);
  if (plus) return digits >= 9 && digits <= most_digits;
  return has_area_code(groups) || is_national(groups) || is_city_number(groups);
}

// After "тел.": nearly any number of five digits and more; four when they are written in pairs.
bool is_phone_after_word(const Groups& groups) {
  const auto digits = count_digits(groups);
  if (std::all_of(groups.begin(), groups.end(), is_year)) return false;
  const bool dots = has_joint(groups, Joint::dot), dashes = has_joint(groups, Joint::dash);
  if (dots && (!joined_by(groups, Joint::dot) || is_date(groups))) return false;
  if ((is_year(groups.front()) || is_year(groups.back())) && is_date(groups)) return false;
  if (digits == 4) return groups.size() == 2 && dashes && groups[0].digits.size() == 2;
  return digits >= 5 && digits <= 13;
}

// With other words between: "телефон директора 2-15-43", but not "телефонне опитування 120-150 читачів".
bool is_phone_far_from_word(const Groups& groups) {
  if (groups.size() == 1) return groups[0].digits.size() == 6 || groups[0].digits.size() == 7;
  return groups.size() >= 3 && joined_by(groups, Joint::dash) && ends_as_local(groups);
}

// What the words before a number say about it.
enum class Before { nothing, phone, near_phone, other_number };

bool is_phone_word(std::string_view lower) {
  constexpr std::size_t longest_ending = 4;
  for (const std::string_view whole :
       {"тел", "тэл", "моб", "факс", "tel", "fax", "mob", "cell", "viber", "whatsapp"})
    if (lower == whole) return true;
  for (const std::string_view stem : {"телефон", "тэлефон", "мобільн", "мабільн", "мобильн", "вайбер",
                                      "ватсап", "факс", "phone", "telephone", "mobile"})
    if (lower.starts_with(stem) && length(lower) <= length(stem) + longest_ending && lower != "телефонограм")
      return true;
  return false;
}

bool is_number_word(std::string_view lower) {
  for (const std::string_view whole :
       {"isbn", "issn", "id", "no", "ідентифікатор", "идентификатор", "ідэнтыфікатар", "єдрпоу", "унп", "инн",
        "іпн", "рахунок", "счет", "счёт", "рахунак", "iban", "інвентарний", "инвентарный"})
    if (lower == whole) return true;
  return false;
}

bool is_list_word(std::string_view lower) {
  for (const std::string_view whole : {"і", "й", "та", "або", "и", "или", "ці", "or", "and"})
    if (lower == whole) return true;
  return false;
}

class Hider {
 public:
  explicit Hider(std::string_view text) : text_(text), signs_(signs_of(text)) {}

  std::string run() {
    while (at_ < signs_.size()) step();
    out_ += text_.substr(copied_);
    return std::move(out_);
  }

 private:
  char32_t sign(std::size_t i) const { return i < signs_.size() ? signs_[i].c : U'\0'; }
  std::size_t byte(std::size_t i) const { return i < signs_.size() ? signs_[i].at : text_.size(); }
  std::string_view slice(std::size_t begin, std::size_t end) const {
    return text_.substr(byte(begin), byte(end) - byte(begin));
  }

  std::size_t next_mail() const {
    return mails_hidden_ < mails_.size() ? mails_[mails_hidden_].first : signs_.size();
  }

  void hide(std::size_t begin, std::size_t end) {
    out_ += text_.substr(copied_, byte(begin) - copied_);
    out_ += hidden_contact;
    copied_ = byte(end);
    at_ = end;
  }

  static bool in_address(char32_t c) { return is_digit(c) || is_letter(c) || is_one_of(c, U"._%+-@"); }

  void step() {
    const char32_t c = signs_[at_].c;
    if (at_ >= addresses_until_ && in_address(c)) look_for_addresses();
    if (next_mail() <= at_) {
      const auto [begin, end] = mails_[mails_hidden_++];
      hide(begin, end);
      before_ = Before::nothing;
    } else if (is_digit(c) || c == U'+' || (c == U'(' && is_digit(sign(at_ + 1)))) {
      number();
    } else if (is_letter(c)) {
      word();
    } else {
      punctuation(c);
      ++at_;
    }
  }

  // The run of signs that addresses are made of, searched once for those with an @ (spaces may stand around
  // it).
  void look_for_addresses() {
    std::size_t end = at_;
    while (end < signs_.size() && in_address(signs_[end].c)) ++end;
    if (sign(end) == U' ' && sign(end + 1) == U'@') {
      end += 2;
      if (sign(end) == U' ') ++end;
      while (end < signs_.size() && in_address(signs_[end].c)) ++end;
    }
    addresses_until_ = end;
    std::size_t begin = at_;
    for (std::size_t i = at_; i < end; ++i) {
      if (signs_[i].c != U'@') continue;
      std::size_t local = i, host = i + 1;
      if (local > begin && signs_[local - 1].c == U' ') --local;
      if (sign(host) == U' ') ++host;
      std::size_t stop = host, dot = 0;
      while (stop < end && signs_[stop].c != U'@' && signs_[stop].c != U' ') {
        if (signs_[stop].c == U'.' && stop > host && is_letter(sign(stop + 1)) && is_letter(sign(stop + 2)))
          dot = stop;
        ++stop;
      }
      while (stop > host && !is_letter(signs_[stop - 1].c) && !is_digit(signs_[stop - 1].c)) --stop;
      const bool named = local > begin && signs_[local - 1].c != U'@';
      if (named && dot > host) {
        mails_.emplace_back(begin, stop);
        begin = stop;
      } else {
        begin = i + 1;
      }
      i = std::max(i, stop > 0 ? stop - 1 : stop);
    }
  }

  void word() {
    std::size_t end = at_;
    while (end < signs_.size() && (is_letter(signs_[end].c) || is_digit(signs_[end].c))) ++end;
    if (next_mail() >= end) {
      constexpr std::size_t longest_word = 60;  // bytes
      const auto bytes = slice(at_, end);
      if ((bytes == "http" || bytes == "https" || bytes == "www") && is_one_of(sign(end), U":."))
        return web_address();
      weigh(bytes.size() <= longest_word ? to_lower(bytes) : std::string());
    }
    at_ = end;
  }

  void web_address() {
    while (at_ < signs_.size() && !u_isUWhiteSpace(static_cast<UChar32>(signs_[at_].c)) &&
           !(signs_[at_].c == U'+' && is_digit(sign(at_ + 1))) && !is_one_of(signs_[at_].c, U"<>«»\"") &&
           !(at_ + 1 < signs_.size() && is_one_of(signs_[at_].c, U",;") && is_blank(sign(at_ + 1)))) {
      if (next_mail() <= at_) return;
      if (at_ >= addresses_until_ && in_address(signs_[at_].c)) look_for_addresses();
      if (next_mail() <= at_) return;
      ++at_;
    }
  }

  void weigh(const std::string& lower) {
    constexpr int words_that_reach = 3;  // "телефон для довідок та запису 2-15-43"
    if (is_phone_word(lower)) {
      before_ = Before::phone;
      words_ = 0;
    } else if (lower == "т" && sign(at_ + 1) == U'.') {
      before_ = Before::near_phone;
      words_ = words_that_reach;
    } else if (is_number_word(lower)) {
      before_ = Before::other_number;
    } else if (before_ == Before::phone || before_ == Before::near_phone) {
      if (is_list_word(lower)) return;
      before_ = ++words_ > words_that_reach ? Before::nothing : Before::near_phone;
    } else {
      before_ = Before::nothing;
    }
  }

  void punctuation(char32_t c) {
    if (c == U'№' || c == U'#')
      before_ = before_ == Before::phone ? before_ : Before::other_number;
    else if (is_one_of(c, U"\n!?|"))
      before_ = Before::nothing;
  }

  // A number or several joined: hides the longest beginning that is a telephone.
  void number() {
    const bool plus = signs_[at_].c == U'+';
    const bool free = may_begin();
    Groups all = groups_at(plus && is_digit(sign(at_ + 1)) ? at_ + 1
                           : plus && sign(at_ + 1) == U' ' ? at_ + 2
                                                           : at_);
    if (all.empty()) {
      ++at_;
      return;
    }
    if (free || plus) {
      for (const bool by_word : {false, true}) {
        if (by_word && before_ != Before::phone && before_ != Before::near_phone) continue;
        if (const auto end = longest(all, plus, by_word)) {
          hide(at_, *end);
          before_ = Before::phone;  // more may follow: "56-23-61, 56-23-62"
          words_ = 0;
          return;
        }
      }
    }
    // None begins here: go on after what hangs together by more than spaces.
    std::size_t last = 0;
    while (last + 1 < all.size() && all[last + 1].before != Joint::space && !all[last + 1].bracketed) ++last;
    at_ = all[last].end;
    if (before_ != Before::other_number) before_ = Before::nothing;
  }

  std::optional<std::size_t> longest(Groups groups, bool plus, bool by_word) const {
    for (; !groups.empty(); groups.pop_back()) {
      if (!may_end(groups.back().end)) continue;
      if (before_ == Before::other_number && !plus) continue;
      if (!by_word && is_phone_by_shape(groups, plus)) return groups.back().end;
      if (!by_word || !is_phone_after_word(groups)) continue;
      // "тел. 562361 12 травня": a number in one piece is whole.
      if (groups.size() > 1 && groups[0].digits.size() >= 6) continue;
      if (before_ == Before::phone || is_phone_far_from_word(groups)) return groups.back().end;
    }
    return std::nullopt;
  }

  // Not within a word, a number, a path or a value.
  bool may_begin() const {
    if (at_ == 0 || byte(at_) == copied_) return true;
    const char32_t before = signs_[at_ - 1].c;
    const char32_t two_before = at_ > 1 ? signs_[at_ - 2].c : U' ';
    if (is_digit(before) || is_letter(before) || is_one_of(before, U"_=&%№#")) return false;
    if (is_dash(before) || before == U'/') return !is_letter(two_before) && !is_digit(two_before);
    return !is_one_of(before, U".,:") || !is_digit(two_before);
  }

  bool may_end(std::size_t end) const {
    const char32_t next = sign(end), after = sign(end + 1);
    if (is_letter(next) || is_digit(next) || is_one_of(next, U"%_")) return false;
    if (is_dash(next) || next == U'/') return !is_digit(after) && !(is_dash(next) && is_letter(after));
    return !is_one_of(next, U".:") || !is_digit(after);
  }

  // The groups of digits from `at` on, as many as one telephone may have.
  Groups groups_at(std::size_t at) const {
    Groups groups;
    Joint before = Joint::space;
    std::size_t digits = 0;
    while (groups.size() < most_groups) {
      Group group;
      group.before = before;
      group.bracketed = sign(at) == U'(';
      group.begin = at;
      if (group.bracketed) ++at;
      while (is_digit(sign(at)) && group.digits.size() <= most_digits)
        group.digits += static_cast<char>(sign(at++));
      while (is_digit(sign(at))) ++at;
      digits += group.digits.size();
      if (group.digits.empty() || (!groups.empty() && digits > most_digits)) break;
      if (group.bracketed) {
        if (sign(at) != U')') break;
        ++at;
      }
      group.end = at;
      groups.push_back(group);
      if (is_whole(groups)) break;
      const auto next = next_group(at, before);
      if (!next) break;
      at = *next;
    }
    return groups;
  }

  // "56-23-61 12 травня": after the pairs of a number held by dashes, a space ends it.
  bool is_whole(const Groups& groups) const {
    const auto n = groups.size();
    if (n < 3 || groups[n - 1].before != Joint::dash || groups[n - 2].before != Joint::dash) return false;
    return ends_as_local(groups) && count_digits(groups) >= 5 && !is_dash(sign(groups.back().end));
  }

  // Where the next group begins: at most two spaces, a dash with or without spaces, a dot, or a bracket.
  std::optional<std::size_t> next_group(std::size_t at, Joint& joint) const {
    std::size_t spaces = 0;
    bool dash = false;
    joint = Joint::space;
    for (; spaces <= 2; ++at) {
      const char32_t c = sign(at);
      if (is_blank(c)) {
        ++spaces;
      } else if (is_dash(c) && !dash) {
        dash = true;
        joint = Joint::dash;
      } else {
        break;
      }
    }
    if (sign(at) == U'.' && !dash && spaces == 0 && is_digit(sign(at + 1))) {
      joint = Joint::dot;
      return at + 1;
    }
    const bool bracket = sign(at) == U'(' || (at > 0 && signs_[at - 1].c == U')');
    if (bracket && !dash) joint = Joint::bracket;
    if (spaces == 0 && !dash && !bracket) return std::nullopt;
    return spaces <= 2 && (is_digit(sign(at)) || (sign(at) == U'(' && is_digit(sign(at + 1))))
               ? std::optional(at)
               : std::nullopt;
  }

  std::string_view text_;
  std::vector<Sign> signs_;
  std::string out_;
  std::size_t copied_ = 0;  // bytes
  std::size_t at_ = 0, addresses_until_ = 0;
  std::vector<std::pair<std::size_t, std::size_t>> mails_;  // found so far, in order
  std::size_t mails_hidden_ = 0;                            // how many of them are done with
  Before before_ = Before::nothing;
  int words_ = 0;
};

// Whether the text has an @ or enough digits with no letter between them for the shortest telephone: five, or
// four in pairs. Most texts have neither and are told so in one pass over their bytes.
bool may_hold_contact(std::string_view text) {
  std::size_t digits = 0;
  bool in_groups = false, after_digit = false;
  for (const char c : text) {
    if (c == '@') return true;
    const auto byte = static_cast<unsigned char>(c);
    const bool cyrillic = byte >= 0xD0 && byte <= 0xD3;  // begins a letter, never a space or a dash
    if (c >= '0' && c <= '9') {
      in_groups = in_groups || (digits > 0 && !after_digit);
      if (++digits > 4 || (digits == 4 && in_groups)) return true;
      after_digit = true;
    } else {
      after_digit = false;
      if (!cyrillic && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z')) continue;
      digits = 0;
      in_groups = false;
    }
  }
  return false;
}

}  // namespace

std::string hide_contacts(std::string_view text) {
  return may_hold_contact(text) ? Hider(text).run() : std::string(text);
}

}  // namespace convoke
