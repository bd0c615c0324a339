// The command line: one table of commands, each a function from options to an exit code.
#pragma once

#include "app/options.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace convoke {
class Clock;
}
namespace convoke::db {
class Store;
}

namespace convoke::app {

// Exit codes that scripts may rely on.
inline constexpr int exit_ok = 0;
inline constexpr int exit_failed = 1;  // something went wrong that another try may cure
inline constexpr int exit_input = 2;   // the input or an option is wrong; the line says what to do
inline constexpr int exit_in_use = 3;  // another server uses the database

struct Command {
  std::string_view words;      // "token add"
  std::string_view arguments;  // "NAME [--scope read|write]"
  std::string_view help;
  int (*run)(const Options& options, std::span<const std::string> arguments);
};

std::span<const Command> commands();

// Finds the command in `arguments`, loads its options and runs it; prints errors to standard error.
int run_command(const std::vector<std::string>& arguments);

// Prints "convoke: <message>" to standard error and gives the exit code for the error.
int report(const Error& error);

// What most commands need. The clock stands still at --now, if given.
Result<std::unique_ptr<Clock>> clock_of(const Options& options);
// How a command uses the database. `reading` never creates one: a mistyped path must not become an empty
// database.
enum class Use { serving, writing, reading };
Result<std::unique_ptr<db::Store>> open_store(const Options& options, Use use);
Result<std::string> read_file(const std::string& path);

// One function a command; app/commands_*.cpp.
int run_serve(const Options& options, std::span<const std::string> arguments);
int run_import(const Options& options, std::span<const std::string> arguments);
int run_period(const Options& options, std::span<const std::string> arguments);
int run_feed(const Options& options, std::span<const std::string> arguments);
int run_reminders_preview(const Options& options, std::span<const std::string> arguments);
int run_reminders_replan(const Options& options, std::span<const std::string> arguments);
int run_event_fix(const Options& options, std::span<const std::string> arguments);
int run_event_cancel(const Options& options, std::span<const std::string> arguments);
int run_people_import(const Options& options, std::span<const std::string> arguments);
int run_people_list(const Options& options, std::span<const std::string> arguments);
int run_mail_receive(const Options& options, std::span<const std::string> arguments);
int run_user_add(const Options& options, std::span<const std::string> arguments);
int run_user_password(const Options& options, std::span<const std::string> arguments);
int run_user_change(const Options& options, std::span<const std::string> arguments);
int run_user_close(const Options& options, std::span<const std::string> arguments);
int run_user_open(const Options& options, std::span<const std::string> arguments);
int run_user_list(const Options& options, std::span<const std::string> arguments);
int run_token_add(const Options& options, std::span<const std::string> arguments);
int run_token_list(const Options& options, std::span<const std::string> arguments);
int run_token_revoke(const Options& options, std::span<const std::string> arguments);
int run_migrate(const Options& options, std::span<const std::string> arguments);
int run_backup(const Options& options, std::span<const std::string> arguments);
int run_restore(const Options& options, std::span<const std::string> arguments);
int run_check(const Options& options, std::span<const std::string> arguments);
int run_config_show(const Options& options, std::span<const std::string> arguments);
int run_routes(const Options& options, std::span<const std::string> arguments);

}  // namespace convoke::app
