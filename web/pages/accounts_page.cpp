#include "web/pages/accounts_page.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "web/i18n.hpp"
#include "web/pages/directory_parts.hpp"
#include "web/pages/language_names.hpp"
#include "web/pages/links.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <algorithm>
#include <array>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using service::AccountState;

constexpr std::string_view list_path = "/manage/accounts";

std::string problem_text(AccountProblem problem, Language language) {
  switch (problem) {
    case AccountProblem::address:
      return tr(language, "Enter an e-mail address.");
    case AccountProblem::name:
      return tr(language, "Enter a name of at most 200 characters.");
    case AccountProblem::known:
      return tr(language, "Somebody has an account with this address already.");
    case AccountProblem::role:
      return tr(language, "This role is for an administrator to give.");
    case AccountProblem::organisation:
      return tr(language, "There is no such association.");
    case AccountProblem::person:
      return tr(language, "Nobody in the directory is called so. Enter the person there first.");
    case AccountProblem::namesakes:
      return tr(language,
                "Several people are called so. Choose one from the list: the number tells them apart.");
    case AccountProblem::often:
      return tr(language, "This address was invited three times today. Try again tomorrow.");
    case AccountProblem::last_administrator:
      return tr(language, "This is the last administrator. Make another one first.");
    case AccountProblem::settled:
      return tr(language, "This invitation was accepted or withdrawn meanwhile.");
    case AccountProblem::other:
      break;
  }
  return tr(language, "Something in the form could not be taken. Look it through and send it again.");
}

void fill_head(TemplateDictionary& values, const AccountsView& view, const Frame& frame) {
  values["CSRF"] = frame.csrf;
  if (view.saved) values.ShowSection("SAVED");
  if (view.problem) show_text(values, "PROBLEM", problem_text(*view.problem, frame.language));
}

void fill_chips(TemplateDictionary& values, const AccountState& state, Instant now, const std::string& zone,
                Language language) {
  values["ROLE"] = role_text(state.account.role, language);
  if (state.account.may_approve) values.ShowSection("APPROVES");
  if (state.second_factor) values.ShowSection("SECOND_FACTOR");
  if (state.account.closed) {
    values.ShowSection("CLOSED");
  } else if (state.invited_until) {
    show_text(values, "INVITED",
              tr(language, "the link acts until {date}",
                 {{"date", date_text(civil_date(*state.invited_until, zone), language)}}));
  } else if (!state.accepted) {
    values.ShowSection("LAPSED");
  }
  if (state.last_seen)
    show_text(values, "SEEN", tr(language, "last seen") + " " + ago_text(now - *state.last_seen, language));
}

void fill_roles(TemplateDictionary& values, const service::AccountChoices& choices, AccountRole chosen,
                bool approves, Language language) {
  for (const auto role : choices.roles)
    add_option(values, "ROLE_OPTION", name_of(role), capitalise(role_text(role, language)), role == chosen);
  if (!choices.may_approve) return;
  auto& box = *values.AddSectionDictionary("MAY_APPROVE");
  if (approves) box.ShowSection("CHECKED");
}

void fill_places(TemplateDictionary& values, const service::AccountChoices& choices, OrganisationId chosen) {
  if (choices.organisations.size() + (choices.no_organisation ? 1 : 0) < 2) return;
  auto& section = *values.AddSectionDictionary("ORGANISATIONS");
  if (choices.no_organisation) section.ShowSection("ALL");
  for (const auto& one : choices.organisations)
    add_option(section, "OPTION", std::to_string(one.id.value), one.name, one.id == chosen);
}

std::string with_number(const Person& person) {
  return person.name + " #" + std::to_string(person.id.value);
}

void fill_known_people(TemplateDictionary& values, const service::AccountChoices& choices) {
  const auto count = std::min(choices.people.size(), most_suggested);
  for (std::size_t i = 0; i < count; ++i) {
    auto& option = *values.AddSectionDictionary("KNOWN");
    option["VALUE"] = with_number(choices.people[i]);
    option["POST"] = choices.people[i].post;
  }
}

void fill_words(TemplateDictionary& values, std::optional<Language> chosen) {
  for (const Language one : all_languages)
    add_option(values, "WORDS", tag_of(one), own_name(one), one == chosen);
}

std::vector<const AccountState*> found(const AccountsView& view) {
  std::vector<const AccountState*> all;
  for (const auto& state : view.desk.rows) {
    const auto& account = state.account;
    if (has_words(account.name + " " + account.login + " " + state.organisation, view.query.words))
      all.push_back(&state);
  }
  return all;
}

void fill_invitation(TemplateDictionary& values, const AccountsView& view, Language language) {
  const auto& entered = view.entered;
  values["NEW_LOGIN"] = entered.login;
  values["NEW_NAME"] = entered.name;
  values["NEW_PERSON"] = entered.person;
  fill_roles(values, view.desk.choices, entered.role, entered.may_approve, language);
  fill_places(values, view.desk.choices, entered.organisation);
  fill_words(values, entered.language);
  fill_known_people(values, view.desk.choices);
}

}  // namespace

std::string account_path(AccountId id) {
  std::string path(list_path);
  path += '/';
  path += std::to_string(id.value);
  return path;
}

std::string render_accounts(const Frame& frame, const AccountsView& view) {
  const Language language = frame.language;
  TemplateDictionary values("accounts");
  fill_manage_frame(values, frame, tr(language, "Accounts"), Desk::accounts);
  fill_head(values, view, frame);
  if (frame.who->role == AccountRole::administrator) values.AddSectionDictionary("TABS")->ShowSection("TAB_ACCOUNTS");
  const auto rows = found(view);
  fill_search(values, std::string(list_path), tr(language, "Find by name, address or association"),
              view.query, trn(language, "{n} account", "{n} accounts", static_cast<long>(rows.size())));
  const auto at = page_of(rows.size(), view.query.page, directory_page_size);
  for (std::size_t i = at.begin; i < at.end; ++i) {
    auto& row = *values.AddSectionDictionary("ACCOUNT_ROW");
    row["HREF"] = account_path(rows[i]->account.id);
    row["NAME"] = rows[i]->account.name;
    row["LOGIN"] = rows[i]->account.login;
    show_text(row, "ORGANISATION", rows[i]->organisation);
    fill_chips(row, *rows[i], view.now, view.zone, language);
  }
  auto path = std::string(list_path);
  if (!view.query.words.empty()) path = with_query(path, "q", view.query.words);
  fill_pager(values, at, path, language);
  fill_invitation(values, view, language);
  return render_template("manage_accounts.html", language, values);
}

std::string render_one_account(const Frame& frame, const AccountsView& view, AccountId id) {
  const Language language = frame.language;
  const auto& rows = view.desk.rows;
  const auto& state =
      *std::find_if(rows.begin(), rows.end(), [id](const auto& one) { return one.account.id == id; });
  TemplateDictionary values("account");
  fill_manage_frame(values, frame, state.account.name, Desk::accounts);
  fill_head(values, view, frame);
  values["HEADING"] = state.account.name;
  values["LOGIN"] = state.account.login;
  values["SINCE"] = date_text(civil_date(state.account.created, view.zone), language);
  fill_chips(values, state, view.now, view.zone, language);
  if (!state.may_change) {
    values.ShowSection("READ_ONLY");
    show_text(values, "ORGANISATION", state.organisation);
    show_text(values, "PERSON", state.person);
    return render_template("manage_account.html", language, values);
  }
  auto& form = *values.AddSectionDictionary("FORM");
  form["CSRF"] = frame.csrf;
  form["ACTION"] = account_path(id);
  form["NAME"] = state.account.name;
  form["PERSON_NAME"] =
      state.account.person ? state.person + " #" + std::to_string(state.account.person.value) : std::string();
  fill_roles(form, view.desk.choices, state.account.role, state.account.may_approve, language);
  fill_places(form, view.desk.choices, state.account.organisation);
  fill_known_people(form, view.desk.choices);
  const auto add_button = [&](const char* section, const char* action) {
    auto& button = *values.AddSectionDictionary(section);
    button["CSRF"] = frame.csrf;
    button["ACTION"] = account_path(id) + action;
  };
  if (state.account.closed) add_button("OPEN", "/open");
  if (!state.account.closed && state.accepted) add_button("CLOSE", "/close");
  if (!state.account.closed && !state.accepted) {
    add_button("AGAIN", "/invite");
    add_button("WITHDRAW", "/withdraw");
  }
  if (state.second_factor && frame.who->role == AccountRole::administrator)
    add_button("END_FACTOR", "/second-factor/end");
  return render_template("manage_account.html", language, values);
}

std::string render_invitation(const Frame& frame, const InvitationPage& page) {
  TemplateDictionary values("invitation");
  fill_frame(values, frame, tr(frame.language, "You are invited"), Place::login);
  values["CSRF"] = frame.csrf;
  values["ACTION"] = "/invitation/" + page.token;
  values["LOGIN"] = page.invitation.login;
  values["NAME"] = page.name;
  values["SHORTEST"] = std::to_string(service::shortest_password);
  show_text(values, "ASSOCIATION", page.invitation.association);
  if (page.state.problem)
    show_text(values, "PROBLEM", problem_text(*page.state.problem, frame.language, page.state.wait));
  return render_template("invitation.html", frame.language, values);
}

std::string render_dead_link(const Frame& frame, bool was_ours) {
  TemplateDictionary values("dead_link");
  fill_frame(values, frame, tr(frame.language, "This link does not act"), Place::login);
  values.ShowSection(was_ours ? "WAS_OURS" : "UNKNOWN");
  return render_template("dead_link.html", frame.language, values);
}

}  // namespace convoke::web
