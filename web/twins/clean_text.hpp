// Text and identities as JSON and XML documents may carry them.
#pragma once

#include <string>
#include <string_view>

namespace convoke::web {

// What XML 1.0 has characters for: no control character but tab and line feed, no U+FFFE and U+FFFF; broken
// UTF-8 (a lone surrogate, too) becomes U+FFFD.
std::string clean_text(std::string_view text);

// "urn:uuid:…" (RFC 9562): the UID of an event when it is a UUID, else one derived from it, the same for
// ever.
std::string uuid_urn(std::string_view identity);

}  // namespace convoke::web
