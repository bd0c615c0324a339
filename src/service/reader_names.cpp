// Which calendar app a User-Agent header means.
#include "base/text.hpp"
#include "service/personal_calendars.hpp"

#include <array>

namespace convoke::service {
namespace {

constexpr std::size_t longest_header = 1000, longest_word = 40;  // bytes, characters

struct Known {
  std::string_view part;  // in small letters
  std::string_view name;
};

// The first that fits: apps built on another's code name both, so the narrower stands first.
constexpr std::array known_readers = {
    Known{"google-calendar", "Google Calendar"},
    Known{"googlecalendar", "Google Calendar"},
    Known{"davx5", "DAVx5"},
    Known{"icsx5", "ICSx5"},
    Known{"nextcloud", "Nextcloud"},
    Known{"evolution", "Evolution"},
    Known{"yandex", "Yandex"},
    Known{"thunderbird", "Thunderbird"},
    Known{"outlook", "Outlook"},
    Known{"microsoft office", "Outlook"},
    Known{"microsoft.exchange", "Outlook"},
    Known{"exchange", "Outlook"},
    Known{"dataaccessd", "Apple Calendar"},
    Known{"calendaragent", "Apple Calendar"},
    Known{"accountsd", "Apple Calendar"},
    Known{"ical/", "Apple Calendar"},
    Known{"ios/", "Apple Calendar"},
    Known{"macos/", "Apple Calendar"},
    Known{"mac os x/", "Apple Calendar"},
    Known{"mac_os_x/", "Apple Calendar"},
};

}  // namespace

std::string reader_named_by(const std::string& user_agent) {
  const std::string text =
      collapse_spaces(strip_controls(to_valid_utf8(user_agent.substr(0, longest_header))));
  const std::string lower = to_lower(text);
  for (const auto& known : known_readers)
    if (lower.find(known.part) != std::string::npos) return std::string(known.name);
  std::string word = text.substr(0, text.find_first_of(" /"));
  return length(word) > longest_word ? ellipsize(word, longest_word) : word;
}

}  // namespace convoke::service
