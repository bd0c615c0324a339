#include "app/session.hpp"

#include "app/holidays.hpp"
#include "base/outside_address.hpp"

#include <memory>
#include <stdexcept>
#include <utility>

namespace convoke::app {
namespace {

// "plans.example.org" of "Об'єднання <plans@plans.example.org>".
std::string domain_of(const std::string& mailbox) {
  const auto at = mailbox.rfind('@');
  if (at == std::string::npos) return "convoke.invalid";
  return mailbox.substr(at + 1, mailbox.find('>', at) - at - 1);
}

}  // namespace

service::Settings service_settings(const Options& options) {
  service::Settings settings;
  settings.default_zone = options.get("timezone");
  settings.require_totp = options.on("require-totp");
  settings.mail_domain = domain_of(options.get("mail-from"));
  auto days_off = load_days_off(options.get("holidays"));
  // Checked with the other options; the folder can only have changed since.
  if (!days_off) throw std::runtime_error(days_off.error().message);
  settings.days_off = std::move(*days_off);
  auto hooks_allow = OutsideExceptions::parse(options.get("hooks-allow"));
  if (!hooks_allow) throw std::runtime_error(hooks_allow.error().message);
  settings.hooks_allow = std::make_shared<const OutsideExceptions>(std::move(*hooks_allow));
  const auto listen = listen_address(options);
  settings.base_url =
      options.get("base-url").empty() ? http_address(listen.address, listen.port) : options.get("base-url");
  return settings;
}

ListenAddress listen_address(const Options& options) {
  const std::string& text = options.get("listen");
  const auto colon = text.rfind(':');
  ListenAddress listen{text.substr(0, colon), static_cast<std::uint16_t>(std::stoul(text.substr(colon + 1)))};
  if (listen.address.starts_with('[') && listen.address.ends_with(']'))
    listen.address = listen.address.substr(1, listen.address.size() - 2);
  return listen;
}

std::string http_address(const std::string& address, std::uint16_t port) {
  std::string host = address;
  if (address == "0.0.0.0") host = "127.0.0.1";
  if (address == "::") host = "::1";
  if (host.find(':') != std::string::npos) host = "[" + host + "]";
  return "http://" + host + ":" + std::to_string(port);
}

}  // namespace convoke::app
