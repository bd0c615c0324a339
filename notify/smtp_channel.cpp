#include "notify/smtp_channel.hpp"

#include "notify/curl.hpp"
#include "notify/recipients.hpp"
#include "notify/smtp_dialogue.hpp"

#include <poll.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <optional>
#include <stdexcept>
#include <utility>

namespace convoke::notify {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

// How a session is opened, as told by the dialogue that libcurl shows: greeting, EHLO, STARTTLS, AUTH.
struct Opening {
  ReplyReader replies;
  std::string reply;     // the last one
  SmtpOffers offers;     // of the last EHLO
  bool greeted = false;  // a command was sent: the banner is behind it
  bool ehlo = false;     // the last command was one
  bool answered = true;  // false from a command until the whole reply to it
  bool too_slow = false;
  SteadyTime since = std::chrono::steady_clock::now();
  const SmtpTimeouts* timeouts = nullptr;
  const std::atomic<bool>* interrupted = nullptr;

  // Until the banner, connecting is counted in.
  std::chrono::milliseconds allowed() const {
    return greeted ? timeouts->command : timeouts->connect + timeouts->command;
  }
  void say(std::string_view command) {
    greeted = true;
    answered = false;
    ehlo = command.starts_with("EHLO");
    if (ehlo) offers = {};
    replies = {};
    since = std::chrono::steady_clock::now();
  }
  // A reply's time runs until its last line, or a relay could keep us for ever with a line a minute.
  void hear(std::string_view line) {
    if (ehlo) offers.note(line);
    replies.feed(line.ends_with('\n') ? line : std::string(line) + "\n");
    auto whole = replies.next();
    reply = whole ? std::move(*whole) : replies.so_far();
    if (!whole) return;
    answered = true;
    since = std::chrono::steady_clock::now();
  }
};

// libcurl tells neither at which command it failed nor the words of the reply otherwise.
int overhear(CURL*, curl_infotype type, char* bytes, std::size_t size, void* data) {
  auto& opening = *static_cast<Opening*>(data);
  const std::string_view line(bytes, size);
  if (type == CURLINFO_HEADER_OUT && !line.starts_with("QUIT")) opening.say(line);
  if (type == CURLINFO_HEADER_IN) opening.hear(line);
  return 0;
}

// Called about once a second; not zero ends the transfer.
int watch(void* data, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  auto& opening = *static_cast<Opening*>(data);
  if (opening.interrupted->load()) return 1;
  opening.too_slow = std::chrono::steady_clock::now() - opening.since > opening.allowed();
  return opening.too_slow ? 1 : 0;
}

void initialise_once() {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  if (!ready) throw std::runtime_error("libcurl cannot be initialised");
}

// The bytes' way through the connection that libcurl has opened, encrypted or not.
class CurlWire final : public SmtpWire {
 public:
  CurlWire(CURL* curl, const std::atomic<bool>& interrupted) : curl_(curl), interrupted_(interrupted) {
    curl_easy_getinfo(curl, CURLINFO_ACTIVESOCKET, &socket_);
  }

  End send(std::string_view bytes, Time until) override {
    while (!bytes.empty()) {
      std::size_t sent = 0;
      const auto code = curl_easy_send(curl_, bytes.data(), bytes.size(), &sent);
      if (code == CURLE_OK) {
        bytes.remove_prefix(sent);
        continue;
      }
      if (code != CURLE_AGAIN) return End::gone;
      if (const auto end = wait(POLLOUT, until); end != End::none) return end;
    }
    return End::none;
  }

  End receive(ReplyReader& reader, Time until) override {
    for (;;) {
      std::array<char, 4096> bytes;
      std::size_t size = 0;
      const auto code = curl_easy_recv(curl_, bytes.data(), bytes.size(), &size);
      if (code == CURLE_OK && size > 0) {
        reader.feed({bytes.data(), size});
        return End::none;
      }
      if (code != CURLE_AGAIN) return End::gone;
      if (const auto end = wait(POLLIN, until); end != End::none) return end;
    }
  }

 private:
  // In slices: an interrupted channel gives up within about one.
  End wait(short what, Time until) const {
    constexpr std::chrono::milliseconds slice{500};
    for (;;) {
      if (interrupted_) return End::interrupted;
      const auto left =
          std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
      if (left.count() <= 0) return End::late;
      pollfd one{socket_, what, 0};
      const int ready = ::poll(&one, 1, static_cast<int>(std::min(left, slice).count()));
      if (ready > 0) return End::none;
      if (ready < 0 && errno != EINTR) return End::gone;
    }
  }

  CURL* curl_;
  const std::atomic<bool>& interrupted_;
  curl_socket_t socket_ = CURL_SOCKET_BAD;
};

class SmtpChannel final : public Channel {
 public:
  SmtpChannel(MailAddress address, SmtpTimeouts timeouts)
      : address_(std::move(address)), timeouts_(timeouts) {
    initialise_once();
  }
  ~SmtpChannel() override { part(); }

  Delivery deliver(const OutgoingMail& mail) override {
    if (!is_mail_address(mail.from) || !is_mail_address(mail.to))
      return {Outcome::refused, "not an address that may be sent to", false, false};
    if (curl_ && std::chrono::steady_clock::now() - last_used_ > longest_idle) part();
    const bool reused = curl_ != nullptr;
    Delivery delivery = attempt(mail);
    // A relay closes a connection that idled too long, with a 421 or without; that says nothing about this
    // mail.
    const bool gone = delivery.reply.starts_with("421") || !is_negative_reply(delivery.reply);
    const bool stale = reused && delivery.unreachable && gone && !delivery.maybe_delivered && !interrupted_;
    return stale ? attempt(mail) : delivery;
  }

  void before_end(std::function<void()> tell) override { before_end_ = std::move(tell); }
  void interrupt() override { interrupted_ = true; }

 private:
  // Longer than this many a router has forgotten the connection.
  static constexpr std::chrono::seconds longest_idle{110};

  template<class Value>
  void set(CURLoption option, Value value) {
    set_option(curl_.get(), option, value);
  }

  std::string url() const {
    const bool ipv6 = address_.host.find(':') != std::string::npos;
    return std::string(address_.kind == MailAddress::Kind::smtps ? "smtps://" : "smtp://") +
           (ipv6 ? "[" + address_.host + "]" : address_.host) + ":" + std::to_string(address_.port);
  }

  void set_relay() {
    set(CURLOPT_URL, url().c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_PROXY, "");  // whatever the environment says
    set(CURLOPT_NOSIGNAL, 1L);
    const bool starttls = address_.kind == MailAddress::Kind::smtp;
    const bool checked = !starttls || address_.tls == MailAddress::Tls::required;
    if (starttls) {
      constexpr long modes[] = {CURLUSESSL_NONE, CURLUSESSL_TRY, CURLUSESSL_ALL};
      set(CURLOPT_USE_SSL, modes[static_cast<int>(address_.tls)]);
    }
    set(CURLOPT_SSL_VERIFYPEER, checked ? 1L : 0L);
    set(CURLOPT_SSL_VERIFYHOST, checked ? 2L : 0L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!address_.user.empty()) {
      set(CURLOPT_USERNAME, address_.user.c_str());
      set(CURLOPT_PASSWORD, address_.password.c_str());
    }
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>((timeouts_.connect + 3 * timeouts_.command).count()));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(timeouts_.longest().count()));
    // libcurl's own limit for one reply (seconds): the longest that any may take; watch() is stricter.
    const auto reply = std::max({timeouts_.command, timeouts_.data, timeouts_.dot});
    set(CURLOPT_SERVER_RESPONSE_TIMEOUT, std::max(1L, static_cast<long>(reply.count() / 1000)));
  }

  Delivery attempt(const OutgoingMail& mail) {
    if (!curl_)
      if (auto failed = open()) return *failed;
    CurlWire wire(curl_.get(), interrupted_);
    auto delivery = hand_over(wire, offers_, timeouts_, mail, before_end_);
    last_used_ = std::chrono::steady_clock::now();
    if (delivery.outcome == Outcome::delivered) return delivery;
    if (delivery.unreachable)
      curl_.reset();
    else
      part();
    return delivery;
  }

  // A session that is ready for MAIL; else what to make of the mail that it was for.
  std::optional<Delivery> open() {
    Opening opening;
    opening.timeouts = &timeouts_;
    opening.interrupted = &interrupted_;
    curl_.reset(curl_easy_init());
    if (!curl_) throw std::runtime_error("libcurl gives no handle");
    set_relay();
    set(CURLOPT_CONNECT_ONLY, 1L);
    set(CURLOPT_VERBOSE, 1L);
    set(CURLOPT_DEBUGFUNCTION, &overhear);
    set(CURLOPT_DEBUGDATA, &opening);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &watch);
    set(CURLOPT_XFERINFODATA, &opening);
    const CURLcode code = curl_easy_perform(curl_.get());
    set(CURLOPT_VERBOSE, 0L);
    if (code == CURLE_OK) {
      offers_ = opening.offers;
      return std::nullopt;
    }
    curl_.reset();
    // A relay that says why and closes, while libcurl tries HELO after EHLO, is to be heard.
    if (is_negative_reply(opening.reply) && !opening.too_slow)
      return Delivery{Outcome::retry_later, opening.reply, true, false};
    return Delivery{Outcome::retry_later, opening.too_slow ? "no answer in time" : curl_easy_strerror(code),
                    true, false};
  }

  // A word of parting, whose answer says nothing any more and is not waited for. libcurl itself says none
  // over a connection that it only opened.
  void part() {
    if (!curl_) return;
    CurlWire(curl_.get(), interrupted_).send("QUIT\r\n", std::chrono::steady_clock::now());
    curl_.reset();
  }

  MailAddress address_;
  SmtpTimeouts timeouts_;
  CurlHandle curl_;  // of the session that is open; else none
  SmtpOffers offers_;
  std::chrono::steady_clock::time_point last_used_{};
  std::atomic<bool> interrupted_{false};
  std::function<void()> before_end_;
};

}  // namespace

std::unique_ptr<Channel> smtp_channel(MailAddress address, SmtpTimeouts timeouts) {
  return std::make_unique<SmtpChannel>(std::move(address), timeouts);
}

}  // namespace convoke::notify
