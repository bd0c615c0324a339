#include "db/sqlite/process_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <thread>

namespace convoke::db::sqlite {
namespace {

using std::chrono::milliseconds;

// Bytes of the lock file that stand for a role. They lie outside the mapped page's use; nothing is stored
// there.
constexpr off_t server_byte = 1024;
constexpr off_t open_byte = 1025;
constexpr off_t file_bytes = 4096;

// flock() has no time-out: a waiter asks again this often, and says so for a little longer than that.
constexpr milliseconds ask_again{1};
constexpr milliseconds wanted_for{10};

// An "open file description" lock: unlike a classic record lock it belongs to the descriptor, so that two
// stores of one process exclude each other too, and closing some other descriptor does not drop it.
bool lock_byte(int descriptor, off_t byte, short type) {
  struct flock request {};
  request.l_type = type;
  request.l_whence = SEEK_SET;
  request.l_start = byte;
  request.l_len = 1;
  return ::fcntl(descriptor, F_OFD_SETLK, &request) == 0;
}

std::int64_t monotonic_now() {
  return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

Error unavailable(const std::string& path, int error) {
  return {Errc::storage_unavailable,
          "cannot write " + path + ": " + std::generic_category().message(error) +
              "; check that the folder exists, belongs to this user and has space"};
}

}  // namespace

Result<std::unique_ptr<ProcessLock>> ProcessLock::open(const std::string& database_path) {
  const std::string path = database_path + ".lock";
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) return unavailable(path, errno);
  // Really allocated: a hole in a mapped file would kill the process when the disk is full.
  if (const int error = ::posix_fallocate(descriptor, 0, file_bytes); error != 0) {
    ::close(descriptor);
    return unavailable(path, error);
  }
  void* page = ::mmap(nullptr, file_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  if (page == MAP_FAILED) {
    const int error = errno;
    ::close(descriptor);
    return unavailable(path, error);
  }
  std::unique_ptr<ProcessLock> lock(new ProcessLock(descriptor, static_cast<Shared*>(page)));
  if (!lock_byte(descriptor, open_byte, F_RDLCK))
    return Error{Errc::conflict, "the database is being restored; try again when that has ended"};
  return lock;
}

ProcessLock::~ProcessLock() {
  ::munmap(shared_, file_bytes);
  ::close(descriptor_);  // gives every lock back
}

bool ProcessLock::become_server() {
  return lock_byte(descriptor_, server_byte, F_WRLCK);
}

bool ProcessLock::held_by_others(off_t byte, short type) const {
  struct flock request {};
  request.l_type = type;
  request.l_whence = SEEK_SET;
  request.l_start = byte;
  request.l_len = 1;
  return ::fcntl(descriptor_, F_OFD_GETLK, &request) == 0 && request.l_type != F_UNLCK;
}

bool ProcessLock::another_serves() const {
  return held_by_others(server_byte, F_RDLCK);
}

bool ProcessLock::others_have_it_open() const {
  return held_by_others(open_byte, F_WRLCK);
}

bool ProcessLock::become_only_one() {
  return lock_byte(descriptor_, open_byte, F_WRLCK);
}

// A busy server would take the lock again at once, and a command beside it would wait for ever.
void ProcessLock::let_others_first() const {
  const auto left = shared_->wanted_until.load(std::memory_order_relaxed) - monotonic_now();
  if (left > 0 && left <= wanted_for.count()) std::this_thread::sleep_for(2 * ask_again);
}

bool ProcessLock::lock_writing(milliseconds patience) {
  let_others_first();
  const auto give_up = std::chrono::steady_clock::now() + patience;
  while (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return false;
    if (std::chrono::steady_clock::now() >= give_up) return false;
    shared_->wanted_until.store(monotonic_now() + wanted_for.count(), std::memory_order_relaxed);
    std::this_thread::sleep_for(ask_again);
  }
  return true;
}

void ProcessLock::unlock_writing() {
  ::flock(descriptor_, LOCK_UN);
}

void ProcessLock::raise_last_change(std::int64_t number) {
  auto seen = shared_->last_change.load(std::memory_order_relaxed);
  while (seen < number &&
         !shared_->last_change.compare_exchange_weak(seen, number, std::memory_order_release)) {
  }
}

void ProcessLock::set_last_change(std::int64_t number) {
  shared_->last_change.store(number, std::memory_order_release);
}

}  // namespace convoke::db::sqlite
