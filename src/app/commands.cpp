#include "app/commands.hpp"

#include "base/clock.hpp"
#include "base/date.hpp"
#include "base/log.hpp"
#include "db/sqlite/open.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>

namespace convoke::app {
namespace {

int run_version(const Options&, std::span<const std::string>) {
  std::cout << "convoke " CONVOKE_VERSION "\n";
  return exit_ok;
}

constexpr std::array all_commands = {
    Command{"serve", "", "serves pages, feeds and the API, and sends reminders", run_serve},
    Command{"import", "FILE [--year Y | --academic-year Y] [--timezone Z] [--dry-run] [--json]",
            "reads a plan (txt, csv, docx, odt, xlsx) or events (ics)", run_import},
    Command{"period", "[--year Y | --academic-year Y] [--lang L] TEXT | --batch",
            "reads a period as the importer would", run_period},
    Command{"feed", "[--filter QUERY]", "prints the feed that the server would serve", run_feed},
    Command{"reminders preview", "--from DATE --to DATE [--json]",
            "who gets what, when and why; sends nothing", run_reminders_preview},
    Command{"reminders replan", "", "plans all reminders anew: after an upgrade or with new holidays",
            run_reminders_replan},
    Command{"event fix", "ID --date DATE [--time HH:MM] [--end-time HH:MM] [--place TEXT]",
            "names the day of an event", run_event_fix},
    Command{"event cancel", "ID", "cancels an event", run_event_cancel},
    Command{"people import", "FILE.csv", "names, addresses and posts of people; headings in any order",
            run_people_import},
    Command{"people list", "", "the directory, with who cannot be reached", run_people_list},
    Command{"mail receive", "[--maildir PATH]",
            "takes a mail from standard input, or all new ones of a Maildir: answers of calendar programs, "
            "bounces",
            run_mail_receive},
    Command{"user add",
            "LOGIN --name NAME [--role member|organiser|administrator] [--organisation O] [--person P] "
            "[--approves yes|no] [--password-stdin]",
            "makes an account; without --password-stdin it makes a password up and prints it once",
            run_user_add},
    Command{"user password", "LOGIN [--password-stdin]",
            "sets another password and ends every session; makes one up as user add does", run_user_password},
    Command{"user change",
            "LOGIN [--name NAME] [--role R] [--organisation O] [--person P] [--approves yes|no]",
            "changes an account; another role ends its sessions", run_user_change},
    Command{"user close", "LOGIN", "nobody signs in or reads its calendars any more", run_user_close},
    Command{"user open", "LOGIN", "opens a closed account again", run_user_open},
    Command{"user list", "", "the accounts there are", run_user_list},
    Command{"token add", "NAME [--scope read|write]", "makes a key to the API and prints it once",
            run_token_add},
    Command{"token list", "", "the keys there are", run_token_list},
    Command{"token revoke", "ID", "makes a key useless", run_token_revoke},
    Command{"migrate", "", "brings the database to this version's schema", run_migrate},
    Command{"backup", "FILE", "copies the live database", run_backup},
    Command{"restore", "FILE", "puts a backup in place of the database", run_restore},
    Command{"check", "", "looks for damage in the database", run_check},
    Command{"config show", "", "every setting, its value and where it comes from", run_config_show},
    Command{"routes", "", "every address the server knows", run_routes},
    Command{"version", "", "the version", run_version},
};

void print_help(std::ostream& out) {
  out << "usage: convoke COMMAND [OPTION...]\n\ncommands\n";
  for (const auto& command : all_commands) {
    out << "  " << command.words << (command.arguments.empty() ? "" : " ") << command.arguments << "\n      "
        << command.help << "\n";
  }
  out << "\nsettings (command line, else environment, else the file of --config)\n";
  for (const auto& setting : settings()) {
    out << "  --" << setting.name << " / " << environment_name(setting.name) << "\n      " << setting.help;
    if (!setting.default_value.empty()) out << " (default " << setting.default_value << ")";
    out << "\n";
  }
  out << "\noptions of commands\n";
  for (const auto& option : command_options())
    out << "  --" << option.name << "\n      " << option.help << "\n";
}

// The command that `words` begin with, and how many words it has.
const Command* find_command(const std::vector<std::string>& words, std::size_t& used) {
  for (const auto& command : all_commands) {
    const auto space = command.words.find(' ');
    used = space == std::string_view::npos ? 1 : 2;
    if (words.size() < used || words[0] != command.words.substr(0, space)) continue;
    if (used == 1 || words[1] == command.words.substr(space + 1)) return &command;
  }
  return nullptr;
}

std::optional<std::string> from_environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value ? std::optional<std::string>(value) : std::nullopt;
}

log::Level level_of(std::string_view name) {
  if (name == "debug") return log::Level::debug;
  if (name == "warning") return log::Level::warning;
  if (name == "error") return log::Level::error;
  return log::Level::info;
}

}  // namespace

std::span<const Command> commands() {
  return all_commands;
}

int report(const Error& error) {
  std::cerr << "convoke: " << error.message << "\n";
  switch (error.code) {
    case Errc::storage_unavailable:
    case Errc::delivery_failed:
    case Errc::internal:
      return exit_failed;
    default:
      return exit_input;
  }
}

int run_command(const std::vector<std::string>& arguments) {
  const auto options = load_options(arguments, from_environment, read_file);
  if (!options) return report(options.error());
  if (options->words().empty() || options->words().front() == "help" || options->has("help")) {
    const bool asked = options->has("help") || !options->words().empty();
    print_help(asked ? std::cout : std::cerr);
    return asked ? exit_ok : exit_input;
  }
  std::size_t used = 0;
  const auto* command = find_command(options->words(), used);
  if (!command)
    return report(
        {Errc::invalid_input, "there is no command '" + options->words().front() + "'; see convoke help"});
  log::set_level(command->run == run_serve ? level_of(options->get("log-level")) : log::Level::warning);
  return command->run(*options, std::span(options->words()).subspan(used));
}

Result<std::unique_ptr<Clock>> clock_of(const Options& options) {
  if (const auto now = options.given("now")) {
    const auto at = parse_iso_instant(*now);
    if (!at) return Error{Errc::invalid_input, "--now: " + at.error().message};
    return std::unique_ptr<Clock>(std::make_unique<FixedClock>(*at));
  }
  return std::unique_ptr<Clock>(
      std::make_unique<SystemClock>(std::chrono::seconds{std::stoll(options.get("clock-offset"))}));
}

Result<std::unique_ptr<db::Store>> open_store(const Options& options, Use use) {
  db::sqlite::Options sqlite;
  sqlite.path = options.get("database").substr(std::string_view("sqlite:").size());
  sqlite.role = use == Use::serving ? db::sqlite::Role::server : db::sqlite::Role::command;
  sqlite.create = use != Use::reading;
  return db::sqlite::open(sqlite);
}

Result<std::string> read_file(const std::string& path) {
  constexpr std::size_t largest_file = 101u << 20;  // a reader names its own, lower limit
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{Errc::invalid_input, "the file " + path + " cannot be read"};
  std::string bytes(largest_file, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  if (bytes.size() == largest_file)
    return Error{Errc::limit_exceeded, "the file " + path + " is larger than 100 MB"};
  return bytes;
}

}  // namespace convoke::app
