// A PDF as poppler-utils read it.
#pragma once

#include "tests/support/catch.hpp"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include <unistd.h>

namespace convoke::tests {

class PdfFile {
 public:
  explicit PdfFile(const std::string& bytes) {
    static int count = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("convoke-paper-" + std::to_string(::getpid()) + "-" + std::to_string(++count) + ".pdf");
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  ~PdfFile() { std::filesystem::remove(path_); }
  PdfFile(const PdfFile&) = delete;
  PdfFile& operator=(const PdfFile&) = delete;

  // What a program prints about it, complaints included.
  std::string ask(const std::string& program, const std::string& after = "") const {
    const auto command = program + " '" + path_.string() + "' " + after + " 2>&1";
    const auto close = [](FILE* open) { ::pclose(open); };
    const std::unique_ptr<FILE, decltype(close)> pipe(::popen(command.c_str(), "r"), close);
    REQUIRE(pipe);
    std::string text;
    std::array<char, 4096> part{};
    while (const auto n = std::fread(part.data(), 1, part.size(), pipe.get())) text.append(part.data(), n);
    return text;
  }
  std::string text() const { return ask("pdftotext -layout", "-"); }

 private:
  std::filesystem::path path_;
};

}  // namespace convoke::tests
