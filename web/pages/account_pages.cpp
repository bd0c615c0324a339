#include "web/pages/account_pages.hpp"

#include "base/time_zone.hpp"
#include "web/i18n.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;

void show_problem(TemplateDictionary& values, const FormState& state, Language language) {
  if (state.problem) show_text(values, "PROBLEM", problem_text(*state.problem, language, state.wait));
}

}  // namespace

std::string render_login(const Frame& frame, const std::string& next, const FormState& state) {
  TemplateDictionary values("login");
  fill_frame(values, frame, tr(frame.language, "Sign in"), Place::login);
  values["CSRF"] = frame.csrf;
  values["NEXT"] = next;
  show_problem(values, state, frame.language);
  return render_template("login.html", frame.language, values);
}

std::string render_setup(const Frame& frame, const SetupView& view) {
  TemplateDictionary values("setup");
  fill_frame(values, frame, tr(frame.language, "The first administrator"), Place::login);
  values["CSRF"] = frame.csrf;
  values["ACTION"] = "/setup/" + view.token;
  values["LOGIN"] = view.login;
  values["NAME"] = view.name;
  values["SHORTEST"] = std::to_string(service::shortest_password);
  show_problem(values, view.state, frame.language);
  return render_template("setup.html", frame.language, values);
}

std::string render_account(const Frame& frame, const AccountView& view) {
  const auto language = frame.language;
  const auto& who = *frame.who;
  TemplateDictionary values("account");
  fill_frame(values, frame, tr(language, "My account"), Place::account);
  values["CSRF"] = frame.csrf;
  values["NAME"] = who.name;
  values["LOGIN"] = who.login;
  values["ROLE"] = role_text(who.role, language);
  if (who.may_approve) values.ShowSection("APPROVES");
  if (who.role >= AccountRole::organiser)
    values.AddSectionDictionary("FACTOR")->ShowSection(who.second_factor ? "ON" : "OFF");
  values["SHORTEST"] = std::to_string(service::shortest_password);
  show_problem(values, view.password, language);
  if (view.password_changed) values.ShowSection("CHANGED");
  for (const auto& session : view.sessions) {
    auto& row = *values.AddSectionDictionary("SESSION");
    row["AGENT"] = session.agent.empty() ? tr(language, "an unnamed program") : session.agent;
    row["SEEN"] = ago_text(view.now - session.last_seen, language);
    row["SINCE"] = date_text(civil_date(session.created, view.zone), language);
    if (session.id == who.session) {
      row.ShowSection("THIS_ONE");
    } else {
      auto& end = *row.AddSectionDictionary("OTHER");
      end["ACTION"] = "/account/sessions/" + std::to_string(session.id.value) + "/end";
    }
  }
  return render_template("account.html", language, values);
}

}  // namespace convoke::web
