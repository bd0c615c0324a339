#include "notify/inbound_mail.hpp"

#include "base/text.hpp"
#include "notify/delivery_report.hpp"
#include "notify/mime.hpp"
#include "notify/recipients.hpp"
#include "notify/retry.hpp"

#include <fmt/format.h>
#include <gmime/gmime.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace convoke::notify {
namespace {

constexpr std::size_t longest_reason = 300;  // code points

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template<class T>
using Object = std::unique_ptr<T, Unref>;

void initialise_once() {
  static const bool ready = [] {
    g_mime_init();
    return true;
  }();
  (void)ready;
}

bool begins_with(std::string_view line, std::string_view lower_name) {
  return line.size() >= lower_name.size() &&
         std::equal(lower_name.begin(), lower_name.end(), line.begin(), [](char expected, char c) {
           return (c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) == expected;
         });
}

// A part cannot be nested in another without a line that says so, whatever follows it.
std::optional<Error> check_size(std::string_view bytes) {
  if (bytes.size() > largest_inbound_mail)
    return Error{Errc::limit_exceeded,
                 fmt::format("the mail is larger than {} MB", largest_inbound_mail / 1024 / 1024)};
  std::size_t parts = 0, head = 0;
  bool in_head = true;
  while (!bytes.empty()) {
    const auto end = bytes.find('\n');
    auto line = bytes.substr(0, end);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) in_head = false;
    if (in_head && ++head > most_inbound_header_lines)
      return Error{Errc::limit_exceeded,
                   fmt::format("more than {} lines of headers", most_inbound_header_lines)};
    if (begins_with(line, "content-type") && ++parts > most_inbound_parts)
      return Error{Errc::limit_exceeded, fmt::format("more than {} parts", most_inbound_parts)};
  }
  return std::nullopt;
}

std::string header_of(GMimeObject* object, const char* name) {
  const char* value = g_mime_object_get_header(object, name);
  return value == nullptr ? std::string{} : collapse_spaces(to_valid_utf8(value));
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// Somebody who writes for several says not who answers.
std::string only_address(InternetAddressList* list) {
  if (list == nullptr || internet_address_list_length(list) != 1) return {};
  InternetAddress* one = internet_address_list_get_address(list, 0);
  if (!INTERNET_ADDRESS_IS_MAILBOX(one)) return {};
  const char* address = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one));
  std::string lower = address == nullptr ? std::string{} : lower_ascii(address);
  return is_mail_address(lower) ? lower : std::string{};
}

bool is_automatic(GMimeObject* message) {
  const std::string submitted = lower_ascii(header_of(message, "Auto-Submitted"));
  const std::string precedence = lower_ascii(header_of(message, "Precedence"));
  return (!submitted.empty() && submitted != "no") || precedence == "bulk" || precedence == "auto_reply" ||
         precedence == "list" || !header_of(message, "X-Autoreply").empty() ||
         !header_of(message, "List-Id").empty();
}

std::string bytes_of(GMimePart* part) {
  GMimeDataWrapper* content = g_mime_part_get_content(part);
  if (content == nullptr) return {};
  Object<GMimeStream> stream(g_mime_stream_mem_new());
  if (g_mime_data_wrapper_write_to_stream(content, stream.get()) < 0) return {};
  const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
  return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

struct FreeText {
  void operator()(char* text) const { g_free(text); }
};

// As UTF-8, whatever charset the part says it is in.
std::string text_of(GMimeObject* part) {
  if (GMIME_IS_TEXT_PART(part)) {
    const std::unique_ptr<char, FreeText> text(g_mime_text_part_get_text(GMIME_TEXT_PART(part)));
    return text ? std::string(text.get()) : std::string{};
  }
  return GMIME_IS_PART(part) ? bytes_of(GMIME_PART(part)) : std::string{};
}

bool is_type(GMimeObject* part, const char* type, const char* subtype) {
  return g_mime_content_type_is_type(g_mime_object_get_content_type(part), type, subtype) != FALSE;
}

std::string bracketed(std::string_view id) {
  std::string out = "<" + std::string(trim(id)) + ">";
  return is_message_id(out) ? out : std::string{};
}

class Reader {
 public:
  explicit Reader(InboundMail& into) : into_(into) {}

  // Depth is bounded by the number of parts.
  void visit(GMimeObject* part) {
    if (GMIME_IS_MULTIPART(part)) {
      into_.is_report = into_.is_report || is_type(part, "multipart", "report");
      auto* multipart = GMIME_MULTIPART(part);
      for (int i = 0; i < g_mime_multipart_get_count(multipart); ++i)
        if (auto* child = g_mime_multipart_get_part(multipart, i)) visit(child);
    } else if (is_type(part, "message", "delivery-status") ||
               is_type(part, "message", "global-delivery-status")) {
      if (into_.report.empty()) read_report(text_of(part));
    } else if (GMIME_IS_MESSAGE_PART(part)) {
      read_returned(g_mime_message_part_get_message(GMIME_MESSAGE_PART(part)));
    } else if (is_type(part, "text", "rfc822-headers") || is_type(part, "message", "global-headers")) {
      if (into_.returned_id.empty()) into_.returned_id = bracketed(message_id_in(text_of(part)));
    } else if (into_.calendar.empty() && is_type(part, "text", "calendar")) {
      into_.calendar = text_of(part);
    }
  }

 private:
  void read_report(std::string_view text) {
    for (auto& one : read_delivery_status(text, most_reported_recipients)) {
      one.why = ellipsize(without_addresses(strip_controls(collapse_spaces(to_valid_utf8(one.why)))),
                          longest_reason);
      into_.report.push_back(std::move(one));
    }
  }

  // What came back: only its name is looked at. A mail that is forwarded to us is somebody else's.
  void read_returned(GMimeMessage* message) {
    if (message == nullptr || !into_.returned_id.empty()) return;
    if (const char* id = g_mime_message_get_message_id(message)) into_.returned_id = bracketed(id);
  }

  InboundMail& into_;
};

}  // namespace

Result<InboundMail> read_inbound(std::string_view bytes) {
  if (auto error = check_size(bytes)) return std::move(*error);
  initialise_once();
  Object<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  Object<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  Object<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
  if (!message) return Error{Errc::unsupported_format, "this is no mail"};
  InboundMail mail;
  mail.from = only_address(g_mime_message_get_from(message.get()));
  mail.automatic = is_automatic(GMIME_OBJECT(message.get()));
  if (auto* body = g_mime_message_get_mime_part(message.get())) Reader(mail).visit(body);
  const bool has_headers =
      g_mime_header_list_get_count(g_mime_object_get_header_list(GMIME_OBJECT(message.get()))) > 0;
  if (!has_headers) return Error{Errc::unsupported_format, "this is no mail"};
  if (!mail.is_report) mail.report.clear();
  return mail;
}

}  // namespace convoke::notify
