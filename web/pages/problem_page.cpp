#include "web/pages/problem_page.hpp"

#include "web/i18n.hpp"
#include "web/pages/frame.hpp"
#include "web/pages/query_words.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <array>

namespace convoke::web {
namespace {

struct Words {
  unsigned status;
  const char* heading;
  const char* explanation;
};

constexpr std::array<Words, 10> table = {{
    {400, "This address is not quite right", "Something in the address could not be understood."},
    {401, "Please sign in", "Only people who are signed in see this, or programs with a key of access."},
    {403, "Not allowed",
     "You may not do this, or the page was open for too long. Open it again and try once more."},
    {404, "There is no such page", "It may have moved, or the address has a mistake in it."},
    {405, "This cannot be done here", "The address exists but does not take this kind of request."},
    {410, "This page has been withdrawn", "It was here once and will not come back."},
    {413, "This is too large", "What was sent is larger than this address takes."},
    {429, "Too many requests", "Please wait a moment and try again."},
    {500, "Something went wrong here", "The fault is ours and has been noted. Please try again in a moment."},
    {503, "Not available right now", "Nothing has been lost. Please try again in a minute."},
}};

const Words& words_for(unsigned status) {
  for (const auto& words : table)
    if (words.status == status) return words;
  return words_for(status >= 500 ? 500 : 400);
}

}  // namespace

std::string render_problem(unsigned status, Language language, const std::string& detail) {
  const Words& words = words_for(status);
  ctemplate::TemplateDictionary values("problem");
  Frame frame;
  frame.language = language;
  const auto heading = tr(language, words.heading);
  fill_frame(values, frame, heading, Place::elsewhere);
  values["STATUS"] = std::to_string(status);
  values["HEADING"] = heading;
  values["EXPLANATION"] = tr(language, words.explanation);
  if (status == 401) values.ShowSection("SIGN_IN");
  if (const auto fault = query_fault_text(detail, language))
    show_text(values, "FAULT", *fault);
  else
    show_text(values, "DETAIL", detail);
  return render_template("problem.html", language, values);
}

}  // namespace convoke::web
