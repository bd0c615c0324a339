// Any bytes as what a relay says while a mail is handed over, in pieces as they come: no crash, and a mail is
// taken for delivered only when its end was said yes to.
#include "notify/smtp_dialogue.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace convoke::notify;

namespace {

// Says what is left a piece at a time, and is gone then.
class Script final : public SmtpWire {
 public:
  Script(std::string_view replies, std::size_t piece) : left_(replies), piece_(piece) {}
  End send(std::string_view bytes, Time) override {
    ended_ = ended_ || bytes.ends_with("\r\n.\r\n");
    return End::none;
  }
  End receive(ReplyReader& reader, Time) override {
    if (left_.empty()) return End::gone;
    const auto piece = left_.substr(0, piece_);
    left_.remove_prefix(piece.size());
    reader.feed(piece);
    return End::none;
  }
  bool ended() const { return ended_; }

 private:
  std::string_view left_;
  std::size_t piece_;
  bool ended_ = false;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  SmtpOffers offers;
  offers.note({reinterpret_cast<const char*>(data), size});
  offers.pipelining = (data[0] & 1) != 0;
  Script script({reinterpret_cast<const char*>(data) + 1, size - 1}, 1 + (data[0] >> 1) % 32);
  OutgoingMail mail;
  mail.from = mail.to = "a@example.org";
  mail.bytes = "Subject: a\r\n\r\n.b\r\n";
  bool told = false;
  const auto delivery = hand_over(script, offers, SmtpTimeouts{}, mail, [&told] { told = true; });
  if (script.ended() != told) std::abort();
  if (delivery.outcome == Outcome::delivered && (!told || !delivery.reply.starts_with('2'))) std::abort();
  if (delivery.outcome == Outcome::refused && !delivery.reply.starts_with('5')) std::abort();
  if (delivery.maybe_delivered && !told) std::abort();
  if (delivery.reply.size() > 2 * ReplyReader::longest_reply + 2) std::abort();
  return 0;
}
