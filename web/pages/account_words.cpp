#include "web/pages/account_words.hpp"

#include "base/text.hpp"
#include "service/passwords.hpp"
#include "service/personal_calendars.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/target.hpp"

namespace convoke::web {
namespace {

std::string wait_text(std::chrono::seconds wait, Language language) {
  const auto minutes = std::chrono::ceil<std::chrono::minutes>(wait).count();
  return tr(language, "Too many attempts.") + " " +
         trn(language, "Try again in {n} minute.", "Try again in {n} minutes.", std::max(minutes, 1L));
}

std::string password_problem_text(FormProblem problem, Language language) {
  const auto shortest = std::to_string(service::shortest_password);
  const auto longest = std::to_string(service::longest_password);
  switch (problem) {
    case FormProblem::password_short:
      return tr(language, "The password is too short: at least {shortest} characters.",
                {{"shortest", shortest}});
    case FormProblem::password_long:
      return tr(language, "The password is too long: at most {longest} bytes.", {{"longest", longest}});
    case FormProblem::password_known:
      return tr(language, "This password is easy to guess. Choose another one.");
    case FormProblem::passwords_differ:
      return tr(language, "The two passwords are not the same.");
    default:
      return tr(language, "The present password is not right.");
  }
}

std::string calendar_problem_text(FormProblem problem, Language language) {
  switch (problem) {
    case FormProblem::calendar_name:
      return tr(language, "Give the calendar a name of at most {longest} characters.",
                {{"longest", std::to_string(service::longest_calendar_name)}});
    case FormProblem::calendar_filters:
      return tr(language, "One of the filters is not known.");
    default:
      return tr(language, "You have {most} calendars in use. Revoke one before you make another.",
                {{"most", std::to_string(service::most_personal_calendars)}});
  }
}

}  // namespace

std::string problem_text(FormProblem problem, Language language, std::chrono::seconds wait) {
  switch (problem) {
    case FormProblem::wrong_password:
      return tr(language, "The e-mail address or the password is not right.");
    case FormProblem::too_many_tries:
      return wait_text(wait, language);
    case FormProblem::busy:
      return tr(language, "Many people are signing in just now. Try again in a moment.");
    case FormProblem::login:
      return tr(language, "Enter an e-mail address.");
    case FormProblem::name:
      return tr(language, "Enter your name.");
    case FormProblem::calendar_name:
    case FormProblem::calendar_filters:
    case FormProblem::calendars_full:
      return calendar_problem_text(problem, language);
    case FormProblem::wrong_code:
      return tr(language, "This code is not right, or was used before. Wait for the next one.");
    case FormProblem::unclear:
      return tr(language, "Something in the form could not be taken. Look it through and send it again.");
    default:
      return password_problem_text(problem, language);
  }
}

std::string ago_text(std::chrono::seconds past, Language language) {
  using namespace std::chrono;
  if (past < minutes(1)) return tr(language, "just now");
  if (past < hours(1))
    return trn(language, "{n} minute ago", "{n} minutes ago", duration_cast<minutes>(past).count());
  if (past < days(2))
    return trn(language, "{n} hour ago", "{n} hours ago", duration_cast<hours>(past).count());
  return trn(language, "{n} day ago", "{n} days ago", duration_cast<days>(past).count());
}

std::string last_read_text(const PersonalCalendar& calendar, Instant now, Language language) {
  if (!calendar.last_read) return tr(language, "never read yet");
  const auto reader =
      calendar.last_reader.empty() ? tr(language, "an unnamed program") : calendar.last_reader;
  return tr(language, "{reader} read it {ago}",
            {{"reader", reader}, {"ago", ago_text(now - *calendar.last_read, language)}});
}

std::string scope_text(PersonalScope scope, Language language) {
  switch (scope) {
    case PersonalScope::responsible:
      return tr(language, "What I am responsible for");
    case PersonalScope::association:
      return tr(language, "Everything of my association");
    case PersonalScope::registrations:
      return tr(language, "What I take part in");
  }
  return {};
}

std::string role_text(AccountRole role, Language language) {
  switch (role) {
    case AccountRole::member:
      return tr(language, "member");
    case AccountRole::organiser:
      return tr(language, "organiser");
    case AccountRole::administrator:
      return tr(language, "administrator");
  }
  return {};
}

std::string filters_text(const std::string& query, Language language) {
  constexpr std::size_t most_fields = 100;
  const auto target = parse_target("/?" + query, most_fields);
  if (!target) return {};
  const auto parsed = calendar::parse_feed_query(target->query);
  if (!parsed) return {};
  std::vector<std::string> parts;
  for (const auto kind : parsed->kinds) parts.push_back(capitalise(calendar::kind_label(kind, language)));
  if (!parsed->text.empty()) parts.push_back("“" + parsed->text + "”");
  if (parsed->alarms) parts.push_back(tr(language, "with alarms"));
  return join(parts, " · ");
}

}  // namespace convoke::web
