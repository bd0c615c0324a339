#include "service/gzip.hpp"

#include <libdeflate.h>
#include <zlib.h>

#include <array>
#include <memory>
#include <new>
#include <stdexcept>

namespace convoke::service {
namespace {

constexpr int level = 6;

// libdeflate is faster and packs better, but ends every stream with its last block.
std::string whole(std::string_view bytes) {
  using Compressor = std::unique_ptr<libdeflate_compressor, void (*)(libdeflate_compressor*)>;
  thread_local const Compressor compressor(libdeflate_alloc_compressor(level), libdeflate_free_compressor);
  if (!compressor) throw std::bad_alloc();
  std::string packed(libdeflate_gzip_compress_bound(compressor.get(), bytes.size()), '\0');
  const auto size =
      libdeflate_gzip_compress(compressor.get(), bytes.data(), bytes.size(), packed.data(), packed.size());
  if (size == 0) throw std::logic_error("gzip needs more than its bound");
  packed.resize(size);
  packed.shrink_to_fit();
  return packed;
}

class Deflater {
 public:
  Deflater() {
    constexpr int raw = -MAX_WBITS, most_memory = 9;
    if (deflateInit2(&stream_, level, Z_DEFLATED, raw, most_memory, Z_DEFAULT_STRATEGY) != Z_OK)
      throw std::bad_alloc();
  }
  ~Deflater() { deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  calendar::DeflatedText run(std::string_view text) {
    if (deflateReset(&stream_) != Z_OK) throw std::logic_error("deflate cannot begin again");
    constexpr std::size_t flush_marker = 16;
    calendar::DeflatedText packed;
    packed.bytes.resize(deflateBound(&stream_, text.size()) + flush_marker);
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));  // NOLINT: zlib reads only
    stream_.avail_in = static_cast<uInt>(text.size());
    stream_.next_out = reinterpret_cast<Bytef*>(packed.bytes.data());
    stream_.avail_out = static_cast<uInt>(packed.bytes.size());
    // Full: what follows refers to nothing before, so that any run may stand beside any other.
    if (deflate(&stream_, Z_FULL_FLUSH) != Z_OK || stream_.avail_in != 0 || stream_.avail_out == 0)
      throw std::logic_error("deflate needs more than its bound");
    packed.bytes.resize(packed.bytes.size() - stream_.avail_out);
    packed.bytes.shrink_to_fit();
    packed.crc = libdeflate_crc32(0, text.data(), text.size());
    return packed;
  }

 private:
  z_stream stream_{};
};

calendar::DeflatedText deflated(std::string_view text) {
  thread_local Deflater deflater;
  return deflater.run(text);
}

std::string little_endian(std::uint32_t value) {
  std::string bytes;
  for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(value >> shift & 0xFFU);
  return bytes;
}

// The header without name or time, and the end: an empty last block, the checksum and the size.
constexpr std::array<char, 10> gzip_header = {'\x1f', '\x8b', '\x08', 0, 0, 0, 0, 0, 0, '\xff'};
constexpr std::array<char, 2> last_block = {'\x03', '\x00'};

class GzipRope {
 public:
  GzipRope() { rope_.append(std::make_shared<const std::string>(gzip_header.data(), gzip_header.size())); }

  void add(std::shared_ptr<const calendar::DeflatedText> packed, std::size_t size) {
    crc_ = static_cast<std::uint32_t>(crc32_combine(crc_, packed->crc, static_cast<z_off_t>(size)));
    size_ += size;
    const auto* bytes = &packed->bytes;
    rope_.append(Rope::Piece(std::move(packed), bytes));
  }

  Rope finish() {
    std::string end(last_block.data(), last_block.size());
    end += little_endian(crc_) + little_endian(static_cast<std::uint32_t>(size_));
    rope_.append(std::make_shared<const std::string>(std::move(end)));
    return std::move(rope_);
  }

 private:
  Rope rope_;
  std::uint32_t crc_ = 0;
  std::size_t size_ = 0;
};

bool is_in_runs(const calendar::FeedParts& feed) {
  if (feed.chunks.size() < 2) return false;
  std::size_t size = feed.head->size() + calendar::feed_end()->size();
  for (const auto& chunk : feed.chunks) size += chunk->text()->size();
  return size > longest_compressed_whole;
}

}  // namespace

std::string gzip(std::string_view bytes) {
  return whole(bytes);
}

Rope gzip(const calendar::FeedParts& feed) {
  if (!is_in_runs(feed)) return Rope(whole(feed.rope().text()));
  GzipRope packed;
  const auto add_text = [&](const std::string& text) {
    packed.add(std::make_shared<const calendar::DeflatedText>(deflated(text)), text.size());
  };
  add_text(*feed.head);
  for (const auto& chunk : feed.chunks) {
    auto run = chunk->deflated();
    if (!run) {
      run = std::make_shared<const calendar::DeflatedText>(deflated(*chunk->text()));
      chunk->keep_deflated(run);
    }
    packed.add(std::move(run), chunk->text()->size());
  }
  add_text(*calendar::feed_end());
  return packed.finish();
}

std::size_t bytes_to_compress(const calendar::FeedParts& feed) {
  if (!is_in_runs(feed)) return feed.rope().size();
  std::size_t bytes = feed.head->size();
  for (const auto& chunk : feed.chunks)
    if (!chunk->deflated()) bytes += chunk->text()->size();
  return bytes;
}

}  // namespace convoke::service
