// Commands about accounts. A password never stands on the command line, where others of this machine could
// read it.
#include "app/commands.hpp"
#include "app/session.hpp"
#include "base/id.hpp"
#include "service/accounts.hpp"

#include <iostream>

namespace convoke::app {
namespace {

constexpr std::size_t made_up_bytes = 15;  // 20 characters, 120 bits

struct Password {
  std::string text;
  bool made_up = false;
};

// The first line of standard input as it is, or one made up.
Result<Password> password_of(const Options& options) {
  Password password;
  password.made_up = !options.has("password-stdin");
  if (password.made_up) {
    password.text = random_token(made_up_bytes);
  } else {
    std::getline(std::cin, password.text);
    if (password.text.empty())
      return Error{Errc::invalid_input, "there is no password on standard input; give it as the first line"};
  }
  return password;
}

Result<std::optional<AccountRole>> role_of(const Options& options) {
  const auto text = options.given("role");
  if (!text) return std::optional<AccountRole>();
  const auto role = account_role_of(*text);
  if (!role) return Error{Errc::invalid_input, "--role takes member, organiser or administrator"};
  return role;
}

Result<std::optional<bool>> approves(const Options& options) {
  const auto text = options.given("approves");
  if (!text) return std::optional<bool>();
  if (*text != "yes" && *text != "no") return Error{Errc::invalid_input, "--approves takes yes or no"};
  return std::optional<bool>(*text == "yes");
}

Error which_account(std::string_view command) {
  return {Errc::invalid_input,
          "name the account by its login: convoke " + std::string(command) + " olena@example.org"};
}

int change(const Options& options, const std::string& login, const service::AccountChange& wanted) {
  return with_session(options, Use::reading, [&](service::Context& context, const service::Actor& actor) {
    const auto changed = service::change_account(context, actor, login, wanted).wait();
    return changed ? exit_ok : report(changed.error());
  });
}

int set_closed(const Options& options, std::span<const std::string> arguments, bool closed) {
  if (arguments.size() != 1) return report(which_account(closed ? "user close" : "user open"));
  service::AccountChange wanted;
  wanted.closed = closed;
  return change(options, arguments[0], wanted);
}

}  // namespace

int run_user_add(const Options& options, std::span<const std::string> arguments) {
  if (arguments.size() != 1) return report(which_account("user add"));
  const auto role = role_of(options);
  if (!role) return report(role.error());
  const auto director = approves(options);
  if (!director) return report(director.error());
  const auto password = password_of(options);
  if (!password) return report(password.error());
  return with_session(options, Use::writing, [&](service::Context& context, const service::Actor& actor) {
    service::NewAccount account;
    account.login = arguments[0];
    account.name = options.given("name").value_or("");
    account.password = password->text;
    account.role = role->value_or(AccountRole::member);
    account.may_approve = director->value_or(false);
    account.organisation = options.given("organisation").value_or("");
    account.person = options.given("person").value_or("");
    const auto added = service::add_account(context, actor, account).wait();
    if (!added) return report(added.error());
    if (password->made_up) std::cout << password->text << "\n";
    return exit_ok;
  });
}

int run_user_password(const Options& options, std::span<const std::string> arguments) {
  if (arguments.size() != 1) return report(which_account("user password"));
  const auto password = password_of(options);
  if (!password) return report(password.error());
  return with_session(options, Use::reading, [&](service::Context& context, const service::Actor& actor) {
    const auto set = service::set_password(context, actor, arguments[0], password->text).wait();
    if (!set) return report(set.error());
    if (password->made_up) std::cout << password->text << "\n";
    return exit_ok;
  });
}

int run_user_change(const Options& options, std::span<const std::string> arguments) {
  if (arguments.size() != 1) return report(which_account("user change"));
  const auto role = role_of(options);
  if (!role) return report(role.error());
  service::AccountChange wanted;
  const auto director = approves(options);
  if (!director) return report(director.error());
  wanted.role = *role;
  wanted.may_approve = *director;
  wanted.name = options.given("name");
  wanted.organisation = options.given("organisation");
  wanted.person = options.given("person");
  return change(options, arguments[0], wanted);
}

int run_user_close(const Options& options, std::span<const std::string> arguments) {
  return set_closed(options, arguments, true);
}

int run_user_open(const Options& options, std::span<const std::string> arguments) {
  return set_closed(options, arguments, false);
}

int run_user_list(const Options& options, std::span<const std::string>) {
  return with_session(options, Use::reading, [](service::Context& context, const service::Actor&) {
    const auto accounts = service::list_accounts(context).wait();
    if (!accounts) return report(accounts.error());
    for (const auto& account : *accounts)
      std::cout << account.id.value << "\t" << account.login << "\t" << account.name << "\t"
                << name_of(account.role) << (account.may_approve ? " approves" : "") << "\t"
                << (account.closed ? "closed" : "open") << "\n";
    return exit_ok;
  });
}

}  // namespace convoke::app
