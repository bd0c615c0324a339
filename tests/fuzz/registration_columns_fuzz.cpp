// Forms, consents and answers as the database holds them: anything else is refused, and what is read is
// written back so that it reads the same.
#include "db/sqlite/registration_columns.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace convoke;
using namespace convoke::db::sqlite;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto fields = parse_fields_json(text)) {
    const auto again = parse_fields_json(fields_json(*fields));
    if (!again || *again != *fields) std::abort();
  }
  if (const auto consent = parse_consent_json(text)) {
    const auto again = parse_consent_json(consent_json(*consent));
    if (!again || *again != *consent) std::abort();
  }
  if (const auto answers = parse_answers_json(text)) {
    const auto again = parse_answers_json(answers_json(*answers));
    if (!again || *again != *answers) std::abort();
  }
  return 0;
}
