// The program. What it can do is in app/commands.cpp.
#include "app/commands.hpp"

#include <cstdio>
#include <exception>
#include <string>
#include <vector>

int main(int argc, char** argv) {
  try {
    return convoke::app::run_command({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "convoke: %s\n", error.what());
    return 1;
  }
}
