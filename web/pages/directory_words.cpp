#include "web/pages/directory_words.hpp"

#include "web/pages/when.hpp"

#include <array>

namespace convoke::web {
namespace {

// Each in the order of its enumeration.
constexpr std::array problems = {
    "A name is needed, up to 200 characters.",
    "An e-mail address is written like olena@example.org.",
    "Nobody of this name is known. Enter the person first, under People.",
    "Several people have this name. Choose one from the list: the number behind the name tells them apart.",
    "The days do not fit together: both are needed, the last one not before the first.",
    "Nobody stands in for themself, and no leave lasts longer than three years.",
    "There is an office or a group of this name already.",
    "There are too many already. Remove what nobody needs.",
    "Somebody changed this meanwhile. Look again.",
    "What was entered could not be used.",
};

constexpr std::array<const char*, service::unreached_count> troubles = {
    "",           "not known",  "several of this name", "not entered",
    "nobody now", "no address", "mail comes back",      "closed",
    "nobody",     "not known",
};

constexpr std::array<const char*, service::unreached_count> reasons = {
    "",
    "Nobody of this name has been entered.",
    "Several people have this name, and it is not clear which one is meant.",
    "It has not been entered who that is.",
    "Nobody holds this office now, or the group has no members.",
    "No e-mail address has been entered.",
    "Mail to the address came back.",
    "The account is closed.",
    "Nobody hears of what is overdue: there is neither a chair nor an organiser who can sign in.",
    "It has not been entered who that is.",
};

template<std::size_t size>
std::string word(const std::array<const char*, size>& words, std::size_t at, Language language) {
  const char* id = words.at(at);
  return *id == '\0' ? std::string() : tr(language, id);
}

}  // namespace

std::string problem_text(DirectoryProblem problem, Language language) {
  return word(problems, static_cast<std::size_t>(problem), language);
}

std::string trouble_text(service::Unreached why, Language language) {
  return word(troubles, static_cast<std::size_t>(why), language);
}

std::string reason_text(service::Unreached why, const std::string& email, Language language) {
  if (why == service::Unreached::bounced && !email.empty())
    return tr(language, "Mail to {address} came back.", {{"address", email}});
  return word(reasons, static_cast<std::size_t>(why), language);
}

std::string kind_text(RosterKind kind, Language language) {
  return kind == RosterKind::office ? tr(language, "office") : tr(language, "group");
}

std::string duty_text(Duty duty, Language language) {
  switch (duty) {
    case Duty::none:
      break;
    case Duty::section_head:
      return tr(language, "head of a section");
    case Duty::chair:
      return tr(language, "chair");
  }
  return tr(language, "no part");
}

std::string rhythm_text(MailRhythm rhythm, Language language) {
  switch (rhythm) {
    case MailRhythm::each:
      break;
    case MailRhythm::daily:
      return tr(language, "gathered, once a day");
    case MailRhythm::weekly:
      return tr(language, "gathered, once a week");
  }
  return tr(language, "each by itself");
}

std::string tenure_text(const std::optional<Date>& first, const std::optional<Date>& last,
                        Language language) {
  if (first && last && *first == *last) return date_text(*first, language);
  if (first && last) return date_text(*first, language) + " – " + date_text(*last, language);
  if (first) return tr(language, "since {date}", {{"date", date_text(*first, language)}});
  if (last) return tr(language, "until {date}", {{"date", date_text(*last, language)}});
  return tr(language, "without an end");
}

}  // namespace convoke::web
