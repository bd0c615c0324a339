#include "tests/web/raw_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <stdexcept>
#include <utility>

namespace convoke::web {
namespace {

constexpr int limit_seconds = 20;

std::optional<RawReply> take_reply(std::string& bytes, bool head_only) {
  const auto end = bytes.find("\r\n\r\n");
  if (end == std::string::npos) return std::nullopt;
  RawReply reply;
  reply.head = bytes.substr(0, end + 4);
  if (reply.head.compare(0, 9, "HTTP/1.1 ") != 0) throw std::runtime_error("no status line: " + reply.head);
  std::from_chars(reply.head.data() + 9, reply.head.data() + 12, reply.status);
  for (auto at = reply.head.find("\r\n") + 2; at < end;) {
    const auto line_end = reply.head.find("\r\n", at);
    const auto colon = reply.head.find(": ", at);
    if (colon == std::string::npos || colon > line_end) throw std::runtime_error("no header: " + reply.head);
    auto name = reply.head.substr(at, colon - at);
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    reply.headers.emplace(name, reply.head.substr(colon + 2, line_end - colon - 2));
    at = line_end + 2;
  }
  std::size_t length = 0;
  const bool bodiless = head_only || reply.status < 200 || reply.status == 204 || reply.status == 304;
  if (!bodiless) length = std::stoul(reply.header("content-length"));
  if (bytes.size() < end + 4 + length) return std::nullopt;
  reply.body = bytes.substr(end + 4, length);
  bytes.erase(0, end + 4 + length);
  return reply;
}

}  // namespace

std::string RawReply::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string() : found->second;
}

std::vector<RawReply> parse_replies(std::string_view bytes, std::string& rest, bool head_only) {
  std::vector<RawReply> replies;
  rest = bytes;
  while (auto reply = take_reply(rest, head_only)) replies.push_back(std::move(*reply));
  return replies;
}

RawClient::RawClient(std::uint16_t port, int receive_buffer, bool over_ipv6) {
  socket_ = ::socket(over_ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (receive_buffer > 0)
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  timeval limit{};
  limit.tv_sec = limit_seconds;
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr_in6 address6{};
  address6.sin6_family = AF_INET6;
  address6.sin6_port = htons(port);
  address6.sin6_addr = in6addr_loopback;
  const int failed = over_ipv6 ? ::connect(socket_, reinterpret_cast<sockaddr*>(&address6), sizeof address6)
                               : ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address);
  if (failed != 0) {
    ::close(socket_);
    socket_ = -1;
  }
}

RawClient::~RawClient() {
  if (socket_ >= 0) ::close(socket_);
}

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

void RawClient::finish_sending() {
  ::shutdown(socket_, SHUT_WR);
}

std::string RawClient::read_some(std::size_t size) {
  std::string chunk(size, '\0');
  const auto count = ::recv(socket_, chunk.data(), size, 0);
  if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) throw std::runtime_error("the server hangs");
  chunk.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  return chunk;
}

std::optional<RawReply> RawClient::read_reply(bool head_only) {
  for (;;) {
    if (auto reply = take_reply(received_, head_only)) return reply;
    const auto chunk = read_some(256UL * 1024);
    if (chunk.empty()) return std::nullopt;
    received_ += chunk;
  }
}

std::string RawClient::read_to_end(bool* timed_out) {
  if (timed_out != nullptr) *timed_out = false;
  for (;;) {
    std::string chunk;
    try {
      chunk = read_some(256UL * 1024);
    } catch (const std::runtime_error&) {
      if (timed_out != nullptr) *timed_out = true;
    }
    if (chunk.empty()) return std::exchange(received_, {});
    received_ += chunk;
  }
}

bool RawClient::has_news(std::chrono::milliseconds span) {
  pollfd waiting{};
  waiting.fd = socket_;
  waiting.events = POLLIN;
  return ::poll(&waiting, 1, static_cast<int>(span.count())) > 0;
}

void RawClient::vanish() {
  const linger reset{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  ::close(socket_);
  socket_ = -1;
}

std::string get(std::string_view target, std::string_view more) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(more) + "\r\n";
}

std::string post(std::string_view target, std::string_view body, std::string_view more) {
  return "POST " + std::string(target) +
         " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         std::string(more) + "\r\n" + std::string(body);
}

}  // namespace convoke::web
