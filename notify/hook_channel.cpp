#include "notify/hook_channel.hpp"

#include "base/log.hpp"
#include "base/resolve.hpp"
#include "notify/curl.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <map>
#include <mutex>
#include <new>
#include <stdexcept>
#include <utility>
#include <vector>

namespace convoke::notify {

class HookPauses {
 public:
  using SteadyTime = std::chrono::steady_clock::time_point;

  bool holds(const std::string& receiver, SteadyTime now) {
    const std::lock_guard lock(mutex_);
    const auto found = until_.find(receiver);
    return found != until_.end() && now < found->second;
  }
  void note(const std::string& receiver, bool reached, SteadyTime until) {
    const std::lock_guard lock(mutex_);
    if (reached)
      until_.erase(receiver);
    else
      until_[receiver] = until;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, SteadyTime> until_;  // by scheme, host and port
};

std::shared_ptr<HookPauses> make_hook_pauses() {
  return std::make_shared<HookPauses>();
}

namespace {

using std::chrono::steady_clock;
constexpr std::size_t longest_answer = 64 * 1024;  // bytes, heads and body together, that are listened to

struct Exchange {
  std::size_t heard = 0;
  bool too_long = false;
  bool sent = false;
  const std::string* body = nullptr;
  std::size_t taken = 0;
  const std::function<void()>* before_end = nullptr;
  const std::atomic<bool>* interrupted = nullptr;
};

// Nothing of the answer is kept.
std::size_t hear(char*, std::size_t size, std::size_t count, void* data) {
  auto& exchange = *static_cast<Exchange*>(data);
  exchange.heard += size * count;
  exchange.too_long = exchange.heard > longest_answer;
  return exchange.too_long ? 0 : size * count;
}

std::size_t give(char* into, std::size_t size, std::size_t count, void* data) {
  auto& exchange = *static_cast<Exchange*>(data);
  const auto part = std::min(size * count, exchange.body->size() - exchange.taken);
  if (exchange.taken + part == exchange.body->size() && !exchange.sent) {
    exchange.sent = true;
    (*exchange.before_end)();
  }
  exchange.body->copy(into, part, exchange.taken);
  exchange.taken += part;
  return part;
}

int watch(void* data, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Exchange*>(data)->interrupted->load() ? 1 : 0;
}

Delivery later(std::string why) {
  return {Outcome::retry_later, std::move(why), false, false};
}

Delivery never(std::string why) {
  return {Outcome::refused, std::move(why), false, false};
}

Delivery judge(long status) {
  std::string reply = std::to_string(status);
  if (status >= 200 && status < 300) return Delivery::done(reply);
  if (status >= 300 && status < 400) return never(reply + " it sends on; redirects are not followed");
  if (status == 410) return never(reply + " the receiver is gone");
  const bool passing = status == 408 || status == 425 || status == 429 || status >= 500;
  return passing ? later(std::move(reply)) : never(std::move(reply));
}

class HookChannel final : public Channel {
 public:
  HookChannel(HookSettings settings, std::shared_ptr<HookPauses> pauses)
      : settings_(std::move(settings)), pauses_(std::move(pauses)) {
    initialise_outside();
    if (!settings_.resolve)
      settings_.resolve = [this](const std::string& host, std::chrono::milliseconds deadline) {
        return resolve_host(host, deadline, interrupted_);
      };
  }

  void before_end(std::function<void()> told) override { before_end_ = std::move(told); }
  void interrupt() override { interrupted_ = true; }

  Delivery deliver(const OutgoingMail& mail) override {
    try {
      return post(mail);
    } catch (const std::exception& error) {
      log::error("webhook_post", {{"what", error.what()}});
      return later("it could not be sent; the fault is ours");
    }
  }

 private:
  Delivery post(const OutgoingMail& mail) {
    const auto end = steady_clock::now() + settings_.deadline;
    const auto left = [end] {
      const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(end - steady_clock::now());
      return std::max(rest, std::chrono::milliseconds{1});
    };
    const auto address = parse_outside_address(mail.to);
    if (!address) return never(address.error().message);
    auto receiver = *address;
    receiver.target = "/";
    const auto name = to_text(receiver);
    if (pauses_->holds(name, steady_clock::now())) return later("the receiver gave no answer a moment ago");
    auto judged = judged_addresses(*address, settings_.exceptions, settings_.resolve, left());
    if (!judged && judged.error().code == Errc::forbidden) return never(judged.error().message);
    if (!judged) return unreached(name, judged.error().message);
    OutsideConnection connection(*address, std::move(*judged));
    return transfer(connection, mail, name, left());
  }

  Delivery unreached(const std::string& receiver, std::string why) {
    if (interrupted_) return later("interrupted");
    pauses_->note(receiver, false, steady_clock::now() + settings_.pause);
    return later(std::move(why));
  }

  Delivery transfer(OutsideConnection& connection, const OutgoingMail& mail, const std::string& receiver,
                    std::chrono::milliseconds left) {
    Exchange exchange;
    exchange.body = &mail.bytes;
    exchange.before_end = &before_end_;
    exchange.interrupted = &interrupted_;
    CurlLines headers;
    add_line(headers, "Content-Type: application/json");
    add_line(headers, "Accept: */*");
    add_line(headers, "Expect:");
    for (const auto& [field, value] : mail.fields) add_line(headers, field + ": " + value);
    const CurlHandle curl(curl_easy_init());
    if (!curl) throw std::runtime_error("libcurl gives no handle");
    connection.guard(curl.get(), left);
    set_option(curl.get(), CURLOPT_POST, 1L);
    set_option(curl.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(mail.bytes.size()));
    set_option(curl.get(), CURLOPT_READFUNCTION, give);
    set_option(curl.get(), CURLOPT_READDATA, &exchange);
    set_option(curl.get(), CURLOPT_HTTPHEADER, headers.get());
    set_option(curl.get(), CURLOPT_USERAGENT, settings_.agent.c_str());
    set_option(curl.get(), CURLOPT_WRITEFUNCTION, hear);
    set_option(curl.get(), CURLOPT_WRITEDATA, &exchange);
    set_option(curl.get(), CURLOPT_HEADERFUNCTION, hear);
    set_option(curl.get(), CURLOPT_HEADERDATA, &exchange);
    set_option(curl.get(), CURLOPT_NOPROGRESS, 0L);
    set_option(curl.get(), CURLOPT_XFERINFOFUNCTION, watch);
    set_option(curl.get(), CURLOPT_XFERINFODATA, &exchange);
    const auto code = curl_easy_perform(curl.get());
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    // What it goes on to say after its status is of no interest; that it says too much neither.
    if (code != CURLE_OK && !(exchange.too_long && status >= 200)) {
      const bool slow = code == CURLE_OPERATION_TIMEDOUT;
      return unreached(receiver, slow ? "no answer in time" : curl_easy_strerror(code));
    }
    pauses_->note(receiver, true, {});
    return judge(status);
  }

  HookSettings settings_;
  std::shared_ptr<HookPauses> pauses_;
  std::atomic<bool> interrupted_{false};
  std::function<void()> before_end_ = [] {};
};

}  // namespace

std::unique_ptr<Channel> hook_channel(HookSettings settings, std::shared_ptr<HookPauses> pauses) {
  return std::make_unique<HookChannel>(std::move(settings), std::move(pauses));
}

}  // namespace convoke::notify
