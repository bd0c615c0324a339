// Any bytes as the body of a request to the API: no crash, an error that can be shown, and from what is
// accepted no text that a page, a calendar or a log could not hold.
#include "base/text.hpp"
#include "web/handlers/json_input.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace convoke;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_error(const Error& error) {
  require(error.code == Errc::invalid_input && !error.message.empty());
}

void check_line(const std::string& text) {
  require(is_valid_utf8(text) && text.find('\n') == std::string::npos && collapse_spaces(text) == text);
}

void check_change(const service::EventChange& change) {
  for (const auto& line : {change.title, change.place, change.period})
    if (line) check_line(*line);
  for (const auto& text : {change.note, change.description, change.online_url})
    if (text) require(is_valid_utf8(*text));
  require(!change.expected_sequence || *change.expected_sequence >= 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  if (const auto change = web::read_event_change(body))
    check_change(*change);
  else
    check_error(change.error());
  if (const auto event = web::read_new_event(body)) {
    require(!event->title.empty() && is_valid_utf8(event->zone));
    check_line(event->title);
    check_change(event->details);
  } else {
    check_error(event.error());
  }
  if (const auto person = web::read_person(body)) {
    require(!person->name.empty() && is_valid_utf8(person->email));
    check_line(person->name);
    check_line(person->post);
  } else {
    check_error(person.error());
  }
  return 0;
}
