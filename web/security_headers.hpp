// The headers that every reply carries without a handler asking for them: what a browser must not do with it,
// and who may keep it. A handler that sets one of them itself has the last word.
#pragma once

#include "web/http.hpp"

#include <string>

namespace convoke::web {

struct HeaderPolicy {
  bool strict_transport = false;  // base_url is https: browsers may never fall back to http
};

// Appends "Name: value\r\n" lines for those of the policy that `reply` does not set itself. HTML gets the
// content policy of a page; what is offered for download a sandbox; a reply that says nothing of caching is
// not cached.
void append_security_headers(std::string& head, const Reply& reply, const HeaderPolicy& policy);

}  // namespace convoke::web
