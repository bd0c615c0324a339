#include "web/transport.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <sys/sendfile.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <span>
#include <utility>

namespace convoke::web {
namespace {

namespace asio = boost::asio;

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
// Ten thousand clients may sit in the middle of a header: what each holds is counted in these.
constexpr std::size_t first_space = 1024;
constexpr std::size_t least_space = 256;
constexpr std::size_t body_chunk = 64UL * 1024;
// As many as the kernel takes in one call (UIO_MAXIOV): a feed's body has a piece for each event.
constexpr std::size_t spans_at_once = 1024;

// A head alone needs no gathering, which is a little cheaper. `more`: a file follows at once, and begins in
// the packet in which these end.
ssize_t send_spans(int socket, std::span<iovec> spans, bool more) {
  const int flags = MSG_NOSIGNAL | MSG_DONTWAIT | (more ? MSG_MORE : 0);
  if (spans.size() == 1) return ::send(socket, spans[0].iov_base, spans[0].iov_len, flags);
  msghdr message{};
  message.msg_iov = spans.data();
  message.msg_iovlen = spans.size();
  return ::sendmsg(socket, &message, flags);
}

ssize_t send_file(int socket, const Outgoing::FilePart& part) {
  auto offset = static_cast<off_t>(part.offset);
  const auto sent = ::sendfile(socket, part.descriptor, &offset, part.size);
  if (sent == 0) errno = EIO;  // a file that is shorter than it was
  return sent == 0 ? -1 : sent;
}

ssize_t send_next(int socket, const Outgoing& outgoing) {
  std::array<iovec, spans_at_once> spans;
  const auto count = outgoing.fill(spans);
  const auto part = outgoing.file_part();
  if (count == 0) return send_file(socket, part);
  return send_spans(socket, std::span(spans.data(), count), part.size > 0);
}

}  // namespace

Transport::Transport(asio::ip::tcp::socket socket, std::shared_ptr<Task> task,
                     std::chrono::milliseconds shortest)
    : socket_(std::move(socket)),
      task_(std::move(task)),
      shortest_(shortest),
      timer_(socket_.get_executor()) {}

// The timer is never moved forward: it rings at the latest `shortest_` after it was armed, which is no later
// than any deadline set meanwhile, and is armed again if that has not come. So a phase costs one assignment,
// not a change of the timer queue.
void Transport::set_deadline(std::chrono::milliseconds span) {
  deadline_ = std::chrono::steady_clock::now() + std::max(span, shortest_);
  timed_out_ = false;
  if (!armed_) arm();
}

void Transport::arm() {
  armed_ = true;
  timer_.expires_at(std::min(deadline_, std::chrono::steady_clock::now() + shortest_));
  timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    if (const auto self = weak.lock(); self && !error) self->on_timer();
  });
}

void Transport::on_timer() {
  armed_ = false;
  if (!socket_.is_open()) return;
  if (std::chrono::steady_clock::now() < deadline_) return arm();
  timed_out_ = true;
  task_->cancel();
}

void Transport::consume(std::size_t bytes) {
  consumed_ += bytes;
  if (consumed_ < buffer_.size()) return;
  buffer_.clear();
  consumed_ = 0;
}

asio::awaitable<bool> Transport::receive() {
  const auto received = co_await start_receive();
  co_return finish_receive(received);
}

// Not a coroutine itself: the one it returns is the socket's.
asio::awaitable<Transport::Received> Transport::start_receive() {
  if (consumed_ > 0) buffer_.erase(0, std::exchange(consumed_, 0));
  held_ = buffer_.size();
  // All that was allocated is used before there is more of it.
  if (buffer_.capacity() < held_ + least_space) buffer_.reserve(std::max(first_space, 2 * held_));
  buffer_.resize(buffer_.capacity());
  return socket_.async_read_some(asio::buffer(buffer_.data() + held_, buffer_.size() - held_), quietly);
}

bool Transport::finish_receive(const Received& received) {
  const auto& [error, count] = received;
  buffer_.resize(held_ + count);
  return !error;
}

asio::awaitable<std::optional<std::string>> Transport::read_exactly(std::size_t length) {
  const auto ready = received().substr(0, length);
  std::string body(ready);
  consume(ready.size());
  while (body.size() < length) {
    const auto held = body.size();
    const auto chunk = std::min(length - held, body_chunk);
    body.resize(held + chunk);
    const auto space = asio::buffer(body.data() + held, chunk);
    const auto [error, count] = co_await socket_.async_read_some(space, quietly);
    body.resize(held + count);
    if (error) co_return std::nullopt;
  }
  co_return body;
}

Transport::Sent Transport::send_now(Outgoing& outgoing) {
  while (!outgoing.done()) {
    const auto sent = send_next(socket_.native_handle(), outgoing);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return errno == EAGAIN || errno == EWOULDBLOCK ? Sent::some : Sent::failed;
    outgoing.advance(static_cast<std::size_t>(sent));
  }
  return Sent::all;
}

asio::awaitable<bool> Transport::send(Outgoing outgoing) {
  for (;;) {
    const auto sent = send_now(outgoing);
    if (sent == Sent::failed || timed_out_) co_return false;
    if (sent == Sent::all) co_return true;
    const auto [error] = co_await socket_.async_wait(asio::ip::tcp::socket::wait_write, quietly);
    if (error) co_return false;
  }
}

asio::awaitable<void> Transport::linger(std::size_t limit) {
  boost::system::error_code error;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
  consumed_ = 0;
  buffer_.resize(std::max(buffer_.capacity(), first_space));
  std::size_t total = 0;
  while (!error && total < limit) {
    const auto space = asio::buffer(buffer_.data(), buffer_.size());
    const auto [failed, count] = co_await socket_.async_read_some(space, quietly);
    error = failed;
    total += count;
  }
}

void Transport::close() {
  boost::system::error_code ignored;
  timer_.cancel();
  socket_.close(ignored);
}

}  // namespace convoke::web
