#include "service/fetch.hpp"

#include "base/log.hpp"
#include "base/resolve.hpp"
#include "base/text.hpp"
#include "notify/curl.hpp"
#include "notify/outside_connection.hpp"

#include <algorithm>
#include <atomic>
#include <cctype>
#include <stdexcept>

namespace convoke::service {
namespace {

using SteadyClock = std::chrono::steady_clock;
constexpr std::size_t longest_validator = 500;
constexpr std::size_t longest_heads = 64 * 1024;  // of one answer

// What comes in over one connection.
struct Hop {
  std::size_t largest = 0;
  std::string body;
  std::size_t heads = 0;
  std::string etag, last_modified, location;
  bool too_large = false;
  const std::atomic<bool>* interrupted = nullptr;
};

std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* data) {
  auto& hop = *static_cast<Hop*>(data);
  if (hop.body.size() + size * count > hop.largest) {
    hop.too_large = true;
    return 0;
  }
  hop.body.append(bytes, size * count);
  return size * count;
}

void take_header(std::string_view line, std::string_view name, std::string& into) {
  if (line.size() <= name.size() || line[name.size()] != ':') return;
  const bool same = std::equal(name.begin(), name.end(), line.begin(), [](char a, char b) {
    return a == static_cast<char>(std::tolower(static_cast<unsigned char>(b)));
  });
  if (same) into = trim(line.substr(name.size() + 1));
}

std::size_t take_head(char* bytes, std::size_t size, std::size_t count, void* data) {
  auto& hop = *static_cast<Hop*>(data);
  hop.heads += size * count;
  if (hop.heads > longest_heads) {
    hop.too_large = true;
    return 0;
  }
  const std::string_view line(bytes, size * count);
  // The head of an interim answer (1xx) says nothing about the one that follows.
  if (line.starts_with("HTTP/")) hop.etag = hop.last_modified = hop.location = "";
  take_header(line, "etag", hop.etag);
  take_header(line, "last-modified", hop.last_modified);
  take_header(line, "location", hop.location);
  return size * count;
}

// Called many times a second; not zero ends the transfer. `received` counts packed bytes.
int watch(void* data, curl_off_t, curl_off_t received, curl_off_t, curl_off_t) {
  auto& hop = *static_cast<Hop*>(data);
  hop.too_large = hop.too_large || received > static_cast<curl_off_t>(hop.largest);
  return hop.too_large || hop.interrupted->load() ? 1 : 0;
}

// What may be sent back in a header of ours.
std::string fit_validator(const std::string& text) {
  const bool fit = text.size() <= longest_validator &&
                   std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
  return fit ? text : std::string();
}

bool looks_like_a_page(std::string_view body) {
  if (body.starts_with("\xef\xbb\xbf")) body.remove_prefix(3);
  return trim(body.substr(0, 256)).starts_with('<');
}

FetchAnswer failed_transfer(CURLcode code, const Hop& hop, std::size_t largest) {
  if (hop.too_large || code == CURLE_FILESIZE_EXCEEDED)
    return FetchAnswer::failed(SourceTrouble::large,
                               "it is larger than " + std::to_string(largest) + " bytes");
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
      return FetchAnswer::failed(SourceTrouble::slow, "it did not answer in time");
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_ISSUER_ERROR:
      return FetchAnswer::failed(SourceTrouble::certificate, std::string("TLS: ") + curl_easy_strerror(code));
    default:
      return FetchAnswer::failed(SourceTrouble::unreachable, curl_easy_strerror(code));
  }
}

class WebFetcher final : public Fetcher {
 public:
  explicit WebFetcher(FetchSettings settings) : settings_(std::move(settings)) {
    notify::initialise_outside();
    if (!settings_.resolve)
      settings_.resolve = [this](const std::string& host, std::chrono::milliseconds deadline) {
        return resolve_host(host, deadline, interrupted_);
      };
  }

  FetchAnswer fetch(const FetchRequest& request) override {
    try {
      auto answer = follow(request);
      answer.interrupted = interrupted_ && answer.trouble != SourceTrouble::none;
      return answer;
    } catch (const std::exception& error) {
      log::error("source.fetch", {{"what", error.what()}});
      return FetchAnswer::failed(SourceTrouble::unreachable, "it could not be read; the fault is ours");
    }
  }

  void interrupt() override { interrupted_ = true; }

 private:
  FetchAnswer follow(const FetchRequest& request);
  FetchAnswer refuse(const Error& error) const {
    return FetchAnswer::failed(SourceTrouble::address, error.message);
  }
  CURLcode transfer(notify::OutsideConnection& connection, const FetchRequest& request, Hop& hop,
                    std::chrono::milliseconds left, long& status) const;

  FetchSettings settings_;
  std::atomic<bool> interrupted_{false};
};

CURLcode WebFetcher::transfer(notify::OutsideConnection& connection, const FetchRequest& request, Hop& hop,
                              std::chrono::milliseconds left, long& status) const {
  const notify::CurlHandle curl(curl_easy_init());
  if (!curl) throw std::runtime_error("libcurl gives no handle");
  connection.guard(curl.get(), left);
  notify::set_option(curl.get(), CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(settings_.largest));
  notify::set_option(curl.get(), CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
  notify::set_option(curl.get(), CURLOPT_USERAGENT, settings_.agent.c_str());
  notify::set_option(curl.get(), CURLOPT_WRITEFUNCTION, take_body);
  notify::set_option(curl.get(), CURLOPT_WRITEDATA, &hop);
  notify::set_option(curl.get(), CURLOPT_HEADERFUNCTION, take_head);
  notify::set_option(curl.get(), CURLOPT_HEADERDATA, &hop);
  notify::set_option(curl.get(), CURLOPT_NOPROGRESS, 0L);
  notify::set_option(curl.get(), CURLOPT_XFERINFOFUNCTION, watch);
  notify::set_option(curl.get(), CURLOPT_XFERINFODATA, &hop);

  notify::CurlLines headers;
  notify::add_line(headers, "Accept: text/calendar, */*;q=0.5");
  if (!request.etag.empty()) notify::add_line(headers, "If-None-Match: " + request.etag);
  if (!request.last_modified.empty())
    notify::add_line(headers, "If-Modified-Since: " + request.last_modified);
  notify::set_option(curl.get(), CURLOPT_HTTPHEADER, headers.get());
  const auto code = curl_easy_perform(curl.get());
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  return code;
}

FetchAnswer WebFetcher::follow(const FetchRequest& request) {
  const auto end = SteadyClock::now() + settings_.deadline;
  FetchRequest asked = request;
  asked.etag = fit_validator(request.etag);
  asked.last_modified = fit_validator(request.last_modified);
  auto address = parse_outside_address(request.url);
  for (int redirects = 0;; ++redirects) {
    if (!address) return refuse(address.error());
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - SteadyClock::now());
    if (left.count() <= 0 || interrupted_)
      return FetchAnswer::failed(SourceTrouble::slow, "it did not answer in time");
    const auto judged = notify::judged_addresses(*address, settings_.exceptions, settings_.resolve, left);
    if (!judged && judged.error().code == Errc::not_found)
      return FetchAnswer::failed(SourceTrouble::unreachable, judged.error().message);
    if (!judged) return refuse(judged.error());
    const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(end - SteadyClock::now());
    Hop hop;
    hop.largest = settings_.largest;
    hop.interrupted = &interrupted_;
    long status = 0;
    notify::OutsideConnection connection(*address, *judged);
    const auto code = transfer(connection, asked, hop, std::max(rest, std::chrono::milliseconds{1}), status);
    if (code != CURLE_OK) return failed_transfer(code, hop, settings_.largest);
    const bool moved = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    if (moved && !hop.location.empty()) {
      if (redirects == settings_.redirects)
        return FetchAnswer::failed(SourceTrouble::redirects, "it sends on too often");
      auto next = redirected(*address, hop.location);
      if (!next) return FetchAnswer::failed(SourceTrouble::redirects, "it sends on: " + next.error().message);
      address = std::move(next);
      continue;
    }
    FetchAnswer answer;
    answer.not_modified = status == 304 && !(asked.etag.empty() && asked.last_modified.empty());
    if (!answer.not_modified && status != 200)
      return FetchAnswer::failed(SourceTrouble::status,
                                 "it answers with the status " + std::to_string(status));
    if (!answer.not_modified && looks_like_a_page(hop.body))
      return FetchAnswer::failed(SourceTrouble::web_page, "it answers with a web page, not with a calendar");
    answer.body = std::move(hop.body);
    answer.etag = fit_validator(hop.etag);
    answer.last_modified = fit_validator(hop.last_modified);
    return answer;
  }
}

}  // namespace

FetchAnswer FetchAnswer::failed(SourceTrouble trouble, std::string problem) {
  FetchAnswer answer;
  answer.trouble = trouble;
  answer.problem = std::move(problem);
  return answer;
}

std::unique_ptr<Fetcher> make_web_fetcher(FetchSettings settings) {
  return std::make_unique<WebFetcher>(std::move(settings));
}

}  // namespace convoke::service
