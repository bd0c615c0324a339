// Every setting of Convoke in one table: name, default, whether it is a secret, how it is checked. A value
// comes from the command line, else the environment (CONVOKE_…), else the TOML file, else the default.
#pragma once

#include "base/result.hpp"

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::app {

struct Setting {
  std::string_view name;  // "base-url": --base-url, CONVOKE_BASE_URL, base_url = … in the file
  std::string_view default_value;
  bool secret = false;  // `config show` prints *** instead
  bool flag = false;    // takes no value on the command line; "true" or "false"
  std::string_view help;
  // An error that says what to write instead, or success.
  Result<bool> (*check)(std::string_view value) = nullptr;
};

// The whole table, in the order in which it is documented.
std::span<const Setting> settings();

// Options of single commands (--year, --json, …): from the command line only.
struct CommandOption {
  std::string_view name;
  bool flag;
  std::string_view help;
};
std::span<const CommandOption> command_options();

enum class Origin { default_value, file, environment, command_line };
std::string_view name_of(Origin origin);

class Options {
 public:
  // The value of a setting; every setting has one.
  const std::string& get(std::string_view name) const;
  bool on(std::string_view name) const { return get(name) == "true"; }
  Origin origin(std::string_view name) const;
  // The value of a command's option, if it was given.
  std::optional<std::string> given(std::string_view name) const;
  bool has(std::string_view name) const { return given(name).has_value(); }
  // What stood on the command line beside options: the command's words and its arguments.
  const std::vector<std::string>& words() const { return words_; }

 private:
  friend Result<Options> load_options(std::span<const std::string>,
                                      const std::function<std::optional<std::string>(std::string)>&,
                                      const std::function<Result<std::string>(std::string)>&);
  struct Value {
    std::string text;
    Origin origin = Origin::default_value;
  };
  std::map<std::string, Value, std::less<>> values_;
  std::map<std::string, std::string, std::less<>> given_;
  std::vector<std::string> words_;
};

// Errors: invalid_input naming the option, where it came from and what it takes.
Result<Options> load_options(std::span<const std::string> arguments,
                             const std::function<std::optional<std::string>(std::string)>& environment,
                             const std::function<Result<std::string>(std::string)>& read_file);

// "base-url" -> "CONVOKE_BASE_URL"
std::string environment_name(std::string_view setting);

}  // namespace convoke::app
