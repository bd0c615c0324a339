// Commands that look after the database and the settings.
#include "app/commands.hpp"
#include "app/session.hpp"
#include "base/date.hpp"
#include "db/store.hpp"
#include "service/tokens.hpp"

#include <charconv>
#include <iostream>

namespace convoke::app {
int run_token_add(const Options& options, std::span<const std::string> arguments) {
  if (arguments.size() != 1)
    return report(
        {Errc::invalid_input, "say what the token is for: convoke token add NAME [--scope read|write]"});
  return with_session(options, Use::writing, [&](service::Context& context, const service::Actor&) {
    const auto issued =
        service::add_token(context, arguments[0], options.given("scope").value_or("write")).wait();
    if (!issued) return report(issued.error());
    std::cout << issued->token << "\n";
    return exit_ok;
  });
}

int run_token_list(const Options& options, std::span<const std::string>) {
  return with_session(options, Use::reading, [](service::Context& context, const service::Actor&) {
    const auto rows = service::list_tokens(context).wait();
    if (!rows) return report(rows.error());
    for (const auto& row : *rows)
      std::cout << row.id << "\t" << row.name << "\t" << row.scope << "\t" << format_iso(row.created) << "\t"
                << (row.revoked     ? "revoked"
                    : row.last_used ? "used " + format_iso(*row.last_used)
                                    : "never used")
                << "\n";
    return exit_ok;
  });
}

int run_token_revoke(const Options& options, std::span<const std::string> arguments) {
  std::int64_t id = 0;
  if (arguments.size() != 1 ||
      std::from_chars(arguments[0].data(), arguments[0].data() + arguments[0].size(), id).ec != std::errc{})
    return report({Errc::invalid_input, "name the token's number: convoke token revoke ID"});
  return with_session(options, Use::reading, [&](service::Context& context, const service::Actor&) {
    const auto revoked = service::revoke_token(context, id).wait();
    return revoked ? exit_ok : report(revoked.error());
  });
}

int run_migrate(const Options& options, std::span<const std::string>) {
  const auto store = open_store(options, Use::writing);  // opening migrates
  if (!store) return report(store.error());
  std::cout << "the database is up to date\n";
  return exit_ok;
}

int run_backup(const Options& options, std::span<const std::string> arguments) {
  if (arguments.size() != 1)
    return report({Errc::invalid_input, "name the file to write: convoke backup FILE"});
  const auto store = open_store(options, Use::reading);
  if (!store) return report(store.error());
  const auto copied = (*store)->backup(arguments[0]).wait();
  return copied ? exit_ok : report(copied.error());
}

int run_check(const Options& options, std::span<const std::string>) {
  const auto store = open_store(options, Use::reading);
  if (!store) return report(store.error());
  const auto problems = (*store)->check().wait();
  if (!problems) return report(problems.error());
  if (problems->empty()) {
    std::cout << "no damage found\n";
    return exit_ok;
  }
  std::cerr << *problems;
  return exit_failed;
}

int run_config_show(const Options& options, std::span<const std::string>) {
  for (const auto& setting : settings()) {
    const auto& value = options.get(setting.name);
    const bool hidden = setting.secret && value.find('@') != std::string::npos;
    std::cout << setting.name << " = " << (hidden ? "***" : value) << "  ("
              << name_of(options.origin(setting.name)) << ")\n";
  }
  return exit_ok;
}

}  // namespace convoke::app
