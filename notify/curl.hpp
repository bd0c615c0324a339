// libcurl's handles as values that free themselves. For source files alone: no header of ours shows libcurl.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <new>
#include <stdexcept>
#include <string>

namespace convoke::notify {

struct CurlCleanup {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using CurlHandle = std::unique_ptr<CURL, CurlCleanup>;
using CurlLines = std::unique_ptr<curl_slist, CurlCleanup>;

// Throws std::bad_alloc; the lines stay as they were then.
inline void add_line(CurlLines& lines, const std::string& line) {
  auto* longer = curl_slist_append(lines.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  (void)lines.release();
  lines.reset(longer);
}

// Throws std::runtime_error when this libcurl knows no such option.
template<class Value>
void set_option(CURL* curl, CURLoption option, Value value) {
  if (curl_easy_setopt(curl, option, value) != CURLE_OK)
    throw std::runtime_error("libcurl knows no option " + std::to_string(option));
}

}  // namespace convoke::notify
