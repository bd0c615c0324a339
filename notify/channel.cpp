#include "notify/channel.hpp"

#include "notify/maildir_channel.hpp"
#include "notify/smtp_channel.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace convoke::notify {
namespace {

constexpr std::string_view maildir_scheme = "maildir:";
constexpr int smtp_port = 25, submission_port = 587, smtps_port = 465;

Error bad(std::string why) {
  return {Errc::invalid_input,
          "mail address: " + std::move(why) + " (smtp://[user:pass@]host:port, smtps://… or maildir:PATH)"};
}

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, FreeUrl>;

// A part, percent-decoded; empty when the URL has none, nullopt when it cannot be decoded.
std::optional<std::string> part(const Url& url, CURLUPart which) {
  char* text = nullptr;
  const auto code = curl_url_get(url.get(), which, &text, CURLU_URLDECODE);
  if (code == CURLUE_URLDECODE) return std::nullopt;
  if (code != CURLUE_OK) return std::string{};
  std::string copy(text);
  curl_free(text);
  return copy;
}

bool has_controls(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
}

bool is_this_machine(std::string_view host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

Result<MailAddress::Tls> tls_of(std::string_view query, std::string_view host) {
  using Tls = MailAddress::Tls;
  if (query.empty()) return is_this_machine(host) ? Tls::when_offered : Tls::required;
  if (query == "tls=never") return Tls::never;
  if (query == "tls=try") return Tls::when_offered;
  if (query == "tls=require") return Tls::required;
  return bad("the only setting after '?' is tls=never, tls=try or tls=require");
}

Result<MailAddress> parse_relay(const std::string& text) {
  Url url(curl_url());
  // DEFAULT_PORT off and a scheme required: curl would guess "smtp" from a host that begins with it.
  if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) return bad("not a URL");
  const auto scheme = part(url, CURLUPART_SCHEME);
  const auto user = part(url, CURLUPART_USER), password = part(url, CURLUPART_PASSWORD);
  const auto path = part(url, CURLUPART_PATH), query = part(url, CURLUPART_QUERY);
  auto host = part(url, CURLUPART_HOST);
  if (!scheme || !user || !password || !path || !query || !host) return bad("a %-sequence is broken");
  if (*scheme != "smtp" && *scheme != "smtps") return bad("unknown kind");
  if (has_controls(*user) || has_controls(*password)) return bad("a control character in user or password");
  if (!path->empty() && *path != "/") return bad("nothing may follow the host but ?tls=…");
  if (host->size() > 2 && host->front() == '[') host = host->substr(1, host->size() - 2);
  if (host->empty() || has_controls(*host)) return bad("no host");

  MailAddress address;
  address.kind = *scheme == "smtps" ? MailAddress::Kind::smtps : MailAddress::Kind::smtp;
  const auto tls = tls_of(*query, *host);
  if (!tls) return tls.error();
  if (address.kind == MailAddress::Kind::smtps && !query->empty()) return bad("smtps:// takes no ?tls=");
  address.tls = *tls;
  address.host = *host;
  address.user = *user;
  address.password = *password;
  address.port = address.kind == MailAddress::Kind::smtps ? smtps_port
                 : user->empty()                          ? smtp_port
                                                          : submission_port;
  const auto port = part(url, CURLUPART_PORT);
  if (port && !port->empty()) std::from_chars(port->data(), port->data() + port->size(), address.port);
  return address;
}

}  // namespace

Result<MailAddress> parse_mail_url(std::string_view mail_url) {
  if (has_controls(mail_url)) return bad("it has a control character");
  if (mail_url.starts_with(maildir_scheme)) {
    MailAddress address;
    address.kind = MailAddress::Kind::maildir;
    address.path = mail_url.substr(maildir_scheme.size());
    if (address.path.empty()) return bad("maildir: needs a folder");
    return address;
  }
  if (mail_url.find("://") == std::string_view::npos) return bad("unknown kind");
  return parse_relay(std::string(mail_url));
}

Result<std::unique_ptr<Channel>> open_channel(std::string_view mail_url) {
  auto address = parse_mail_url(mail_url);
  if (!address) return address.error();
  if (address->kind == MailAddress::Kind::maildir) return maildir_channel(address->path);
  return smtp_channel(std::move(*address));
}

}  // namespace convoke::notify
