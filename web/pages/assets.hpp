// Files that pages need beside their HTML: style sheets, a script and the icon. Their address holds a digest
// of their bytes, so that a browser may keep them for ever and still see a new version at once.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace convoke::web {

struct Asset {
  std::string_view bytes;
  std::string_view gzip;  // empty where that is no shorter
  std::string_view content_type;
  std::string digest;      // 16 hexadecimal digits
  bool immutable = false;  // asked for by its digest
};

// "/assets/convoke.0123456789abcdef.css" for "convoke.css".
std::string asset_address(std::string_view name);

// For the last segment of an address, with or without the digest; nothing when the file or that version of it
// is unknown.
std::optional<Asset> find_asset(std::string_view name);

// A document that describes the API: "openapi.json".
std::string_view openapi_document();

}  // namespace convoke::web
