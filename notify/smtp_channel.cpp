#include "notify/smtp_channel.hpp"

#include "notify/recipients.hpp"

#include <sys/socket.h>
#include <unistd.h>
#include "notify/curl.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <stdexcept>
#include <utility>
#include <vector>

namespace convoke::notify {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

// Where a delivery stands, told by the last command that libcurl sent: EHLO to AUTH, MAIL, RCPT and DATA.
enum class Stage { greeting, session, sender, recipient, data, dot };

struct Transfer {
  std::string_view unsent;
  Stage stage = Stage::greeting;
  std::string reply;     // the last one; its lines as one
  bool complete = true;  // its last line is there
  bool answered = true;  // false from a command until the whole reply to it
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
    if (leaving) return timeouts->quit;
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

Stage stage_of(std::string_view command) {
  if (command.starts_with("MAIL")) return Stage::sender;
  return command.starts_with("RCPT") || command.starts_with("DATA") ? Stage::recipient : Stage::session;
}

bool is_negative(std::string_view reply) {
  return reply.starts_with('4') || reply.starts_with('5');
}

// One line of a reply: "250-" is followed by others (RFC 5321 section 4.2). Its time runs until the last one,
// or a relay could keep us for ever with a line a minute.
void note_line(Transfer& transfer, std::string_view line) {
  constexpr std::size_t after_code = 4, longest = 1000;
  line = line.substr(0, line.find_last_not_of("\r\n") + 1);
  if (transfer.complete) {
    transfer.reply = line;
    if (line.size() >= after_code) transfer.reply[after_code - 1] = ' ';
  } else if (line.size() > after_code && transfer.reply.size() < longest) {
    transfer.reply += " ";
    transfer.reply += line.substr(after_code);
  }
  transfer.complete = line.size() < after_code || line[after_code - 1] != '-';
  if (!transfer.complete) return;
  transfer.answered = true;
  if (transfer.stage != Stage::dot) transfer.since = std::chrono::steady_clock::now();
}

// Hears the dialogue: libcurl tells neither at which command it failed nor the words of the reply otherwise.
int hear(CURL*, curl_infotype type, char* bytes, std::size_t size, void* data) {
  auto& transfer = *static_cast<Transfer*>(data);
  const std::string_view line(bytes, size);
  if (type == CURLINFO_HEADER_OUT && line.starts_with("QUIT") && !transfer.leaving) {
    transfer.leaving = true;
    transfer.since = std::chrono::steady_clock::now();
  }
  if (transfer.leaving) return 0;
  if (type == CURLINFO_HEADER_OUT) {
    transfer.answered = false;
    transfer.complete = true;
    transfer.enter(stage_of(line));
  } else if (type == CURLINFO_HEADER_IN) {
    note_line(transfer, line);
  }
  return 0;
}

// Called about once a second; not zero ends the transfer.
int watch(void* data, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  auto& transfer = *static_cast<Transfer*>(data);
  if (transfer.interrupted->load()) return 1;
  const bool over = std::chrono::steady_clock::now() - transfer.since > transfer.allowed();
  if (!transfer.leaving) transfer.too_slow = over;
  return over ? 1 : 0;
}

void initialise_once() {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  if (!ready) throw std::runtime_error("libcurl cannot be initialised");
}

// The sockets that libcurl holds. It keeps the connection of a mail whose end was not answered, and would
// take that answer, when it comes at last, for the one to the next mail's first command; and it says QUIT to
// every relay and waits two minutes for a word.
class Sockets {
 public:
  static int opened(void* self, curl_socket_t socket, curlsocktype) {
    static_cast<Sockets*>(self)->open_.push_back(socket);
    return CURL_SOCKOPT_OK;
  }
  static int closed(void* self, curl_socket_t socket) {
    std::erase(static_cast<Sockets*>(self)->open_, socket);
    return ::close(socket);
  }
  // SHUT_RDWR: the connection is of no use. SHUT_RD: whatever is still said into it, no answer is waited for.
  void shut(int how) {
    for (const auto socket : open_) ::shutdown(socket, how);
  }

 private:
  std::vector<curl_socket_t> open_;
};

class SmtpChannel final : public Channel {
 public:
  SmtpChannel(MailAddress address, SmtpTimeouts timeouts)
      : address_(std::move(address)), timeouts_(timeouts) {
    initialise_once();
    curl_.reset(curl_easy_init());
    if (!curl_) throw std::runtime_error("libcurl gives no handle");
  }
  ~SmtpChannel() override { sockets_.shut(SHUT_RD); }

  Delivery deliver(const OutgoingMail& mail) override {
    if (!is_mail_address(mail.from) || !is_mail_address(mail.to))
      return {Outcome::refused, "not an address that may be sent to", false, false};
    bool reused = false;
    Delivery delivery = attempt(mail, reused);
    // A relay closes a connection that idled too long, with a 421 or without; that says nothing about this
    // mail.
    const bool gone = delivery.reply.starts_with("421") || !is_negative(delivery.reply);
    const bool stale = reused && delivery.unreachable && gone && !delivery.maybe_delivered && !interrupted_;
    return stale ? attempt(mail, reused) : delivery;
  }

  void before_end(std::function<void()> tell) override { before_end_ = std::move(tell); }
  void interrupt() override { interrupted_ = true; }

 private:
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
    CurlLines recipients(curl_slist_append(nullptr, to.c_str()));
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

    set(CURLOPT_SOCKOPTFUNCTION, &Sockets::opened);
    set(CURLOPT_SOCKOPTDATA, &sockets_);
    set(CURLOPT_CLOSESOCKETFUNCTION, &Sockets::closed);
    set(CURLOPT_CLOSESOCKETDATA, &sockets_);

    const CURLcode code = curl_easy_perform(curl_.get());
    if (code != CURLE_OK) sockets_.shut(SHUT_RDWR);
    long connections = 0;
    curl_easy_getinfo(curl_.get(), CURLINFO_NUM_CONNECTS, &connections);
    reused = connections == 0;
    return judge(code, transfer);
  }

  Delivery judge(CURLcode code, const Transfer& transfer) const {
    if (code == CURLE_OK) return Delivery::done(transfer.reply);
    const bool negative = is_negative(transfer.reply);
    const bool judged = transfer.answered && !transfer.too_slow && negative;
    if (judged && is_about_mail(transfer))
      return {transfer.reply[0] == '5' ? Outcome::refused : Outcome::retry_later, transfer.reply, false,
              false};
    if (judged) return {Outcome::retry_later, transfer.reply, true, false};
    std::string why = transfer.too_slow ? "no answer in time" : curl_easy_strerror(code);
    // A relay that says why and closes, while libcurl tries HELO after EHLO, is to be heard.
    if (negative && !transfer.too_slow) why = transfer.reply;
    return {Outcome::retry_later, std::move(why), true, transfer.stage == Stage::dot};
  }

  // 421: the relay itself is going away, wherever it says so. MAIL names the sender, who is the same for all
  // mails; of this one it can only say that it is too big.
  static bool is_about_mail(const Transfer& transfer) {
    if (transfer.stage == Stage::greeting || transfer.stage == Stage::session) return false;
    if (transfer.stage == Stage::sender) return transfer.reply.starts_with("552");
    return !transfer.reply.starts_with("421");
  }

  MailAddress address_;
  SmtpTimeouts timeouts_;
  Sockets sockets_;  // outlives what follows
  CurlHandle curl_;
  std::atomic<bool> interrupted_{false};
  std::function<void()> before_end_;
};

}  // namespace

std::unique_ptr<Channel> smtp_channel(MailAddress address, SmtpTimeouts timeouts) {
  return std::make_unique<SmtpChannel>(std::move(address), timeouts);
}

}  // namespace convoke::notify
