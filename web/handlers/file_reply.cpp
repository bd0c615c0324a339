#include "web/handlers/file_reply.hpp"

#include "base/text.hpp"

#include <utility>

namespace convoke::web {
namespace {

// attr-char of RFC 8187 3.2.1.
bool is_plain(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return letter || std::string_view("!#$&+-.^_`|~").find(c) != std::string_view::npos;
}

// What every reader takes between quotes; the rest is an underscore.
std::string plain_name(std::string_view name) {
  std::string plain;
  bool inside = false;  // of a character of several bytes
  for (const char c : name) {
    const bool ascii = static_cast<unsigned char>(c) < 0x80;
    if (!ascii && inside) continue;
    inside = !ascii;
    plain += is_plain(c) || c == ' ' ? c : '_';
  }
  return plain;
}

}  // namespace

std::string attachment_of(std::string_view name) {
  const auto sound = to_valid_utf8(name);
  std::string value = "attachment; filename=\"" + plain_name(sound) + "\"; filename*=UTF-8''";
  constexpr std::string_view digits = "0123456789ABCDEF";
  for (const char c : sound) {
    if (is_plain(c)) {
      value += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    value += '%';
    value += digits[byte >> 4U];
    value += digits[byte & 15U];
  }
  return value;
}

Reply file_reply(service::PaperFile file) {
  auto reply = Reply::text(200, std::move(file.bytes), media_type_of(file.kind));
  reply.set("Content-Disposition", attachment_of(file.name));
  reply.set("X-Content-Type-Options", "nosniff");
  reply.set("Content-Security-Policy", "sandbox; default-src 'none'");
  reply.set("Cache-Control", "no-store");
  reply.set("X-Robots-Tag", "noindex");
  return reply;
}

}  // namespace convoke::web
