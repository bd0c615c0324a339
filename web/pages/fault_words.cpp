#include "web/pages/fault_words.hpp"

#include "service/rule_sets.hpp"
#include "web/i18n.hpp"

#include <array>
#include <span>
#include <string_view>

namespace convoke::web {
namespace {

struct Said {
  std::string_view by_service;                      // a part of what it says
  std::string (*in_words)(Language, const Error&);  // never empty
};

#define FAULT(words) [](Language language, const Error&) { return tr(language, words); }

constexpr auto rules = std::to_array<Said>({
    {"days either way at most",
     [](Language language, const Error&) {
       return tr(language, "A reminder is at most {count} days away from its day, given as a whole number.",
                 {{"count", std::to_string(service::farthest_offset)}});
     }},
    {"announced is announced before", FAULT("What is announced is announced before the day or on it.")},
    {"asked for after the end", FAULT("What is overdue is asked for after the end, by one day at least.")},
    {"only a vague period asks", FAULT("Only what has no day yet is asked for its day.")},
    {"another rule has this id", FAULT("The same rule stands here twice.")},
    {"rules at most", FAULT("There are too many rules; remove one first.")},
    {"sets of rules already", FAULT("There are too many sets of rules; remove one first.")},
    {"quiet hours read", FAULT("Quiet hours are two times of day, like 21:00 and 07:00.")},
    {"a country is two", FAULT("A country is two capital letters: UA, BY, RU.")},
});

constexpr auto rows = std::to_array<Said>({
    {"nobody is called", FAULT("Nobody of this association is called that.")},
    {"more than one person is called",
     FAULT("Several people are called that: choose one of the list, where each has a number.")},
    {"a plan needs a title", FAULT("A plan needs a title.")},
    {"a row needs a title", FAULT("A row needs a title.")},
    {"title on a line of its own", FAULT("Write each row's title on a line of its own, then split.")},
    {"no row above", FAULT("There is no row above this one.")},
    {"this name does not stand", FAULT("This name does not stand in the plan.")},
    {"there is no such person", FAULT("Nobody of this association is called that.")},
    {"there is no such association", FAULT("There is no such association.")},
    {"every row is left out", FAULT("Every row is left out: nothing would be entered.")},
    {"more than 5000 rows", FAULT("A plan has at most 5,000 rows.")},
    {"at most 5000 rows", FAULT("A plan has at most 5,000 rows.")},
    {"characters", FAULT("One of these texts is too long or has signs in it that cannot be shown.")},
    {"is not valid UTF-8", FAULT("One of these texts is too long or has signs in it that cannot be shown.")},
    {"zone", FAULT("There is no such time zone.")},
});

constexpr auto files = std::to_array<Said>({
    {"is encrypted", FAULT("The document is locked with a password. Save it without one.")},
    {"the file is empty", FAULT("The file is empty.")},
    {"max_upload_bytes", FAULT("The file is larger than 10 MB.")},
    {"calendar file", FAULT("This is a calendar file, not a plan. Add it as a neighbour's calendar.")},
    {"archive", FAULT("The file is damaged. Save the document once more and try again.")},
    {"a part of the document", FAULT("The file is damaged. Save the document once more and try again.")},
    {"XML", FAULT("The file is damaged. Save the document once more and try again.")},
    {"max_", FAULT("The document is larger than what is read here.")},
});

#undef FAULT

}  // namespace

std::string fault_text(const Error& error, Language language) {
  for (const auto& all :
       {std::span<const Said>(rules), std::span<const Said>(rows), std::span<const Said>(files)})
    for (const auto& one : all)
      if (error.message.find(one.by_service) != std::string::npos) return one.in_words(language, error);
  if (error.code == Errc::limit_exceeded) return tr(language, "That is more than what fits.");
  if (error.code == Errc::not_found) return tr(language, "That is not there any more.");
  return tr(language, "Something of what was entered cannot be used.");
}

}  // namespace convoke::web
