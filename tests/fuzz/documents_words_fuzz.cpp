// Any valid text as the cell of the responsible, as a title, a number, a year, an agenda.
#include "base/text.hpp"
#include "documents/agenda.hpp"
#include "documents/characters.hpp"
#include "documents/kinds.hpp"
#include "documents/plan_year.hpp"
#include "documents/responsible.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace convoke;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = to_valid_utf8(std::string_view(reinterpret_cast<const char*>(data), size));
  for (const auto& person : documents::read_responsible(text).people) {
    if (person.name.empty() && person.post.empty() && person.organisation.empty()) std::abort();
    if (!is_valid_utf8(person.name + person.post + person.organisation)) std::abort();
  }
  documents::kind_of(text, text, Period{});
  documents::split_agenda(text);
  documents::find_year(text);
  documents::find_stamp_date(text);
  documents::language_of(text);
  documents::read_list_mark(text);
  return 0;
}
