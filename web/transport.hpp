// One client's socket: bytes in, bytes out, and a clock over both. A deadline is one absolute moment for a
// whole phase; when it passes, whatever is being awaited ends and timed_out() says why.
#pragma once

#include "web/outgoing.hpp"
#include "web/task_group.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

namespace convoke::web {

class Transport : public std::enable_shared_from_this<Transport> {
 public:
  // `task` is cancelled when a deadline passes. `shortest`: no deadline set later is nearer than this.
  Transport(boost::asio::ip::tcp::socket socket, std::shared_ptr<Task> task,
            std::chrono::milliseconds shortest);

  // From now on. Replaces the deadline before it; timed_out() is false again.
  void set_deadline(std::chrono::milliseconds span);
  bool timed_out() const { return timed_out_; }

  // What has been received and not been consumed.
  std::string_view received() const { return std::string_view(buffer_).substr(consumed_); }
  void consume(std::size_t bytes);
  // Waits for more bytes. False at the end of the stream, on an error or at the deadline.
  boost::asio::awaitable<bool> receive();
  // The same in two steps, for who counts coroutines: finish_receive() takes what start_receive() brought.
  using Received = std::tuple<boost::system::error_code, std::size_t>;
  boost::asio::awaitable<Received> start_receive();
  bool finish_receive(const Received& received);
  // Exactly `length` bytes, those received already first. Nothing when the client ends early or is too slow.
  // Memory grows with what arrives, not with what was announced.
  boost::asio::awaitable<std::optional<std::string>> read_exactly(std::size_t length);

  enum class Sent { all, some, failed };
  // What the socket takes at once, in gathered writes or from the file. Some: it is full.
  Sent send_now(Outgoing& outgoing);
  // All of it. False when the client is gone or too slow.
  boost::asio::awaitable<bool> send(Outgoing outgoing);

  // Ends the stream politely: tells the client, then reads and drops at most `limit` bytes until it has
  // closed too. Without that, bytes it is still sending would destroy the reply on its way (RFC 9112 9.6).
  boost::asio::awaitable<void> linger(std::size_t limit);
  void close();

 private:
  void arm();
  void on_timer();

  boost::asio::ip::tcp::socket socket_;
  std::shared_ptr<Task> task_;
  std::chrono::milliseconds shortest_;
  boost::asio::steady_timer timer_;
  std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::time_point::max();
  bool armed_ = false;
  bool timed_out_ = false;
  std::string buffer_;
  std::size_t held_ = 0;  // of buffer_ while more is being received into the rest
  std::size_t consumed_ = 0;
};

}  // namespace convoke::web
