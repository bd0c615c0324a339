#include "web/pages/assets.hpp"

#include "base/embedded.hpp"
#include "base/id.hpp"
#include "service/gzip.hpp"

#include <map>

namespace convoke::embedded {
std::span<const EmbeddedFile> web_assets();
}

namespace convoke::web {
namespace {

constexpr std::size_t digest_digits = 16;
constexpr std::string_view openapi_name = "openapi.json";

std::string_view type_of(std::string_view name) {
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return "application/octet-stream";
}

struct Made {
  std::string digest;
  std::string gzip;
};

// Made once: files of a program do not change while it runs.
const std::map<std::string, Made, std::less<>>& made() {
  static const auto all = [] {
    std::map<std::string, Made, std::less<>> out;
    for (const auto& file : embedded::web_assets()) {
      Made one{sha256_hex(file.bytes).substr(0, digest_digits), service::gzip(file.bytes)};
      if (one.gzip.size() >= file.bytes.size()) one.gzip.clear();
      out.emplace(file.name, std::move(one));
    }
    return out;
  }();
  return all;
}

std::string with_digest(std::string_view name, std::string_view digest) {
  const auto dot = name.rfind('.');
  return std::string(name.substr(0, dot)) + "." + std::string(digest) + std::string(name.substr(dot));
}

}  // namespace

std::string asset_address(std::string_view name) {
  return "/assets/" + with_digest(name, made().find(name)->second.digest);
}

std::optional<Asset> find_asset(std::string_view wanted) {
  for (const auto& [name, one] : made()) {
    if (name == openapi_name) continue;
    const bool by_digest = wanted == with_digest(name, one.digest);
    if (!by_digest && wanted != name) continue;
    return Asset{find_embedded(embedded::web_assets(), name), one.gzip, type_of(name), one.digest, by_digest};
  }
  return std::nullopt;
}

std::string_view openapi_document() {
  return find_embedded(embedded::web_assets(), openapi_name);
}

}  // namespace convoke::web
