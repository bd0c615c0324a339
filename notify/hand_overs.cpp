#include "notify/hand_overs.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <system_error>

namespace convoke::notify {
namespace {

constexpr std::uint32_t magic = 0x43564831;  // "CVH1": another layout gets another number

enum Stage : std::uint32_t { unused, begun, end_leaving, heard };

struct Slot {
  std::atomic<std::uint32_t> stage;
  std::uint8_t outcome, unreachable, maybe_delivered, reply_bytes;
  std::int64_t reminder;
  std::array<char, 200> reply;
};
static_assert(std::atomic<std::uint32_t>::is_always_lock_free);

using Id = std::array<char, 64>;

Id id_of(std::string_view text) {
  Id id{};
  text.copy(id.data(), id.size() - 1);
  return id;
}

// Another one after every start of the machine: what was never synced may be gone then.
std::string machine_start() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string line;
  std::getline(file, line);
  return line;
}

Error unavailable(const std::string& path, int error) {
  return {Errc::storage_unavailable,
          "cannot write " + path + ": " + std::generic_category().message(error) +
              "; check that the folder exists, belongs to this user and has space"};
}

}  // namespace

struct HandOvers::Page {
  std::uint32_t magic_number;
  Id machine, dispatcher;
  std::array<Slot, slots> rows;
};

Result<std::unique_ptr<HandOvers>> HandOvers::open(const std::string& path) {
  if (path.empty()) return std::unique_ptr<HandOvers>(new HandOvers(new Page{}, false));
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return unavailable(path, errno);
  // Really allocated: a hole in a mapped file would kill the process when the disk is full.
  if (const int error = ::posix_fallocate(file, 0, sizeof(Page)); error != 0) {
    ::close(file);
    return unavailable(path, error);
  }
  void* const bytes = ::mmap(nullptr, sizeof(Page), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  const int error = errno;
  ::close(file);
  if (bytes == MAP_FAILED) return unavailable(path, error);
  return std::unique_ptr<HandOvers>(new HandOvers(static_cast<Page*>(bytes), true));
}

HandOvers::~HandOvers() {
  if (mapped_)
    ::munmap(page_, sizeof(Page));
  else
    delete page_;
}

bool HandOvers::is_of(std::string_view dispatcher) const {
  return page_->magic_number == magic && page_->machine == id_of(machine_start()) &&
         page_->dispatcher == id_of(dispatcher);
}

std::vector<HandOvers::Left> HandOvers::left() const {
  std::vector<Left> all;
  for (const Slot& slot : page_->rows) {
    const auto stage = slot.stage.load(std::memory_order_acquire);
    if (stage == unused || stage > heard) continue;
    Left one{ReminderId{slot.reminder}, stage != begun, std::nullopt};
    if (stage == heard && slot.outcome <= static_cast<std::uint8_t>(Outcome::refused)) {
      const auto bytes = std::min<std::size_t>(slot.reply_bytes, slot.reply.size());
      one.delivery = Delivery{static_cast<Outcome>(slot.outcome), std::string(slot.reply.data(), bytes),
                              slot.unreachable != 0, slot.maybe_delivered != 0};
    }
    all.push_back(std::move(one));
  }
  return all;
}

void HandOvers::take_over(std::string_view dispatcher) {
  page_->magic_number = 0;
  for (Slot& slot : page_->rows) slot.stage.store(unused, std::memory_order_release);
  page_->machine = id_of(machine_start());
  page_->dispatcher = id_of(dispatcher);
  std::atomic_thread_fence(std::memory_order_release);
  page_->magic_number = magic;
}

std::size_t HandOvers::begin(ReminderId reminder) {
  for (std::size_t i = 0; i < slots; ++i) {
    Slot& slot = page_->rows[i];
    std::uint32_t free = unused;
    // `begun` with the number of another mail for a moment: that is the mail before, which is settled.
    if (!slot.stage.compare_exchange_strong(free, begun, std::memory_order_acq_rel)) continue;
    slot.reminder = reminder.value;
    return i;
  }
  throw std::logic_error("more mails in hand than there are places for");
}

void HandOvers::end_leaves(std::size_t slot) {
  page_->rows[slot].stage.store(end_leaving, std::memory_order_release);
}

void HandOvers::answered(std::size_t slot, const Delivery& delivery) {
  Slot& row = page_->rows[slot];
  row.outcome = static_cast<std::uint8_t>(delivery.outcome);
  row.unreachable = delivery.unreachable ? 1 : 0;
  row.maybe_delivered = delivery.maybe_delivered ? 1 : 0;
  const auto bytes = delivery.reply.copy(row.reply.data(), row.reply.size());
  row.reply_bytes = static_cast<std::uint8_t>(bytes);
  row.stage.store(heard, std::memory_order_release);
}

void HandOvers::release(std::size_t slot) {
  page_->rows[slot].stage.store(unused, std::memory_order_release);
}

}  // namespace convoke::notify
