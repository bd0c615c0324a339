#include "notify/smtp_dialogue.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace convoke::notify {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t after_code = 4;  // "250 "

enum class Stage { sender, recipient, data, body, dot };

struct Command {
  Stage stage;
  std::string line;
  char wanted;  // the first digit of the reply that lets it go on
};

// The message as it travels: a dot more before each line that begins with one, and the end (section 4.5.2).
std::string as_data(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + 64);
  if (bytes.starts_with('.')) out += '.';
  for (auto at = bytes.find("\r\n."); at != std::string_view::npos; at = bytes.find("\r\n.")) {
    out += bytes.substr(0, at + 2);
    out += '.';
    bytes.remove_prefix(at + 2);
  }
  out += bytes;
  out += out.ends_with("\r\n") || out.empty() ? ".\r\n" : "\r\n.\r\n";
  return out;
}

class Dialogue {
 public:
  Dialogue(SmtpWire& wire, const SmtpTimeouts& timeouts, const std::function<void()>& before_end)
      : wire_(wire), timeouts_(timeouts), before_end_(before_end) {}

  Delivery run(const SmtpOffers& offers, const OutgoingMail& mail) {
    const std::string size = offers.size ? " SIZE=" + std::to_string(mail.bytes.size()) : std::string();
    const std::array<Command, 3> commands = {
        Command{Stage::sender, "MAIL FROM:<" + mail.from + ">" + size + "\r\n", '2'},
        Command{Stage::recipient, "RCPT TO:<" + mail.to + ">\r\n", '2'},
        Command{Stage::data, "DATA\r\n", '3'}};
    if (offers.pipelining && !say(commands[0].line + commands[1].line + commands[2].line, timeouts_.command))
      return failed();
    for (const auto& command : commands) {
      stage_ = command.stage;
      if (!offers.pipelining && !say(command.line, timeouts_.command)) return failed();
      if (!hear(timeouts_.command) || !reply_.starts_with(command.wanted)) return failed();
    }
    stage_ = Stage::body;
    reply_.clear();
    if (!say_message(as_data(mail.bytes)) || !hear(timeouts_.dot) || !reply_.starts_with('2'))
      return failed();
    return Delivery::done(reply_);
  }

 private:
  bool say(std::string_view bytes, std::chrono::milliseconds allowed) {
    end_ = wire_.send(bytes, steady_clock::now() + allowed);
    if (end_ == SmtpWire::End::gone) hear_parting();
    return end_ == SmtpWire::End::none;
  }

  // In two parts when it is long: until the second leaves, the mail cannot have arrived.
  bool say_message(std::string_view data) {
    constexpr std::size_t last_part = 65536;
    const auto first = data.size() > last_part ? data.size() - last_part : 0;
    const auto until = steady_clock::now() + timeouts_.data;
    if (first > 0 && !say(data.substr(0, first), until - steady_clock::now())) return false;
    if (before_end_) before_end_();
    stage_ = Stage::dot;
    return say(data.substr(first), until - steady_clock::now());
  }
  bool say(std::string_view bytes, steady_clock::duration allowed) {
    return say(bytes, std::chrono::ceil<std::chrono::milliseconds>(allowed));
  }

  bool hear(std::chrono::milliseconds allowed) {
    const auto until = steady_clock::now() + allowed;
    for (;;) {
      if (auto reply = reader_.next()) {
        reply_ = std::move(*reply);
        return true;
      }
      reply_.clear();
      end_ = reader_.is_broken() ? SmtpWire::End::gone : wire_.receive(reader_, until);
      if (end_ != SmtpWire::End::none) return false;
    }
  }

  // A relay may say why before it closes, and the close be noticed first.
  void hear_parting() {
    while (wire_.receive(reader_, steady_clock::now()) == SmtpWire::End::none && !reader_.is_broken()) {
    }
    if (auto reply = reader_.next()) reply_ = std::move(*reply);
  }

  Delivery failed() const {
    const bool late = end_ == SmtpWire::End::late;
    if (is_negative_reply(reply_) && !late) {
      if (is_about_mail())
        return {reply_[0] == '5' ? Outcome::refused : Outcome::retry_later, reply_, false, false};
      return {Outcome::retry_later, reply_, true, false};
    }
    std::string why = "the connection was lost";
    if (late) why = "no answer in time";
    if (end_ == SmtpWire::End::interrupted) why = "interrupted";
    if (end_ == SmtpWire::End::none) why = reply_;  // neither yes nor no
    return {Outcome::retry_later, std::move(why), true, stage_ == Stage::dot};
  }

  // 421: the relay itself is going away, wherever it says so. MAIL names the sender, who is the same for all
  // mails; of this one it can only say that it is too big.
  bool is_about_mail() const {
    if (stage_ == Stage::sender) return reply_.starts_with("552");
    return !reply_.starts_with("421");
  }

  SmtpWire& wire_;
  const SmtpTimeouts& timeouts_;
  const std::function<void()>& before_end_;
  ReplyReader reader_;
  Stage stage_ = Stage::sender;
  SmtpWire::End end_ = SmtpWire::End::none;
  std::string reply_;
};

}  // namespace

void SmtpOffers::note(std::string_view line) {
  if (line.size() <= after_code) return;
  auto keyword = line.substr(after_code);
  keyword = keyword.substr(0, keyword.find_first_of(" =\r\n"));
  const std::string name = to_lower(keyword);
  pipelining = pipelining || name == "pipelining";
  size = size || name == "size";
}

void ReplyReader::feed(std::string_view bytes) {
  unread_ += bytes;
}

std::optional<std::string> ReplyReader::next() {
  for (auto end = unread_.find('\n'); end != std::string::npos; end = unread_.find('\n')) {
    std::string_view line(unread_.data(), end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const bool last = take(line);
    unread_.erase(0, end + 1);
    if (!last) continue;
    begun_ = false;
    return std::exchange(reply_, {});
  }
  return std::nullopt;
}

bool ReplyReader::take(std::string_view line) {
  if (!begun_) {
    reply_ = line.substr(0, longest_reply);
    if (reply_.size() >= after_code) reply_[after_code - 1] = ' ';
    begun_ = true;
  } else if (line.size() > after_code && reply_.size() < longest_reply) {
    reply_ += " ";
    reply_ += line.substr(after_code, longest_reply);
  }
  return line.size() < after_code || line[after_code - 1] != '-';
}

bool is_negative_reply(std::string_view reply) {
  return reply.starts_with('4') || reply.starts_with('5');
}

Delivery hand_over(SmtpWire& wire, const SmtpOffers& offers, const SmtpTimeouts& timeouts,
                   const OutgoingMail& mail, const std::function<void()>& before_end) {
  return Dialogue(wire, timeouts, before_end).run(offers, mail);
}

}  // namespace convoke::notify
