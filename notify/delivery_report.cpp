#include "notify/delivery_report.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <optional>

namespace convoke::notify {
namespace {

struct Field {
  std::string name, value;  // the name in lower case; both empty: a blank line
};

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// Folded lines are one field.
std::vector<Field> fields_of(std::string_view text) {
  std::vector<Field> fields;
  while (!text.empty()) {
    const auto end = text.find('\n');
    auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const bool folded = line.starts_with(' ') || line.starts_with('\t');
    if (trim(line).empty()) {
      fields.push_back({});
    } else if (folded && !fields.empty() && !fields.back().name.empty()) {
      fields.back().value += " " + std::string(trim(line));
    } else if (const auto colon = line.find(':'); !folded && colon != std::string_view::npos && colon > 0) {
      fields.push_back({lower_ascii(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1)))});
    }
  }
  return fields;
}

// "5.1.1", also of "5.1.1 (bad destination mailbox address)".
std::string status_of(std::string_view value) {
  const auto word = value.substr(0, value.find_first_of(" \t("));
  const bool plain =
      std::all_of(word.begin(), word.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
  constexpr std::size_t longest = 11;  // three numbers of at most three digits
  const bool classed = word.size() >= 5 && word.size() <= longest && word[1] == '.' &&
                       (word[0] == '2' || word[0] == '4' || word[0] == '5');
  return plain && classed ? std::string(word) : std::string{};
}

DeliveryStatus::Action action_of(std::string_view value) {
  const std::string word = lower_ascii(value.substr(0, value.find_first_of(" \t(")));
  if (word == "failed") return DeliveryStatus::Action::failed;
  return word == "delayed" ? DeliveryStatus::Action::delayed : DeliveryStatus::Action::other;
}

// "smtp; 550 …" without its type.
std::string after_type(const std::string& value) {
  const auto semicolon = value.find(';');
  return std::string(trim(semicolon == std::string::npos ? value : value.substr(semicolon + 1)));
}

}  // namespace

std::vector<DeliveryStatus> read_delivery_status(std::string_view text, std::size_t most) {
  std::vector<DeliveryStatus> found;
  DeliveryStatus group;
  bool begun = false;
  const auto finish = [&] {
    if (begun && found.size() < most) found.push_back(std::move(group));
    group = DeliveryStatus();
    begun = false;
  };
  for (const auto& [name, value] : fields_of(text)) {
    if (name.empty()) {
      finish();
    } else if (name == "final-recipient" || name == "original-recipient" || name == "action") {
      begun = true;
      if (name == "action") group.action = action_of(value);
    } else if (name == "status" || name == "diagnostic-code") {
      begun = true;
      if (name == "status") {
        group.status = status_of(value);
      } else {
        group.why = after_type(value);
      }
    }
  }
  finish();
  return found;
}

std::string message_id_in(std::string_view headers) {
  for (const auto& [name, value] : fields_of(headers)) {
    if (name.empty()) break;
    if (name != "message-id") continue;
    std::string_view id = value;
    if (id.starts_with('<')) id.remove_prefix(1);
    return std::string(id.substr(0, id.find('>')));
  }
  return {};
}

}  // namespace convoke::notify
