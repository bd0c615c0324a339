// Any bytes as what strangers say of themselves: a login and a password typed, the User-Agent and the address
// of their program. Nothing breaks, and what is kept of them is short and clean.
#include "base/text.hpp"
#include "service/accounts.hpp"
#include "service/passwords.hpp"
#include "service/personal_calendars.hpp"
#include "service/sign_in_tries.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace convoke;

void require(bool holds) {
  if (!holds) std::abort();
}

bool is_clean(const std::string& text) {
  return is_valid_utf8(text) && strip_controls(text) == text && text.find('\n') == std::string::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (const auto login = service::check_login(text)) {
    require(is_clean(*login) && login->find('@') != std::string::npos);
    const auto again = service::check_login(*login);
    require(again.has_value() && *again == *login);
  }
  const auto reader = service::reader_named_by(text);
  require(is_clean(reader) && length(reader) <= 40);
  if (service::check_password(text, "olena@library.example", "Олена Верба"))
    require(text.size() >= service::shortest_password && text.size() <= service::longest_password);
  for (const auto& counted : service::counted_for(text, text, "")) require(!counted.key.empty());
  return 0;
}
