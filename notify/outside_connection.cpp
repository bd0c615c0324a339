#include "notify/outside_connection.hpp"

#include "notify/curl.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <optional>
#include <stdexcept>
#include <utility>

namespace convoke::notify {
namespace {

std::optional<IpAddress> ip_of(const sockaddr* address) {
  IpAddress ip;
  if (address->sa_family == AF_INET) {
    std::memcpy(ip.bytes.data(), &reinterpret_cast<const sockaddr_in*>(address)->sin_addr, 4);
    return ip;
  }
  if (address->sa_family != AF_INET6) return std::nullopt;
  ip.v6 = true;
  std::memcpy(ip.bytes.data(), &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr, 16);
  return ip;
}

// The last door: whatever libcurl made of the address, it connects to nothing that was not judged.
curl_socket_t open_socket(void* data, curlsocktype, curl_sockaddr* address) {
  const auto& judged = *static_cast<const std::vector<IpAddress>*>(data);
  const auto ip = ip_of(&address->addr);
  if (!ip || std::find(judged.begin(), judged.end(), *ip) == judged.end()) return CURL_SOCKET_BAD;
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

int close_socket(void*, curl_socket_t socket) {
  return ::close(socket);
}

}  // namespace

Result<std::vector<IpAddress>> judged_addresses(const OutsideAddress& address,
                                                const OutsideExceptions& exceptions, const Resolve& resolve,
                                                std::chrono::milliseconds left) {
  if (auto allowed = check_outside(address, exceptions); !allowed) return allowed.error();
  std::vector<IpAddress> found;
  if (const auto literal = parse_ip(address.host))
    found.push_back(*literal);
  else
    found = resolve(address.host, left);
  if (found.empty()) return Error{Errc::not_found, "there is no server with this name"};
  if (!exceptions.contains(address) && !std::all_of(found.begin(), found.end(), is_public))
    return Error{Errc::forbidden, "the name leads to an address that is not one of the public internet"};
  return found;
}

OutsideConnection::OutsideConnection(OutsideAddress address, std::vector<IpAddress> judged)
    : address_(std::move(address)), judged_(std::move(judged)) {}

OutsideConnection::~OutsideConnection() {
  curl_slist_free_all(static_cast<curl_slist*>(resolved_));
}

void OutsideConnection::guard(void* curl, std::chrono::milliseconds left) {
  set_option(curl, CURLOPT_URL, to_text(address_).c_str());
  set_option(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  set_option(curl, CURLOPT_FOLLOWLOCATION, 0L);
  set_option(curl, CURLOPT_PROXY, "");  // whatever the environment says: a proxy would resolve names again
  set_option(curl, CURLOPT_NOSIGNAL, 1L);
  set_option(curl, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set_option(curl, CURLOPT_SSL_VERIFYPEER, 1L);
  set_option(curl, CURLOPT_SSL_VERIFYHOST, 2L);
  set_option(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set_option(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(left.count()));
  set_option(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(left.count()));
  set_option(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  set_option(curl, CURLOPT_OPENSOCKETDATA, static_cast<void*>(&judged_));
  set_option(curl, CURLOPT_CLOSESOCKETFUNCTION, close_socket);
  if (parse_ip(address_.host)) return;
  std::string line = address_.host + ":" + std::to_string(address_.port) + ":";
  for (const auto& ip : judged_) {
    if (&ip != &judged_.front()) line += ',';
    line += ip.v6 ? "[" + to_text(ip) + "]" : to_text(ip);
  }
  auto* longer = curl_slist_append(static_cast<curl_slist*>(resolved_), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  resolved_ = longer;
  set_option(curl, CURLOPT_RESOLVE, longer);
}

void initialise_outside() {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  if (!ready) throw std::runtime_error("libcurl cannot be initialised");
}

}  // namespace convoke::notify
