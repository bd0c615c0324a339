#include "notify/mime.hpp"

#include "base/text.hpp"
#include "notify/recipients.hpp"

#include <gmime/gmime.h>

#include <memory>
#include <stdexcept>

namespace convoke::notify {
namespace {

constexpr std::size_t longest_subject = 120, longest_name = 100;  // code points
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
std::string header_text(std::string_view text, std::size_t limit) {
  std::string line = ellipsize(strip_controls(collapse_spaces(to_valid_utf8(text))), limit);
  for (auto at = line.find("=?"); at != std::string::npos; at = line.find("=?", at)) line.insert(at + 1, " ");
  return line;
}

Object<GMimePart> leaf(const char* type, const char* subtype, const std::string& bytes) {
  Object<GMimePart> part(g_mime_part_new_with_type(type, subtype));
  g_mime_object_set_content_type_parameter(GMIME_OBJECT(part.get()), "charset", utf8);
  Object<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  Object<GMimeDataWrapper> content(
      g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
  g_mime_part_set_content(part.get(), content.get());
  g_mime_part_set_content_encoding(part.get(), GMIME_CONTENT_ENCODING_BASE64);
  return part;
}

// Text bodies travel with CR LF line ends also within base64 (RFC 2045 6.8).
std::string with_crlf(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 32);
  char before = '\0';
  for (const char c : text) {
    if (c == '\n' && before != '\r') out += '\r';
    out += c;
    before = c;
  }
  return out;
}

void add(GMimeMultipart* multipart, GMimePart* part) {
  g_mime_multipart_add(multipart, GMIME_OBJECT(part));
}

Object<GMimeMultipart> body_of(const MimeParts& parts) {
  Object<GMimeMultipart> alternative(g_mime_multipart_new_with_subtype("alternative"));
  add(alternative.get(), leaf("text", "plain", with_crlf(parts.text)).get());
  add(alternative.get(), leaf("text", "html", with_crlf(parts.html)).get());

  Object<GMimeMultipart> mixed(g_mime_multipart_new_with_subtype("mixed"));
  g_mime_multipart_add(mixed.get(), GMIME_OBJECT(alternative.get()));
  if (!parts.calendar.empty()) {
    const auto file = leaf("text", "calendar", with_crlf(parts.calendar));
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(file.get()), "method", "PUBLISH");
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(file.get()), "name", "event.ics");
    g_mime_object_set_disposition(GMIME_OBJECT(file.get()), "attachment");
    g_mime_object_set_content_disposition_parameter(GMIME_OBJECT(file.get()), "filename", "event.ics");
    add(mixed.get(), file.get());
  }
  return mixed;
}

void set_mailbox(GMimeMessage* message, GMimeAddressType type, const Mailbox& mailbox) {
  const std::string name = header_text(mailbox.name, longest_name);
  InternetAddressList* list = g_mime_message_get_addresses(message, type);
  Object<InternetAddress> address(
      internet_address_mailbox_new(name.empty() ? nullptr : name.c_str(), mailbox.address.c_str()));
  internet_address_set_charset(address.get(), utf8);
  internet_address_list_add(list, address.get());
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

std::string to_mime(const MimeParts& parts) {
  initialise_once();
  Object<GMimeMessage> message(g_mime_message_new(TRUE));
  set_mailbox(message.get(), GMIME_ADDRESS_TYPE_FROM, parts.from);
  set_mailbox(message.get(), GMIME_ADDRESS_TYPE_TO, parts.to);
  g_mime_message_set_subject(message.get(), header_text(parts.subject, longest_subject).c_str(), utf8);
  GDateTime* date = g_date_time_new_from_unix_utc(parts.date.time_since_epoch().count());
  if (date == nullptr) throw std::runtime_error("a mail's date is out of range");
  g_mime_message_set_date(message.get(), date);
  g_date_time_unref(date);
  const std::string id = parts.message_id.substr(1, parts.message_id.size() - 2);
  g_mime_message_set_message_id(message.get(), id.c_str());
  g_mime_object_set_header(GMIME_OBJECT(message.get()), "Auto-Submitted", "auto-generated", utf8);
  g_mime_message_set_mime_part(message.get(), GMIME_OBJECT(body_of(parts).get()));

  std::unique_ptr<GMimeFormatOptions, FreeOptions> options(g_mime_format_options_new());
  g_mime_format_options_set_newline_format(options.get(), GMIME_NEWLINE_FORMAT_DOS);
  Object<GMimeStream> stream(g_mime_stream_mem_new());
  if (g_mime_object_write_to_stream(GMIME_OBJECT(message.get()), options.get(), stream.get()) < 0)
    throw std::runtime_error("a mail could not be written");
  const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
  return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

}  // namespace convoke::notify
