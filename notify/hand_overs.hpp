// How far each mail in hand has got, kept where the end of the process cannot wipe it: in a small file that
// is mapped into memory. The next process reads there which of the rows that a killed one had claimed were
// never begun, which were answered, and which had their end on the way when the answer was lost: only these
// may come twice. Nothing is synced: after a power cut the file is not believed.
#pragma once

#include "base/result.hpp"
#include "model/ids.hpp"
#include "notify/channel.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::notify {

class HandOvers {
 public:
  // Mails at once that are in hand or whose settling is not stored yet.
  static constexpr std::size_t slots = 512;

  struct Left {
    ReminderId reminder;
    bool end_sent = false;             // the last bytes of the mail were about to leave, or had left
    std::optional<Delivery> delivery;  // the answer, if it was heard
  };

  // With an empty path nothing outlives the process. Errors: storage_unavailable.
  static Result<std::unique_ptr<HandOvers>> open(const std::string& path);
  ~HandOvers();
  HandOvers(const HandOvers&) = delete;
  HandOvers& operator=(const HandOvers&) = delete;

  // Whether `dispatcher` (its boot id) wrote what is in the file, since this machine was started.
  bool is_of(std::string_view dispatcher) const;
  // What it left. Of a dispatcher for which is_of() is false this says nothing.
  std::vector<Left> left() const;
  // From here on the file is `dispatcher`'s, and empty.
  void take_over(std::string_view dispatcher);

  // One slot a mail; each of the four is called by whoever has the slot. Precondition of begin(): fewer than
  // `slots` are taken.
  std::size_t begin(ReminderId reminder);
  void end_leaves(std::size_t slot);
  void answered(std::size_t slot, const Delivery& delivery);
  void release(std::size_t slot);  // what came of it is stored

 private:
  struct Page;
  HandOvers(Page* page, bool mapped) : page_(page), mapped_(mapped) {}

  Page* page_;
  bool mapped_;
};

}  // namespace convoke::notify
