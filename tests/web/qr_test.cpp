#include "web/qr.hpp"
#include "tests/support/catch.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>

#include <unistd.h>

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;

namespace {

std::string output_of(const std::string& command) {
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::array<char, 512> bytes{};
  while (const auto size = std::fread(bytes.data(), 1, bytes.size(), pipe)) out.append(bytes.data(), size);
  pclose(pipe);
  return out;
}

bool readers_are_there() {
  return std::system("command -v rsvg-convert >/dev/null && command -v zbarimg >/dev/null") == 0;
}

// What a reader that is not ours sees in the picture, `pixels` wide on white paper.
std::string decoded(const std::string& svg, int pixels) {
  const auto folder = std::filesystem::temp_directory_path() / ("convoke-qr-" + std::to_string(getpid()));
  std::filesystem::create_directory(folder);
  std::ofstream(folder / "code.svg") << svg;
  const auto base = (folder / "code").string();
  auto text = output_of("rsvg-convert -b white -w " + std::to_string(pixels) + " -o " + base + ".png " +
                        base + ".svg && zbarimg --quiet --raw --nodbus " + base + ".png 2>/dev/null");
  std::filesystem::remove_all(folder);
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

std::string address_of(std::size_t length) {
  std::string address = "https://plans.example.org/feeds/all.ics?responsible=";
  for (int i = 0; address.size() < length; ++i) address += "%D0%B" + std::to_string(i % 10) + "-";
  return address.substr(0, length);
}

}  // namespace

TEST_CASE("a camera reads from the code the address that was put in") {
  if (!readers_are_there()) {
    WARN("skipped: rsvg-convert and zbarimg are not installed");
    return;
  }
  for (const auto& address :
       {std::string("https://a.example/"), std::string("webcal://plans.example.org/feeds/all.ics"),
        address_of(200), address_of(longest_qr_text)}) {
    CAPTURE(address);
    const auto svg = qr_svg(address, "code");
    REQUIRE(svg);
    CHECK(decoded(*svg, 600) == address);
  }
  CHECK(decoded(*qr_svg(address_of(200), "code"), 180) == address_of(200));  // the size of a phone's screen
}

TEST_CASE("a code has its quiet zone and no part that a content policy would refuse") {
  const auto svg = *qr_svg("https://plans.example.org/", "Код <адреси> & \"назва\"");
  CHECK_THAT(
      svg, Contains("role=\"img\"") && Contains("<title>Код &lt;адреси&gt; &amp; &quot;назва&quot;</title>"));
  CHECK_THAT(svg, !Contains("style") && !Contains("<script") && !Contains(" id="));
  std::smatch box;
  REQUIRE(std::regex_search(svg, box, std::regex("viewBox=\"0 0 (\\d+) \\1\"")));
  const int side = std::stoi(box[1]);
  const std::string path = svg.substr(svg.find(" d=\""));
  const std::regex run("M(\\d+) (\\d+)h(\\d+)v1h-\\3z");
  int nearest = side;
  for (std::sregex_iterator i(path.begin(), path.end(), run), end; i != end; ++i) {
    const int x = std::stoi((*i)[1]), y = std::stoi((*i)[2]), width = std::stoi((*i)[3]);
    nearest = std::min({nearest, x, y, side - (x + width), side - (y + 1)});
  }
  CHECK(nearest == 4);
  CHECK(svg == *qr_svg("https://plans.example.org/", "Код <адреси> & \"назва\""));
}

TEST_CASE("what no camera could read is refused in words") {
  CHECK(qr_svg("", "x").error().code == Errc::invalid_input);
  CHECK(qr_svg(std::string("a\0b", 3), "x").error().code == Errc::invalid_input);
  CHECK(qr_svg("a\r\nb", "x").error().code == Errc::invalid_input);
  CHECK(qr_svg("\xC3", "x").error().code == Errc::invalid_input);
  CHECK(qr_svg(std::string(longest_qr_text, 'a'), "x"));
  CHECK(qr_svg(std::string(longest_qr_text + 1, 'a'), "x").error().code == Errc::limit_exceeded);
}
