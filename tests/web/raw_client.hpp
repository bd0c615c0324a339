// A client that says exactly the bytes it is told to say, and reads replies as strictly as a proxy would.
// Blocking; a time limit far above any deadline under test turns a hang into a failure.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::web {

struct RawReply {
  unsigned status = 0;
  std::multimap<std::string, std::string> headers;  // names in lower case
  std::string head, body;

  std::string header(const std::string& lower_case_name) const;
};

// All replies that `bytes` holds, by Content-Length; `rest` is what is left over.
// `head_only`: the replies are to HEAD requests.
std::vector<RawReply> parse_replies(std::string_view bytes, std::string& rest, bool head_only = false);

class RawClient {
 public:
  // To this machine, by IPv4 unless `over_ipv6`.
  explicit RawClient(std::uint16_t port, int receive_buffer = 0, bool over_ipv6 = false);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  // False when the server has closed; never raises SIGPIPE.
  bool send(std::string_view bytes);
  void finish_sending();  // half-close
  // One whole reply, or nothing when the connection ended first.
  std::optional<RawReply> read_reply(bool head_only = false);
  // Everything until the server ends the connection. `timed_out` when it did not.
  std::string read_to_end(bool* timed_out = nullptr);
  // One read of at most `size` bytes; empty at the end.
  std::string read_some(std::size_t size);
  // Waits at most `span` for the server to send or close.
  bool has_news(std::chrono::milliseconds span);
  // Closes with a reset, as a vanishing client does.
  void vanish();
  bool is_connected() const { return socket_ >= 0; }

 private:
  int socket_ = -1;
  std::string received_;
};

// "GET <target>" with a Host that the test server answers for, and more header lines.
std::string get(std::string_view target, std::string_view more = "");
std::string post(std::string_view target, std::string_view body, std::string_view more = "");

}  // namespace convoke::web
