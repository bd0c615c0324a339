#include "notify/smtp_channel.hpp"

#include "notify/recipients.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace convoke::notify {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

// Where a delivery stands, told by the last command that libcurl sent.
enum class Stage { greeting, sign_in, envelope, data, dot };

struct Transfer {
  std::string_view unsent;
  Stage stage = Stage::greeting;
  std::string last_reply;
  bool answered = true;  // false from a command until a reply to it
  bool too_slow = false;
  bool leaving = false;  // QUIT was sent: what follows says nothing about the mail
  SteadyTime since = std::chrono::steady_clock::now();
  const SmtpTimeouts* timeouts = nullptr;
  const std::atomic<bool>* interrupted = nullptr;
  const std::function<void()>* before_end = nullptr;

  void enter(Stage next) {
    stage = next;
    since = std::chrono::steady_clock::now();
  }
  std::chrono::milliseconds allowed() const {
    if (stage == Stage::data) return timeouts->data;
    if (stage == Stage::dot) return timeouts->dot;
    // Until the banner, connecting is counted in.
    return stage == Stage::greeting ? timeouts->connect + timeouts->command : timeouts->command;
  }
};

std::size_t read_message(char* to, std::size_t size, std::size_t count, void* data) {
  auto& transfer = *static_cast<Transfer*>(data);
  if (transfer.stage != Stage::data) transfer.enter(Stage::data);
  const std::size_t taken = std::min(size * count, transfer.unsent.size());
  std::memcpy(to, transfer.unsent.data(), taken);
  transfer.unsent.remove_prefix(taken);
  // libcurl knows the size and asks no more; from here on the end of the message may have reached the relay.
  if (transfer.unsent.empty()) {
    if (*transfer.before_end) (*transfer.before_end)();
    transfer.enter(Stage::dot);
  }
  return taken;
}

bool begins(std::string_view line, std::string_view word) {
  return line.substr(0, word.size()) == word;
}

// Hears the dialogue: libcurl tells neither at which command it failed nor the words of the reply otherwise.
int hear(CURL*, curl_infotype type, char* bytes, std::size_t size, void* data) {
  auto& transfer = *static_cast<Transfer*>(data);
  const std::string_view line(bytes, size);
  if (type == CURLINFO_HEADER_OUT && begins(line, "QUIT")) transfer.leaving = true;
  if (transfer.leaving) return 0;
  if (type == CURLINFO_HEADER_OUT) {
    transfer.answered = false;
    if (begins(line, "MAIL") || begins(line, "RCPT") || begins(line, "DATA")) {
      transfer.enter(Stage::envelope);
    } else {
      transfer.enter(Stage::sign_in);
    }
  } else if (type == CURLINFO_HEADER_IN) {
    transfer.answered = true;
    transfer.last_reply = line.substr(0, line.find_last_not_of("\r\n") + 1);
    if (transfer.stage != Stage::dot) transfer.since = std::chrono::steady_clock::now();
  }
  return 0;
}

// Called about once a second; not zero ends the transfer.
int watch(void* data, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  auto& transfer = *static_cast<Transfer*>(data);
  if (transfer.interrupted->load()) return 1;
  transfer.too_slow = std::chrono::steady_clock::now() - transfer.since > transfer.allowed();
  return transfer.too_slow ? 1 : 0;
}

void initialise_once() {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  if (!ready) throw std::runtime_error("libcurl cannot be initialised");
}

class SmtpChannel final : public Channel {
 public:
  SmtpChannel(MailAddress address, SmtpTimeouts timeouts)
      : address_(std::move(address)), timeouts_(timeouts) {
    initialise_once();
    curl_.reset(curl_easy_init());
    if (!curl_) throw std::runtime_error("libcurl gives no handle");
  }

  Delivery deliver(const OutgoingMail& mail) override {
    if (!is_mail_address(mail.from) || !is_mail_address(mail.to))
      return {Outcome::refused, "not an address that may be sent to", false, false};
    bool reused = false;
    Delivery delivery = attempt(mail, reused);
    // A relay closes a connection that idled too long; that says nothing about this mail.
    const bool stale = reused && delivery.unreachable && !delivery.maybe_delivered && !interrupted_;
    return stale ? attempt(mail, reused) : delivery;
  }

  void before_end(std::function<void()> tell) override { before_end_ = std::move(tell); }
  void interrupt() override { interrupted_ = true; }

 private:
  struct Cleanup {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };

  template<class Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(curl_.get(), option, value) != CURLE_OK)
      throw std::runtime_error("libcurl knows no option " + std::to_string(option));
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

  Delivery attempt(const OutgoingMail& mail, bool& reused) {
    Transfer transfer;
    transfer.unsent = mail.bytes;
    transfer.timeouts = &timeouts_;
    transfer.interrupted = &interrupted_;
    transfer.before_end = &before_end_;

    curl_easy_reset(curl_.get());  // keeps the connection
    set_relay();
    const std::string from = "<" + mail.from + ">";
    const std::string to = "<" + mail.to + ">";
    std::unique_ptr<curl_slist, Cleanup> recipients(curl_slist_append(nullptr, to.c_str()));
    set(CURLOPT_MAIL_FROM, from.c_str());
    set(CURLOPT_MAIL_RCPT, recipients.get());
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_READFUNCTION, &read_message);
    set(CURLOPT_READDATA, &transfer);
    set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(mail.bytes.size()));
    set(CURLOPT_VERBOSE, 1L);
    set(CURLOPT_DEBUGFUNCTION, &hear);
    set(CURLOPT_DEBUGDATA, &transfer);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &watch);
    set(CURLOPT_XFERINFODATA, &transfer);

    const CURLcode code = curl_easy_perform(curl_.get());
    long connections = 0;
    curl_easy_getinfo(curl_.get(), CURLINFO_NUM_CONNECTS, &connections);
    reused = connections == 0;
    return judge(code, transfer);
  }

  Delivery judge(CURLcode code, const Transfer& transfer) const {
    if (code == CURLE_OK) return Delivery::done(transfer.last_reply);
    const char digit = transfer.last_reply.empty() ? '\0' : transfer.last_reply.front();
    const bool about_mail = transfer.stage != Stage::greeting && transfer.stage != Stage::sign_in;
    const bool judged = transfer.answered && !transfer.too_slow && (digit == '4' || digit == '5');
    // 421: the relay itself is going away, wherever it says so.
    if (judged && about_mail && !begins(transfer.last_reply, "421"))
      return {digit == '5' ? Outcome::refused : Outcome::retry_later, transfer.last_reply, false, false};
    Delivery delivery{Outcome::retry_later, transfer.last_reply, true, false};
    if (!judged) {
      delivery.reply = transfer.too_slow ? "no answer in time" : curl_easy_strerror(code);
      delivery.maybe_delivered = transfer.stage == Stage::dot;
    }
    return delivery;
  }

  MailAddress address_;
  SmtpTimeouts timeouts_;
  std::unique_ptr<CURL, Cleanup> curl_;
  std::atomic<bool> interrupted_{false};
  std::function<void()> before_end_;
};

}  // namespace

std::unique_ptr<Channel> smtp_channel(MailAddress address, SmtpTimeouts timeouts) {
  return std::make_unique<SmtpChannel>(std::move(address), timeouts);
}

}  // namespace convoke::notify
