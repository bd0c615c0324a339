#include "notify/mime.hpp"

#include "base/id.hpp"
#include "base/text.hpp"
#include "notify/recipients.hpp"

#include <fmt/format.h>
#include <gmime/gmime.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <stdexcept>

namespace convoke::notify {
namespace {

constexpr std::size_t longest_subject = 120, longest_read = 500;  // code points
constexpr const char* utf8 = "utf-8";

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template<class T>
using Object = std::unique_ptr<T, Unref>;

struct FreeOptions {
  void operator()(GMimeFormatOptions* options) const { g_mime_format_options_free(options); }
};

void initialise_once() {
  static const bool ready = [] {
    g_mime_init();
    return true;
  }();
  (void)ready;
}

// One line of a header. GMime passes on what looks like an encoded word already, and readers would decode
// what a plan had smuggled into it (line breaks, other names): such text is told apart by a space.
std::string header_text(std::string_view text) {
  std::string line = ellipsize(strip_controls(collapse_spaces(to_valid_utf8(text))), longest_read);
  for (auto at = line.find("=?"); at != std::string::npos; at = line.find("=?", at)) line.insert(at + 1, " ");
  return line;
}

std::string header_name(std::string_view name) {
  return ellipsize_words(header_text(name), longest_mailbox_name);
}

// RFC 2045 section 6.8, in lines of 76 characters.
void append_base64(std::string& out, std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  constexpr std::size_t line = 57, line_digits = 76;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  std::size_t at = 0, to = out.size();
  out.resize(to + bytes.size() / line * (line_digits + 2) + line_digits + 2);
  const auto put = [&](unsigned group) {
    for (const int shift : {18, 12, 6, 0}) out[to++] = digits[group >> shift & 63];
  };
  while (at + 3 <= bytes.size()) {
    put(static_cast<unsigned>(byte(at)) << 16 | static_cast<unsigned>(byte(at + 1)) << 8 |
        static_cast<unsigned>(byte(at + 2)));
    at += 3;
    if (at % line != 0) continue;
    out[to++] = '\r';
    out[to++] = '\n';
  }
  if (const auto rest = bytes.size() - at; rest > 0) {
    const unsigned second = rest == 2 ? static_cast<unsigned>(byte(at + 1)) : 0U;
    put(static_cast<unsigned>(byte(at)) << 16 | second << 8);
    out[to - 1] = '=';
    if (rest == 1) out[to - 2] = '=';
  }
  out.resize(to);
  if (bytes.size() % line != 0 || bytes.empty()) out += "\r\n";
}

// Text bodies travel with CR LF line ends also within base64 (RFC 2045 6.8).
std::string with_crlf(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    const bool whole = end > 0 && text[end - 1] == '\r';
    out += text.substr(0, whole ? end - 1 : end);
    out += "\r\n";
    text.remove_prefix(end + 1);
  }
  return out += text;
}

// The multiparts and their leaves, written here: every leaf is base64 and its type one of ours, and by
// GMime's objects, streams and filters they took a fifth of the time of a mail.
class BodyWriter {
 public:
  // A line of base64 never begins with '-', so no boundary can stand in a leaf; each mail has its own all the
  // same, for the one that is quoted whole within another.
  BodyWriter(const MimeParts& parts, std::string& out)
      : parts_(parts), out_(out), boundary_("=-" + sha256_hex(parts.message_id).substr(0, 24)) {}

  void write() {
    const bool acted_on = !parts_.calendar.empty() && parts_.calendar_method != "PUBLISH";
    const std::string method = fmt::format("; method={}", parts_.calendar_method);
    out_ += "MIME-Version: 1.0\r\n";
    begin("mixed", mixed);
    next(mixed);
    begin("alternative", alternative);
    leaf(alternative, "text/plain", "", parts_.text);
    leaf(alternative, "text/html", "", parts_.html);
    if (acted_on) leaf(alternative, "text/calendar", method, parts_.calendar);
    end(alternative);
    if (acted_on)
      file("application/ics", "", "invite.ics");
    else if (!parts_.calendar.empty())
      file("text/calendar", method, "event.ics");
    for (const auto& picture : parts_.pictures) attach(picture);
    end(mixed);
  }

 private:
  static constexpr std::string_view mixed = "m", alternative = "a";

  void begin(std::string_view type, std::string_view mark) {
    out_ += fmt::format("Content-Type: multipart/{}; boundary=\"{}{}\"\r\n\r\n", type, boundary_, mark);
  }
  void next(std::string_view mark) { out_ += fmt::format("--{}{}\r\n", boundary_, mark); }
  void end(std::string_view mark) { out_ += fmt::format("--{}{}--\r\n", boundary_, mark); }
  void leaf(std::string_view in, std::string_view type, std::string_view more, std::string_view text,
            std::string_view disposition = {}) {
    next(in);
    out_ += fmt::format("Content-Type: {}; charset=utf-8{}\r\n{}Content-Transfer-Encoding: base64\r\n\r\n",
                        type, more, disposition);
    append_base64(out_, with_crlf(text));
  }
  void file(std::string_view type, std::string_view more, std::string_view name) {
    leaf(mixed, type, fmt::format("{}; name=\"{}\"", more, name), parts_.calendar,
         fmt::format("Content-Disposition: attachment; filename=\"{}\"\r\n", name));
  }

  // Mail programs show a picture that is attached below the text.
  void attach(const MailPicture& picture) {
    next(mixed);
    out_ += fmt::format("Content-Type: image/png; name=\"{0}\"\r\nContent-Disposition: attachment; "
                        "filename=\"{0}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n",
                        picture.name);
    append_base64(out_, picture.bytes);
  }

  const MimeParts& parts_;
  std::string& out_;
  std::string boundary_;
};

void set_mailbox(GMimeMessage* message, GMimeAddressType type, const Mailbox& mailbox) {
  const std::string name = header_name(mailbox.name);
  InternetAddressList* list = g_mime_message_get_addresses(message, type);
  Object<InternetAddress> address(
      internet_address_mailbox_new(name.empty() ? nullptr : name.c_str(), mailbox.address.c_str()));
  internet_address_set_charset(address.get(), utf8);
  internet_address_list_add(list, address.get());
}

void set_header(GMimeMessage* message, const char* name, const std::string& ascii) {
  g_mime_object_set_header(GMIME_OBJECT(message), name, ascii.c_str(), utf8);
}

struct FreeText {
  void operator()(char* text) const { g_free(text); }
};

// A phrase and the id in < > (RFC 2919 section 3).
std::string list_id_field(const MimeParts& parts) {
  const std::string name = header_name(parts.list_name), id = "<" + parts.list_id + ">";
  if (name.empty()) return id;
  const bool ascii = std::all_of(name.begin(), name.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
  std::unique_ptr<char, FreeText> phrase(
      ascii ? g_mime_utils_quote_string(name.c_str())
            : g_mime_utils_header_encode_phrase(nullptr, name.c_str(), utf8));
  return std::string(phrase.get()) + " " + id;
}

// A mailto: address (RFC 6068 section 2): what has a meaning in a URL is percent-encoded.
std::string unsubscribe_mail(const Mailbox& reply_to) {
  constexpr std::string_view plain = "-._~!$'*+@";
  std::string url = "<mailto:";
  for (const char c : reply_to.address) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || plain.find(c) != std::string_view::npos)
      url += c;
    else
      url += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return url + "?subject=unsubscribe>";
}

bool is_plain_address(std::string_view url) {
  return std::all_of(url.begin(), url.end(),
                     [](char c) { return c > 0x20 && c < 0x7F && c != '<' && c != '>' && c != ','; });
}

void set_unsubscribe(GMimeMessage* message, const MimeParts& parts) {
  std::vector<std::string> ways;
  const bool bulk = !parts.unsubscribe.empty() && is_plain_address(parts.unsubscribe);
  if (bulk) ways.push_back("<" + parts.unsubscribe + ">");
  if (parts.reply_to) ways.push_back(unsubscribe_mail(*parts.reply_to));
  if (ways.empty()) return;
  set_header(message, "List-Unsubscribe", join(ways, ", "));
  if (bulk) set_header(message, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
}

// The header fields but those of MIME.
std::string head_of(const MimeParts& parts) {
  initialise_once();
  // One mail at a time: GMime has tables that all threads share.
  static std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);
  Object<GMimeMessage> message(g_mime_message_new(TRUE));
  set_mailbox(message.get(), GMIME_ADDRESS_TYPE_FROM, parts.from);
  if (parts.reply_to) set_mailbox(message.get(), GMIME_ADDRESS_TYPE_REPLY_TO, *parts.reply_to);
  set_mailbox(message.get(), GMIME_ADDRESS_TYPE_TO, parts.to);
  g_mime_message_set_subject(message.get(), ellipsize(header_text(parts.subject), longest_subject).c_str(),
                             utf8);
  GDateTime* date = g_date_time_new_from_unix_utc(parts.date.time_since_epoch().count());
  if (date == nullptr) throw std::runtime_error("a mail's date is out of range");
  g_mime_message_set_date(message.get(), date);
  g_date_time_unref(date);
  const std::string id = parts.message_id.substr(1, parts.message_id.size() - 2);
  g_mime_message_set_message_id(message.get(), id.c_str());
  set_header(message.get(), "Auto-Submitted", "auto-generated");
  set_header(message.get(), "List-Id", list_id_field(parts));
  set_unsubscribe(message.get(), parts);

  std::unique_ptr<GMimeFormatOptions, FreeOptions> options(g_mime_format_options_new());
  g_mime_format_options_set_newline_format(options.get(), GMIME_NEWLINE_FORMAT_DOS);
  std::unique_ptr<char, FreeText> text(g_mime_object_get_headers(GMIME_OBJECT(message.get()), options.get()));
  if (!text) throw std::runtime_error("a mail could not be written");
  return text.get();
}

}  // namespace

Result<Mailbox> parse_mailbox(std::string_view text) {
  Mailbox mailbox;
  const auto open = text.rfind('<');
  if (open == std::string_view::npos) {
    mailbox.address = trim(text);
  } else {
    const auto rest = trim(text.substr(open + 1));
    if (rest.empty() || rest.back() != '>')
      return Error(Errc::invalid_input, "the sender's '<' is not closed");
    mailbox.address = rest.substr(0, rest.size() - 1);
    auto name = trim(text.substr(0, open));
    if (name.size() >= 2 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
    mailbox.name = name;
  }
  if (!is_mail_address(mailbox.address) || !is_valid_utf8(mailbox.name))
    return Error(Errc::invalid_input, "the sender must be name@host or Name <name@host>");
  return mailbox;
}

bool is_message_id(std::string_view id) {
  constexpr std::size_t longest = 254;
  if (id.size() < 3 || id.size() > longest + 2 || id.front() != '<' || id.back() != '>') return false;
  const auto inner = id.substr(1, id.size() - 2);
  const auto open = inner.find("@[");
  if (open == std::string_view::npos) return is_mail_address(inner);
  const auto literal = inner.substr(open + 2);
  if (literal.size() < 2 || literal.back() != ']') return false;
  const bool plain = std::all_of(literal.begin(), literal.end() - 1, [](char c) {
    return c > 0x20 && c < 0x7F && std::string_view("[]\\<>").find(c) == std::string_view::npos;
  });
  return plain && is_mail_address(std::string(inner.substr(0, open)) + "@host");
}

std::string sound_message_id(std::string_view id, std::string_view sender) {
  if (is_message_id(id)) return std::string(id);
  constexpr std::size_t digits = 32;
  const auto at = sender.find('@');
  const std::string left = "<" + sha256_hex(id).substr(0, digits) + "@";
  const std::string made =
      left + std::string(at == std::string_view::npos ? std::string_view{} : sender.substr(at + 1)) + ">";
  return is_message_id(made) ? made : left + "localhost>";
}

std::string to_mime(const MimeParts& parts) {
  std::string mail = head_of(parts);
  mail.reserve(mail.size() + (parts.text.size() + parts.html.size() + 2 * parts.calendar.size()) * 3 / 2 +
               2048);
  BodyWriter(parts, mail).write();
  return mail;
}

}  // namespace convoke::notify
