// Decoding with Cairo (PNG) and libjpeg, whose errors are jumps: nothing with a destructor lives in a
// function that is jumped out of.
#include "documents/picture.hpp"

#include <cairo.h>

#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>

#include <jpeglib.h>

namespace convoke::documents {
namespace {

// Of a progressive file: each scan goes over the whole picture, and a small file can have thousands.
constexpr int most_scans = 30;
constexpr int kept_quality = 90;

struct Free {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};
using Surface = std::unique_ptr<cairo_surface_t, Free>;

Error undecodable() {
  return {Errc::invalid_input, "the picture is damaged: it cannot be decoded"};
}

struct Trouble {
  jpeg_error_mgr base;
  std::jmp_buf back;
};

[[noreturn]] void jump_back(j_common_ptr info) {
  std::longjmp(reinterpret_cast<Trouble*>(info->err)->back, 1);
}

// A file that is cut off is a warning to libjpeg, which makes up the rest.
void take_warning(j_common_ptr info, int level) {
  if (level < 0) jump_back(info);
}

void say_nothing(j_common_ptr) {}

void watch_scans(j_common_ptr info) {
  const auto* const reading = reinterpret_cast<j_decompress_ptr>(info);
  if (reading->input_scan_number > most_scans) jump_back(info);
}

void set_up(Trouble& trouble) {
  jpeg_std_error(&trouble.base);
  trouble.base.error_exit = jump_back;
  trouble.base.emit_message = take_warning;
  trouble.base.output_message = say_nothing;
}

// Pixels as Cairo keeps them in CAIRO_FORMAT_RGB24: blue, green, red and a byte that nobody reads.
struct Pixels {
  std::unique_ptr<unsigned char[]> bytes;
  int width = 0, height = 0;
  int stride() const { return width * 4; }
};

// Both set_up() and jpeg_create_decompress() came before. Nothing is set here that is read after a jump.
bool decode(jpeg_decompress_struct& info, Trouble& trouble, std::string_view bytes, Pixels& out) {
  if (setjmp(trouble.back) != 0) return false;
  jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  if (jpeg_read_header(&info, TRUE) != JPEG_HEADER_OK) return false;
  if (info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK) return false;
  info.out_color_space = JCS_EXT_BGRX;
  while (info.scale_denom < 8 && info.image_width / (info.scale_denom * 2) >= kept_width)
    info.scale_denom *= 2;
  if (jpeg_start_decompress(&info) == FALSE) return false;
  out.width = static_cast<int>(info.output_width);
  out.height = static_cast<int>(info.output_height);
  out.bytes.reset(new unsigned char[static_cast<std::size_t>(out.stride()) * info.output_height]);
  while (info.output_scanline < info.output_height) {
    JSAMPROW row = out.bytes.get() + static_cast<std::size_t>(out.stride()) * info.output_scanline;
    jpeg_read_scanlines(&info, &row, 1);
  }
  return jpeg_finish_decompress(&info) != FALSE;
}

Result<Pixels> decode_jpeg(std::string_view bytes) {
  jpeg_decompress_struct info{};
  jpeg_progress_mgr progress{};
  Trouble trouble{};
  Pixels pixels;
  set_up(trouble);
  info.err = &trouble.base;
  jpeg_create_decompress(&info);
  progress.progress_monitor = watch_scans;
  info.progress = &progress;
  const bool done = decode(info, trouble, bytes, pixels);
  const bool four_inks = info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK;
  jpeg_destroy_decompress(&info);
  if (four_inks)
    return Error(Errc::unsupported_format, "the picture is in the colours of print (CMYK): save it as RGB");
  if (!done) return undecodable();
  return pixels;
}

struct Written {
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
};

bool encode(jpeg_compress_struct& info, Trouble& trouble, const unsigned char* pixels, int stride,
            Written& out) {
  if (setjmp(trouble.back) != 0) return false;
  jpeg_mem_dest(&info, &out.bytes, &out.size);
  info.input_components = 4;
  info.in_color_space = JCS_EXT_BGRX;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, kept_quality, TRUE);
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    auto* row = const_cast<JSAMPROW>(pixels + static_cast<std::size_t>(stride) * info.next_scanline);
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  return true;
}

Result<Picture> encoded(cairo_surface_t* surface) {
  cairo_surface_flush(surface);
  Picture picture;
  picture.width = cairo_image_surface_get_width(surface);
  picture.height = cairo_image_surface_get_height(surface);
  jpeg_compress_struct info{};
  Trouble trouble{};
  Written written;
  set_up(trouble);
  info.err = &trouble.base;
  jpeg_create_compress(&info);
  info.image_width = static_cast<JDIMENSION>(picture.width);
  info.image_height = static_cast<JDIMENSION>(picture.height);
  const bool done = encode(info, trouble, cairo_image_surface_get_data(surface),
                           cairo_image_surface_get_stride(surface), written);
  jpeg_destroy_compress(&info);
  // Who owns the bytes when writing broke off, libjpeg does not say: memory was out.
  if (!done) return undecodable();
  picture.jpeg.assign(reinterpret_cast<const char*>(written.bytes), written.size);
  std::free(written.bytes);  // of libjpeg's malloc()
  return picture;
}

struct Source {
  std::string_view rest;
};

cairo_status_t give(void* closure, unsigned char* out, unsigned int length) {
  auto& rest = static_cast<Source*>(closure)->rest;
  if (rest.size() < length) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(out, rest.data(), length);
  rest.remove_prefix(length);
  return CAIRO_STATUS_SUCCESS;
}

// Laid on white, and made smaller when it is larger than paper needs.
Result<Picture> laid_on_white(cairo_surface_t* source) {
  const int width = cairo_image_surface_get_width(source), height = cairo_image_surface_get_height(source);
  if (width <= 0 || height <= 0) return undecodable();
  const double scale =
      std::min({1.0, static_cast<double>(kept_width) / width, static_cast<double>(kept_height) / height});
  const int to_width = std::max(1, static_cast<int>(width * scale)),
            to_height = std::max(1, static_cast<int>(height * scale));
  const Surface target(cairo_image_surface_create(CAIRO_FORMAT_RGB24, to_width, to_height));
  const std::unique_ptr<cairo_t, Free> context(cairo_create(target.get()));
  cairo_set_source_rgb(context.get(), 1, 1, 1);
  cairo_paint(context.get());
  cairo_scale(context.get(), static_cast<double>(to_width) / width, static_cast<double>(to_height) / height);
  cairo_set_source_surface(context.get(), source, 0, 0);
  cairo_pattern_set_filter(cairo_get_source(context.get()), CAIRO_FILTER_GOOD);
  cairo_pattern_set_extend(cairo_get_source(context.get()), CAIRO_EXTEND_PAD);
  cairo_paint(context.get());
  if (cairo_status(context.get()) != CAIRO_STATUS_SUCCESS) return undecodable();
  return encoded(target.get());
}

}  // namespace

Result<Picture> read_picture(std::string_view bytes) {
  if (bytes.size() > largest_picture_file)
    return Error(Errc::limit_exceeded, "the picture's file is larger than 8 MB");
  const auto head = picture_head(bytes);
  if (!head) return head.error();
  if (head->width > longest_picture_side || head->height > longest_picture_side ||
      static_cast<long>(head->width) * head->height > most_picture_pixels)
    return Error(Errc::limit_exceeded, "the picture has more than 24 million pixels: make it smaller");
  if (head->kind == PictureKind::png) {
    Source from{bytes};
    const Surface surface(cairo_image_surface_create_from_png_stream(give, &from));
    if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return undecodable();
    return laid_on_white(surface.get());
  }
  const auto pixels = decode_jpeg(bytes);
  if (!pixels) return pixels.error();
  const Surface surface(cairo_image_surface_create_for_data(pixels->bytes.get(), CAIRO_FORMAT_RGB24,
                                                            pixels->width, pixels->height, pixels->stride()));
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return undecodable();
  return laid_on_white(surface.get());
}

Result<Picture> kept_picture(std::string bytes) {
  const auto head = picture_head(bytes);
  if (!head) return head.error();
  if (head->kind != PictureKind::jpeg || head->width > kept_width || head->height > kept_height)
    return undecodable();
  Picture picture;
  picture.width = head->width;
  picture.height = head->height;
  picture.jpeg = std::move(bytes);
  return picture;
}

}  // namespace convoke::documents
