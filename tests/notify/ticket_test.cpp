// Tickets in mails: a picture that mail programs draw.
#include "model/door_address.hpp"
#include "notify/mime.hpp"
#include "notify/ticket_picture.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>

using namespace convoke;
using namespace convoke::notify;

TEST_CASE("a ticket is a small square PNG and another code is another picture") {
  const auto address = door_address("https://plans.example.org", "Zx9-_abcDEF0123456789q");
  const auto png = ticket_picture(address);
  REQUIRE(png.size() > 33);
  CHECK(png.substr(0, 8) == "\x89PNG\r\n\x1A\n");
  CHECK(png.substr(12, 4) == "IHDR");
  CHECK(png.substr(16, 4) == png.substr(20, 4));
  // Version 4 (33 modules) with a quiet zone of four, eight pixels each.
  CHECK(static_cast<unsigned char>(png[18]) * 256 + static_cast<unsigned char>(png[19]) == (33 + 8) * 8);
  CHECK(png.ends_with("IEND\xAE\x42\x60\x82"));
  CHECK(png.size() < 2'000);
  CHECK(ticket_picture(address) == png);
  CHECK(ticket_picture(address + "r") != png);
}

TEST_CASE("the tickets of a party go along as attached pictures after the calendar file") {
  MimeParts parts;
  parts.from = parts.to = {"", "plans@example.org"};
  parts.list_id = "reminders.example.org";
  parts.subject = "s";
  parts.message_id = "<id@example.org>";
  parts.text = "t";
  parts.html = "<p>t</p>";
  parts.calendar = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";
  CHECK(to_mime(parts).find("image/png") == std::string::npos);
  parts.pictures.emplace_back("ticket-1.png", std::string(57, '\0'));
  parts.pictures.emplace_back("ticket-2.png", "\r\n.");
  const auto mail = to_mime(parts);
  const auto first = mail.find(
      "Content-Type: image/png; name=\"ticket-1.png\"\r\n"
      "Content-Disposition: attachment; filename=\"ticket-1.png\"\r\n"
      "Content-Transfer-Encoding: base64\r\n\r\n" +
      std::string(76, 'A') + "\r\n--=-");
  REQUIRE(first != std::string::npos);
  CHECK(mail.find("text/calendar") < first);
  // The bytes as they are: no line end of a text is added to a picture.
  CHECK(mail.find("\"ticket-2.png\"\r\nContent-Transfer-Encoding: base64\r\n\r\nDQou\r\n--=-") > first);
  CHECK(mail.find("DQou") != std::string::npos);
}
