#include "web/pages/entry_pages.hpp"

#include "web/i18n.hpp"
#include "web/qr.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;

void show_problem(TemplateDictionary& values, const FormState& state, Language language) {
  if (state.problem) show_text(values, "PROBLEM", problem_text(*state.problem, language, state.wait));
}

// "JBSW Y3DP EHPK 3PXP": as people copy it.
std::string in_groups(const std::string& key) {
  std::string text;
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (i > 0 && i % 4 == 0) text += ' ';
    text += key[i];
  }
  return text;
}

std::string with_escaped_ampersands(const std::string& uri) {
  std::string text;
  for (const char c : uri) c == '&' ? text += "&amp;" : text += c;
  return text;
}

void fill_offer(TemplateDictionary& values, const service::OfferedKey& offered, const Frame& frame) {
  auto& offer = *values.AddSectionDictionary("OFFER");
  offer["CSRF"] = frame.csrf;
  offer["KEY"] = in_groups(offered.key);
  offer["SEALED"] = offered.sealed;
  // Put in as it is, for ctemplate lets no address of this kind through: it has nothing but percent signs,
  // letters and digits, and one "&".
  offer["URI"] = with_escaped_ampersands(offered.uri);
  const auto code = qr_svg(offered.uri, tr(frame.language, "QR code of the key"));
  if (code) (*offer.AddSectionDictionary("CODE"))["SVG"] = *code;
}

}  // namespace

std::string render_code_step(const Frame& frame, const std::string& ticket, const std::string& next,
                             const FormState& state) {
  TemplateDictionary values("code_step");
  fill_frame(values, frame, tr(frame.language, "The second step"), Place::login);
  values["CSRF"] = frame.csrf;
  values["TICKET"] = ticket;
  values["NEXT"] = next;
  show_problem(values, state, frame.language);
  return render_template("login_code.html", frame.language, values);
}

std::string render_link_request(const Frame& frame, bool sent, const FormState& state) {
  TemplateDictionary values("link_request");
  fill_frame(values, frame, tr(frame.language, "A link by mail"), Place::login);
  show_problem(values, state, frame.language);
  if (sent) {
    values.ShowSection("SENT");
  } else {
    (*values.AddSectionDictionary("ASK"))["CSRF"] = frame.csrf;
  }
  return render_template("login_mail.html", frame.language, values);
}

std::string render_sign_in_link(const Frame& frame, const std::string& token,
                                const service::SignInLinkView& link, const FormState& state) {
  TemplateDictionary values("sign_in_link");
  fill_frame(values, frame, tr(frame.language, "Sign in"), Place::login);
  values["CSRF"] = frame.csrf;
  values["ACTION"] = "/login/link/" + token;
  values["LOGIN"] = link.login;
  values["NAME"] = link.name;
  values["SHORTEST"] = std::to_string(service::shortest_password);
  show_problem(values, state, frame.language);
  return render_template("login_link.html", frame.language, values);
}

std::string render_factor(const Frame& frame, const FactorView& view) {
  const Language language = frame.language;
  TemplateDictionary values("second_factor");
  fill_frame(values, frame, tr(language, "Second factor"), Place::account);
  show_problem(values, view.state, language);
  if (view.asked) values.ShowSection("ASKED");
  if (!view.codes.empty()) {
    auto& codes = *values.AddSectionDictionary("CODES");
    for (const auto& code : view.codes) (*codes.AddSectionDictionary("ONE"))["TEXT"] = code;
  }
  if (view.offered) fill_offer(values, *view.offered, frame);
  if (view.factor.in_force) {
    auto& kept = *values.AddSectionDictionary("IN_FORCE");
    kept["CSRF"] = frame.csrf;
    kept["LEFT"] =
        trn(language, "{n} recovery code is left", "{n} recovery codes are left", view.factor.recovery_left);
    if (!view.asked) kept.ShowSection("MAY_END");
  }
  return render_template("second_factor.html", language, values);
}

}  // namespace convoke::web
