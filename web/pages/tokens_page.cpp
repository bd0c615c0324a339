#include "web/pages/tokens_page.hpp"

#include "base/time_zone.hpp"
#include "web/i18n.hpp"
#include "web/pages/account_words.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;

std::string problem_text(TokenProblem problem, Language language) {
  if (problem == TokenProblem::name) return tr(language, "Enter a name of at most 100 characters.");
  return tr(language, "You have {most} keys in force. Revoke one before you make another.",
            {{"most", std::to_string(service::most_own_tokens)}});
}

}  // namespace

std::string render_tokens(const Frame& frame, const TokensView& view) {
  const Language language = frame.language;
  TemplateDictionary values("tokens");
  fill_frame(values, frame, tr(language, "My keys to the API"), Place::account);
  values["CSRF"] = frame.csrf;
  values["NAME"] = view.name;
  if (view.problem) show_text(values, "PROBLEM", problem_text(*view.problem, language));
  show_text(values, "MADE", view.made);
  if (view.tokens.empty()) values.ShowSection("NONE");
  for (const auto& token : view.tokens) {
    auto& row = *values.AddSectionDictionary("TOKEN");
    row["NAME"] = token.name;
    row["SCOPE"] = tr(language, token.scope == "write" ? "reads and changes" : "reads");
    row["SINCE"] = date_text(civil_date(token.created, view.zone), language);
    row["USED"] = token.last_used ? ago_text(view.now - *token.last_used, language) : tr(language, "never");
    if (token.revoked) {
      row.ShowSection("REVOKED");
    } else {
      auto& form = *row.AddSectionDictionary("REVOKE");
      form["CSRF"] = frame.csrf;
      form["ACTION"] = "/account/tokens/" + std::to_string(token.id) + "/revoke";
    }
  }
  return render_template("account_tokens.html", language, values);
}

}  // namespace convoke::web
