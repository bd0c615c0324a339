// Another program beside a test: its standard input and output are pipes, and it ends with the test.
#pragma once

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

namespace convoke::tests {

class Child {
 public:
  explicit Child(std::vector<std::string> arguments) {
    int in[2], out[2];
    if (::pipe2(in, 0) != 0 || ::pipe2(out, 0) != 0) throw std::runtime_error("no pipe");
    std::vector<char*> argv;
    for (auto& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(in[0], 0);
      ::dup2(out[1], 1);
      for (const int fd : {in[0], in[1], out[0], out[1]}) ::close(fd);
      ::execv(argv[0], argv.data());
      ::_exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    to_ = ::fdopen(in[1], "w");
    from_ = ::fdopen(out[0], "r");
  }
  ~Child() {
    close_input();
    std::fclose(from_);
    if (pid_ > 0 && !waited_) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
    }
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void write(const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), to_);
    std::fflush(to_);
  }
  void close_input() {
    if (to_ != nullptr) std::fclose(to_);
    to_ = nullptr;
  }
  // The next line without its end; empty at the end of output.
  std::string read_line() {
    std::string line;
    for (int c = std::fgetc(from_); c != EOF && c != '\n'; c = std::fgetc(from_))
      line += static_cast<char>(c);
    return line;
  }
  std::string read_all() {
    std::string text;
    for (int c = std::fgetc(from_); c != EOF; c = std::fgetc(from_)) text += static_cast<char>(c);
    return text;
  }
  // Its exit code; 127 when it could not be started.
  int wait() {
    close_input();
    int status = 0;
    ::waitpid(pid_, &status, 0);
    waited_ = true;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t pid_ = -1;
  bool waited_ = false;
  std::FILE* to_ = nullptr;
  std::FILE* from_ = nullptr;
};

inline constexpr const char* python = "/usr/bin/python3";

// What a Python program answers to `input`; throws when it fails.
inline std::string run_python(const std::string& script, const std::string& input) {
  Child child({python, script});
  child.write(input);
  child.close_input();
  std::string output = child.read_all();
  if (child.wait() != 0) throw std::runtime_error(script + " failed: " + output);
  return output;
}

}  // namespace convoke::tests
