// Whatever somebody writes as the text of a mail, and whatever stands in its places: the subject stays one
// line, the text is valid, nothing of a value is read as a mark or a place, and what the check lets pass has
// no braces left that are not of a value (threats E4, M1).
#include "base/text.hpp"
#include "notify/mail_places.hpp"
#include "notify/mail_template.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace convoke;
using namespace convoke::notify;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

std::string_view next(std::string_view& rest) {
  const auto end = rest.find('\xFE');
  const auto field = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  return field;
}

bool one_line(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const auto kind = static_cast<ReminderReason>(data[0] % reminder_reason_count);
  std::string_view rest(reinterpret_cast<const char*>(data + 1), size - 1);
  TemplateText text;
  text.subject = next(rest);
  text.body = next(rest);
  const std::string value(next(rest));
  MailValues values;
  for (const auto& place : places_of(kind)) {
    if (place.block) {
      values.set(place.name, std::vector<Block>{Facts{{{"label", "value"}}}});
    } else {
      values.set(place.name, value);
    }
  }
  const auto mail = fill_template(text, kind, values);
  require(one_line(mail.subject) && is_valid_utf8(mail.subject));
  const auto plain = render_text(mail.blocks), html = render_html(mail.blocks, Language::uk);
  require(is_valid_utf8(plain) && is_valid_utf8(html));

  const auto problems = check_template(text, kind);
  const bool sound = std::all_of(problems.begin(), problems.end(),
                                 [](const TemplateProblem& one) { return one.is_warning(); });
  if (sound && value.find_first_of("{}") == std::string::npos && is_valid_utf8(text.body))
    for (const auto& place : places_of(kind))
      require(plain.find("{" + std::string(place.name) + "}") == std::string::npos);
  return 0;
}
