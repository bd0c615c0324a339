// Whatever is given as an address: it is refused, or it has one form, which reads as itself, holds nothing
// that could begin another header, and leads to the public internet's two ports unless its name decides.
#include "base/outside_address.hpp"

#include <cstdint>
#include <cstdlib>

using namespace convoke;

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

void check(const OutsideAddress& address) {
  const auto text = to_text(address);
  for (const char c : text)
    expect(static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7f);
  expect(address.target.starts_with('/') && address.target.find('#') == std::string::npos);
  expect(address.host.find_first_of("@/\\%[]?#") == std::string::npos && !address.host.empty());
  const auto literal = parse_ip(address.host);
  expect(literal || address.host.find(':') == std::string::npos);
  if (const auto again = parse_outside_address(text))
    expect(*again == address);
  else
    expect(text.size() > longest_outside_address);  // escapes made it longer
  if (check_outside(address, {}))
    expect((address.port == 80 || address.port == 443) && (!literal || is_public(*literal)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto line = text.find('\n');
  const auto first = text.substr(0, line);
  const auto address = parse_outside_address(first);
  if (address) check(*address);
  const auto base = address ? *address : *parse_outside_address("https://library.example/a/b?c");
  if (const auto next = redirected(base, line == std::string_view::npos ? first : text.substr(line + 1))) {
    check(*next);
    expect(next->secure || !base.secure);
  }
  if (const auto exceptions = OutsideExceptions::parse(first); exceptions && address)
    (void)exceptions->contains(*address);
  return 0;
}
