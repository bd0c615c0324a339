// Whatever an event, a place or a person is called: the mail has its own headers and no other and its
// parts, every line of it fits SMTP, and a MIME parser reads the subject without a line break (threats M1,
// M2).
#include "notify/message.hpp"
#include "notify/planner.hpp"

#include <gmime/gmime.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace convoke;
using namespace convoke::notify;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

// The bytes up to the next 0xFE, which no text has.
std::string_view next(std::string_view& rest) {
  const auto end = rest.find('\xFE');
  const auto field = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  return field;
}

void check_lines(std::string_view bytes) {
  constexpr std::size_t longest = 998;  // RFC 5322 2.1.1
  std::size_t begin = 0;
  while (begin < bytes.size()) {
    const auto end = bytes.find("\r\n", begin);
    require(end != std::string_view::npos && end - begin <= longest);
    for (const char c : bytes.substr(begin, end - begin))
      require(c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7F));
    begin = end + 2;
  }
}

int count_headers(std::string_view bytes) {
  int count = 0;
  for (std::size_t at = 0; bytes.substr(at, 2) != "\r\n"; at = bytes.find("\r\n", at) + 2)
    if (bytes[at] != ' ' && bytes[at] != '\t') ++count;
  return count;
}

void check_message(const std::string& bytes, bool has_file) {
  GMimeStream* stream = g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size());
  GMimeParser* parser = g_mime_parser_new_with_stream(stream);
  GMimeMessage* message = g_mime_parser_construct_message(parser, nullptr);
  require(message != nullptr);
  const char* subject = g_mime_message_get_subject(message);
  require(subject != nullptr && std::string_view(subject).find_first_of("\r\n") == std::string_view::npos);
  require(internet_address_list_length(g_mime_message_get_to(message)) == 1);
  auto* mixed = GMIME_MULTIPART(g_mime_message_get_mime_part(message));
  require(g_mime_multipart_get_count(mixed) == (has_file ? 2 : 1));
  require(g_mime_multipart_get_count(GMIME_MULTIPART(g_mime_multipart_get_part(mixed, 0))) == 2);
  g_object_unref(message);
  g_object_unref(parser);
  g_object_unref(stream);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  Event event;
  event.id = EventId{7};
  event.uid = "3f1c2b7e-9f52-4c59-8a0f-2f6f0d1f7a11";
  event.zone = "Europe/Kyiv";
  event.period = make_dated(make_date(2024, 11, 14), std::chrono::hours{10});
  event.title = next(rest);
  event.place = next(rest);
  event.online_url = next(rest);
  event.note = next(rest);
  event.agenda = {std::string(next(rest))};
  Person person;
  person.id = PersonId{1};
  person.email = "reader@example.org";
  person.name = next(rest);
  person.language = all_languages[size % all_languages.size()];
  Responsible responsible;
  responsible.name = next(rest);
  event.responsible = {responsible};
  MailSettings settings;
  settings.from.address = "plans@example.org";
  settings.base_url = "https://plans.example.org";
  settings.association = next(rest);
  if (size % 2 == 1) settings.reply_to = Mailbox{std::string(next(rest)), "keeper@example.org"};

  auto reminders = plan_reminders(event, {"person:1"}, default_rules(), Instant{});
  const auto odd_id = next(rest);
  if (!odd_id.empty()) reminders[size % reminders.size()].message_id = odd_id;
  const auto& reminder = reminders[size % reminders.size()];
  const auto mail = render_mail(reminder, event, person, settings, reminders.front().due);
  check_lines(mail.bytes);
  require(count_headers(mail.bytes) ==
          (settings.reply_to ? mail_header_count_with_reply : mail_header_count));
  // What is over needs no entry in a calendar.
  check_message(mail.bytes, reminder.reason != ReminderReason::overdue);
  return 0;
}
