#include "app/options.hpp"

#include "app/holidays.hpp"
#include "base/outside_address.hpp"
#include "base/time_zone.hpp"
#include "notify/mime.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace convoke::app {
namespace {

Result<bool> is_number(std::string_view value) {
  long long number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || end != value.data() + value.size())
    return Error{Errc::invalid_input, "takes a whole number"};
  return true;
}

Result<bool> is_within(std::string_view value, long long least, long long most) {
  const auto number = is_number(value);
  if (!number) return number.error();
  long long read = 0;
  std::from_chars(value.data(), value.data() + value.size(), read);
  if (read >= least && read <= most) return true;
  return Error{Errc::invalid_input,
               "takes a number from " + std::to_string(least) + " to " + std::to_string(most)};
}

Result<bool> is_connection_count(std::string_view value) {
  return is_within(value, 1, 32);
}

Result<bool> is_rate(std::string_view value) {
  return is_within(value, 0, 1'000'000);
}

Result<bool> is_flag(std::string_view value) {
  if (value != "true" && value != "false") return Error{Errc::invalid_input, "takes true or false"};
  return true;
}

Result<bool> is_listen_address(std::string_view value) {
  const auto colon = value.rfind(':');
  if (colon == std::string_view::npos || colon == 0)
    return Error{Errc::invalid_input, "takes ADDRESS:PORT, for example 127.0.0.1:8080"};
  const auto address = value.substr(0, colon);
  if (address.find(':') != std::string_view::npos && !(address.starts_with('[') && address.ends_with(']')))
    return Error{Errc::invalid_input, "takes an IPv6 address in brackets, for example [::1]:8080"};
  const auto port = value.substr(colon + 1);
  unsigned number = 0;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (error != std::errc{} || end != port.data() + port.size() || number > 65535)
    return Error{Errc::invalid_input, "takes ADDRESS:PORT with a port from 0 to 65535"};
  return true;
}

Result<bool> is_base_url(std::string_view value) {
  if (value.empty()) return true;  // follows the listening address
  if ((!value.starts_with("http://") && !value.starts_with("https://")) || value.ends_with('/') ||
      value.find_first_of(" \r\n\t\"<>") != std::string_view::npos)
    return Error{Errc::invalid_input,
                 "takes an address like https://plans.example.org, without a slash at the end"};
  return true;
}

Result<bool> is_database(std::string_view value) {
  if (value.starts_with("postgresql://"))
    return Error{Errc::invalid_input, "PostgreSQL is not supported yet; use sqlite:PATH"};
  if (!value.starts_with("sqlite:") || value.size() == 7)
    return Error{Errc::invalid_input, "takes sqlite:PATH"};
  return true;
}

Result<bool> is_mail(std::string_view value) {
  for (const std::string_view scheme : {"smtp://", "smtps://", "maildir:"})
    if (value.starts_with(scheme) && value.size() > scheme.size()) return true;
  return Error{Errc::invalid_input,
               "takes smtp://HOST:PORT, smtps://USER:PASSWORD@HOST:PORT or maildir:PATH"};
}

Result<bool> is_mailbox(std::string_view value) {
  if (value.empty()) return true;
  if (auto mailbox = notify::parse_mailbox(value); !mailbox) return mailbox.error();
  return true;
}

Result<bool> is_zone(std::string_view value) {
  if (auto zone = check_zone(value); !zone) return zone.error();
  return true;
}

Result<bool> is_holiday_folder(std::string_view value) {
  if (auto days = load_days_off(std::string(value)); !days) return days.error();
  return true;
}

Result<bool> is_exception_list(std::string_view value) {
  if (auto list = OutsideExceptions::parse(value); !list) return list.error();
  return true;
}

Result<bool> is_log_level(std::string_view value) {
  for (const std::string_view level : {"debug", "info", "warning", "error"})
    if (value == level) return true;
  return Error{Errc::invalid_input, "takes debug, info, warning or error"};
}

constexpr std::array all_settings = {
    Setting{"config", "", false, false, "a TOML file with any of the settings below", nullptr},
    Setting{"database", "sqlite:var/convoke.db", false, false, "where everything is kept: sqlite:PATH",
            is_database},
    Setting{"listen", "127.0.0.1:8080", false, false, "ADDRESS:PORT to serve on; port 0 picks a free one",
            is_listen_address},
    Setting{"base-url", "", false, false,
            "what links in mails, pages and feeds begin with; default: http://ADDRESS:PORT", is_base_url},
    Setting{"allowed-hosts", "", false, false, "further names the server answers to, by comma", nullptr},
    Setting{"trusted-proxy", "", false, false,
            "address of the reverse proxy whose X-Forwarded-For is believed", nullptr},
    Setting{"sources-allow", "", false, false,
            "HOST:PORT, by comma, from which neighbours' calendars may be read although they lie inside",
            is_exception_list},
    Setting{"hooks-allow", "", false, false,
            "HOST:PORT, by comma, to which webhooks may be posted although they lie inside",
            is_exception_list},
    Setting{"mail", "maildir:var/mail", true, false,
            "smtp://[USER:PASSWORD@]HOST:PORT, smtps://… or maildir:PATH", is_mail},
    Setting{"mail-from", "convoke@localhost", false, false, "the sender of mails", is_mailbox},
    Setting{"mail-reply-to", "", false, false, "whom answers to mails go to: who keeps the plan", is_mailbox},
    Setting{"mail-connections", "2", false, false, "connections to the relay at once, 1 to 32",
            is_connection_count},
    Setting{"mail-rate", "0", false, false, "mails a minute at most; 0: as many as the relay takes", is_rate},
    Setting{"mail-organizer", "", false, false,
            "whom calendar programs answer: the mailbox of mail receive; default: the sender of mails",
            is_mailbox},
    Setting{"require-totp", "false", false, true,
            "administrators sign in with a second factor, or only to set one up", is_flag},
    Setting{"timezone", "Europe/Kyiv", false, false, "IANA zone of plans that name no other", is_zone},
    Setting{"holidays", "", false, false,
            "a folder of files YYYY.tsv with public holidays, over those the program has", is_holiday_folder},
    Setting{"clock-offset", "0", false, false,
            "seconds added to the machine's clock by serve; for rehearsals", is_number},
    Setting{"connections", "10000", false, false, "connections at once", is_number},
    Setting{"connections-per-address", "100", false, false, "connections at once from one address",
            is_number},
    Setting{"threads", "1", false, false, "server threads", is_number},
    Setting{"log-level", "info", false, false, "debug, info, warning or error", is_log_level},
    Setting{"demo", "false", false, true, "serve: fill an empty database with a sample association", is_flag},
};

constexpr std::array all_command_options = {
    CommandOption{"year", false, "the plan is for this calendar year"},
    CommandOption{"academic-year", false, "the plan is for the academic year that begins in this year"},
    CommandOption{"dry-run", true, "read, store nothing"},
    CommandOption{"json", true, "print the result as JSON"},
    CommandOption{"maildir", false, "a folder of mails in place of standard input"},
    CommandOption{"batch", true, "read a table from standard input"},
    CommandOption{"lang", false, "uk, be, ru or en"},
    CommandOption{"filter", false, "what a feed shows, as in its address: kind=meeting&lang=uk"},
    CommandOption{"from", false, "first day, YYYY-MM-DD"},
    CommandOption{"to", false, "last day, YYYY-MM-DD"},
    CommandOption{"date", false, "the day, YYYY-MM-DD"},
    CommandOption{"time", false, "the time of day, HH:MM"},
    CommandOption{"end-time", false, "when it ends, HH:MM"},
    CommandOption{"place", false, "where"},
    CommandOption{"scope", false, "of a token: read or write"},
    CommandOption{"name", false, "what the holder of an account is called"},
    CommandOption{"role", false, "of an account: member, organiser or administrator"},
    CommandOption{"approves", false, "whether an account approves plans, as a director does: yes or no"},
    CommandOption{"organisation", false, "the association of an account, by name or number"},
    CommandOption{"person", false, "whose work an account sees as its own, by name or number"},
    CommandOption{"password-stdin", true, "read the password from the first line of standard input"},
    CommandOption{"now", false, "an instant in place of the clock, 2024-11-14T08:00:00Z"},
    CommandOption{"help", true, "what there is"},
};

template<class Table>
const auto* find_in(const Table& table, std::string_view name) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const auto& entry) { return entry.name == name; });
  return found == table.end() ? nullptr : &*found;
}

// One option as it stands on the command line: --name=value, --name value, or --name for a flag.
struct Argument {
  std::string name;
  std::string value;
};

Result<std::vector<Argument>> split_arguments(std::span<const std::string> arguments,
                                              std::vector<std::string>& words) {
  std::vector<Argument> found;
  bool only_words = false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& text = arguments[i];
    if (text == "--" && !only_words) {
      only_words = true;
      continue;
    }
    if (only_words || !text.starts_with("--")) {
      words.push_back(text);
      continue;
    }
    const auto equals = text.find('=');
    Argument argument{text.substr(2, equals == std::string::npos ? equals : equals - 2), ""};
    const auto* setting = find_in(all_settings, argument.name);
    const auto* option = find_in(all_command_options, argument.name);
    if (!setting && !option)
      return Error{Errc::invalid_input, "there is no option --" + argument.name + "; see convoke help"};
    const bool flag = setting ? setting->flag : option->flag;
    if (equals != std::string::npos)
      argument.value = text.substr(equals + 1);
    else if (flag)
      argument.value = "true";
    else if (++i < arguments.size())
      argument.value = arguments[i];
    else
      return Error{Errc::invalid_input, "--" + argument.name + " needs a value"};
    found.push_back(std::move(argument));
  }
  return found;
}

// The settings of a TOML file: top-level keys, underscores for hyphens.
Result<std::map<std::string, std::string>> parse_file(const std::string& text) {
  std::map<std::string, std::string> values;
  try {
    const toml::table table = toml::parse(text);
    for (const auto& [key, node] : table) {
      std::string name(key.str());
      std::replace(name.begin(), name.end(), '_', '-');
      if (!find_in(all_settings, name) || name == "config")
        return Error{Errc::invalid_input,
                     "the configuration file has an unknown key '" + std::string(key.str()) + "'"};
      if (const auto string = node.value_exact<std::string>())
        values[name] = *string;
      else if (const auto number = node.value_exact<std::int64_t>())
        values[name] = std::to_string(*number);
      else if (const auto flag = node.value_exact<bool>())
        values[name] = *flag ? "true" : "false";
      else
        return Error{Errc::invalid_input,
                     "'" + std::string(key.str()) +
                         "' in the configuration file must be a text, a number or true/false"};
    }
  } catch (const toml::parse_error& error) {
    return Error{Errc::invalid_input, "the configuration file, line " +
                                          std::to_string(error.source().begin.line) + ": " +
                                          std::string(error.description())};
  }
  return values;
}

}  // namespace

std::span<const Setting> settings() {
  return all_settings;
}
std::span<const CommandOption> command_options() {
  return all_command_options;
}

std::string_view name_of(Origin origin) {
  switch (origin) {
    case Origin::default_value:
      return "default";
    case Origin::file:
      return "file";
    case Origin::environment:
      return "environment";
    case Origin::command_line:
      return "command line";
  }
  return "default";
}

std::string environment_name(std::string_view setting) {
  std::string name = "CONVOKE_";
  for (const char c : setting)
    name += c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return name;
}

const std::string& Options::get(std::string_view name) const {
  return values_.find(name)->second.text;
}
Origin Options::origin(std::string_view name) const {
  return values_.find(name)->second.origin;
}

std::optional<std::string> Options::given(std::string_view name) const {
  const auto found = given_.find(name);
  return found == given_.end() ? std::nullopt : std::optional(found->second);
}

Result<Options> load_options(std::span<const std::string> arguments,
                             const std::function<std::optional<std::string>(std::string)>& environment,
                             const std::function<Result<std::string>(std::string)>& read_file) {
  Options options;
  auto on_line = split_arguments(arguments, options.words_);
  if (!on_line) return on_line.error();
  for (const auto& setting : all_settings) {
    auto& value = options.values_[std::string(setting.name)];
    value.text = setting.default_value;
    if (auto found = environment(environment_name(setting.name)))
      value = {std::move(*found), Origin::environment};
  }
  for (auto& argument : *on_line) {
    if (find_in(all_settings, argument.name))
      options.values_[argument.name] = {argument.value, Origin::command_line};
    else
      options.given_[argument.name] = argument.value;
  }
  if (const std::string file = options.get("config"); !file.empty()) {
    auto text = read_file(file);
    if (!text) return text.error();
    auto values = parse_file(*text);
    if (!values) return values.error();
    for (auto& [name, text_value] : *values) {
      auto& value = options.values_[name];
      if (value.origin == Origin::default_value) value = {std::move(text_value), Origin::file};
    }
  }
  for (const auto& setting : all_settings) {
    const auto& value = options.values_.find(setting.name)->second;
    if (!setting.check) continue;
    if (const auto checked = setting.check(value.text); !checked)
      return Error{Errc::invalid_input, "--" + std::string(setting.name) + " (from the " +
                                            std::string(name_of(value.origin)) + ") " +
                                            checked.error().message};
  }
  return options;
}

}  // namespace convoke::app
