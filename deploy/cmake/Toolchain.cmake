# Compiler flags, sanitizers and the libraries every layer may need.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
endif()

set(CONVOKE_SANITIZER "" CACHE STRING "address (with undefined), thread, fuzzer, or empty")
option(PCH "Use precompiled headers" ON)

add_library(convoke_flags INTERFACE)
target_compile_options(convoke_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror
  $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
target_include_directories(convoke_flags INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/src)
# Asio and Beast are compiled once, in web/; the definitions must be the same in every file (one-definition rule).
target_compile_definitions(convoke_flags INTERFACE
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED
  CONVOKE_VERSION="${PROJECT_VERSION}")

set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
if(CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
  target_compile_options(convoke_flags INTERFACE -D_FORTIFY_SOURCE=2 -D_GLIBCXX_ASSERTIONS -fstack-protector-strong)
  target_link_options(convoke_flags INTERFACE -pie -Wl,-z,relro,-z,now)
endif()
if(CONVOKE_SANITIZER STREQUAL "address")
  # Without "vptr": it opens a pipe to look at an object's type and takes every object for a bad one when the tests
  # that run out of descriptors leave it none. The fuzz targets are built with it.
  set(flags -fsanitize=address,undefined -fno-sanitize=function,vptr -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
elseif(CONVOKE_SANITIZER STREQUAL "thread")
  set(flags -fsanitize=thread)
elseif(CONVOKE_SANITIZER STREQUAL "fuzzer")
  set(flags -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize=function -fno-sanitize-recover=undefined)
endif()
if(flags)
  target_compile_options(convoke_flags INTERFACE ${flags})
  target_link_options(convoke_flags INTERFACE ${flags})
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_link_options(convoke_flags INTERFACE -fuse-ld=lld)
endif()

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(Boost 1.81 CONFIG REQUIRED COMPONENTS url json locale program_options)
find_package(ICU 72 REQUIRED COMPONENTS uc i18n)
find_package(spdlog REQUIRED)
find_package(date REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(CURL REQUIRED)
pkg_check_modules(LIBICAL REQUIRED IMPORTED_TARGET libical)
pkg_check_modules(GMIME REQUIRED IMPORTED_TARGET gmime-3.0)
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(PUGIXML REQUIRED IMPORTED_TARGET pugixml)
pkg_check_modules(PANGOCAIRO REQUIRED IMPORTED_TARGET pangocairo)
pkg_check_modules(JPEG REQUIRED IMPORTED_TARGET libjpeg)
pkg_check_modules(CTEMPLATE REQUIRED IMPORTED_TARGET libctemplate)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(DEFLATE REQUIRED IMPORTED_TARGET libdeflate)
