#include "service/passwords.hpp"
#include "service/common_words.hpp"
#include "tests/support/catch.hpp"

#include <string>

using namespace convoke;
using namespace convoke::service;
using namespace std::string_literals;

namespace {

// Bytes that nobody would guess, so that length alone decides.
std::string odd_text(std::size_t size) {
  const std::string from = "kV9#tz!Qw4mLp2&xRs7";
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text += from[(i * 7 + i / from.size()) % from.size()];
  return text;
}

bool accepts(const std::string& password) {
  return check_password(password, "olena.verba@library.example", "Олена Верба").has_value();
}

}  // namespace

TEST_CASE("a password has 12 to 256 bytes") {
  CHECK_FALSE(accepts(odd_text(11)));
  CHECK(accepts(odd_text(12)));
  CHECK(accepts(odd_text(256)));
  CHECK_FALSE(accepts(odd_text(257)));
  const auto runs = password_hash_runs();
  CHECK_FALSE(accepts(std::string(1 << 20, 'x')));
  CHECK(password_hash_runs() == runs);
}

TEST_CASE("every byte of a password counts") {
  const std::string passwords[] = {"верба над водою", " верба над водою",   "верба над водою ",
                                   "Верба над водою", "верба\0над водою"s,  "верба\0над\0водою"s,
                                   odd_text(256),     odd_text(255) + "\n", "\xff\xfe\x00 not utf-8 at all"s};
  for (const auto& password : passwords) {
    CAPTURE(password);
    const auto hash = hash_password(password, cheap_password_cost);
    for (const auto& other : passwords)
      CHECK(fits_password(other, hash, cheap_password_cost) == (other == password));
  }
}

TEST_CASE("passwords that everybody tries first are refused") {
  for (const auto* password :
       {"password1234",  "Password2024!",    "P@ssw0rd2026!",         "pa55word12345",    "qwertyuiop12",
        "1q2w3e4r5t6y",  "qwerty123456",     "qazwsxedcrfv",          "1qaz2wsx3edc",     "asdfghjkl123",
        "zxcvbnm,./12",  "123456789012",     "01.09.2026 01.09.2026", "2026-09-01 12:00", "+380671234567",
        "aaaaaaaaaaaa",  "abababababab",     "111122223333",          "abcdefghijkl",     "zyxwvutsrqpo",
        "iloveyou1234",  "passwordpassword", "dragonmonkey1",         "пароль123456",     "Парольпароль",
        "йцукенгшщзхъ",  "йцукен123456",     "фывапролджэ1",          "абвгдеєжзиїй",     "любовь2026",
        "кохання2026",   "каханне2026",      "солнышко1234",          "слава україні",    "бібліотека2026",
        "библиотека1",   "бібліятэка1",      "gfhjkm123456",          "gfhjkmgfhjkm",     ",s,ksjntrf2026",
        "convoke2026!!", "Convoke-library",  "зфыыцщкв1234",          "k7password123",    "admin1234admin",
        "xkcdxkcdxkcd"}) {
    CAPTURE(password);
    CHECK_FALSE(accepts(password));
  }
}

TEST_CASE("the login and the name are no password however they are dressed up") {
  for (const auto* password : {"olenaverba12", "Olena.Verba2026", "verba_library_1", "Олена Верба 1",
                               "верба12345678", "ВербаОлена!!!", "0lena-verba-7", "library.example"}) {
    CAPTURE(password);
    CHECK_FALSE(accepts(password));
  }
  CHECK(check_password("Stepan-Kruk-1", "olena@library.example", "Олена").has_value());
  CHECK_FALSE(check_password("Stepan-Kruk-1", "stepan.kruk@library.example", "Степан").has_value());
}

TEST_CASE("phrases of words and texts without any pass") {
  for (const auto* password :
       {"вербове листя шумить 7", "three quiet lamps burn", "чотири миші несуть сир", "кракадзіл п'е гарбату",
        "шесть коньков на льду", "password dragon monkey football", "x8!Kq-27vLmz", "tuRnip-kayak-92",
        "ржавый чайник поёт"}) {
    CAPTURE(password);
    CHECK(accepts(password));
  }
}

TEST_CASE("the list of common words has some hundreds of them") {
  CHECK(common_words_known() > 700);
}

TEST_CASE("passwords are hashed with Argon2id at a cost that no program goes below") {
  CHECK(default_password_cost.passes >= least_password_cost.passes);
  CHECK(default_password_cost.memory >= least_password_cost.memory);
  CHECK(Settings{}.password_cost == default_password_cost);
  const auto hash = hash_password("three quiet lamps burn", Settings{}.password_cost);
  CHECK(hash.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"));
  CHECK_FALSE(needs_rehash(hash, default_password_cost));
  CHECK(needs_rehash(hash, least_password_cost));
  CHECK(needs_rehash("broken", default_password_cost));
}

TEST_CASE("a missing hash costs a run and fits nothing") {
  for (const std::string& hash : {""s, "$argon2id$"s, "plain text"s, std::string(500, '$')}) {
    CAPTURE(hash);
    const auto runs = password_hash_runs();
    CHECK_FALSE(fits_password("", hash, cheap_password_cost));
    CHECK_FALSE(fits_password("three quiet lamps burn", hash, cheap_password_cost));
    CHECK(password_hash_runs() == runs + 2);
  }
}
