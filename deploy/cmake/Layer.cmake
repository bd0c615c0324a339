# convoke_layer(NAME USES layer... LIBS library... SOURCES file...)
# One library a layer: linked into the program, or shared by all test programs where BUILD_SHARED_LIBS says so (the
# presets of people who edit, and of the sanitizers: forty programs with every layer in each take 9 GB). USES names the layers it may include from; the link line is what enforces the table
# in the architecture, and tests/house/layering.py reads the #include lines against the same table.
function(convoke_layer name)
  cmake_parse_arguments(arg "" "" "USES;LIBS;PRIVATE_LIBS;SOURCES" ${ARGN})
  add_library(${name} ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES OUTPUT_NAME convoke_${name} LINKER_LANGUAGE CXX)
  target_link_libraries(${name} PUBLIC convoke_flags ${arg_USES} ${arg_LIBS} PRIVATE ${arg_PRIVATE_LIBS})
endfunction()

# convoke_test(NAME USES layer... SOURCES file...): one Catch2 program; every case is one CTest test.
function(convoke_test name)
  cmake_parse_arguments(arg "" "" "USES;LIBS;SOURCES" ${ARGN})
  add_executable(tests_${name} ${arg_SOURCES})
  target_link_libraries(tests_${name} PRIVATE ${arg_USES} ${arg_LIBS} Catch2::Catch2WithMain)
  target_compile_options(tests_${name} PRIVATE -O0)
  if(NOT BUILD_SHARED_LIBS)
    target_link_options(tests_${name} PRIVATE -Wl,--strip-debug)  # lines of every layer in each of them would take 3 GB
  endif()
  target_compile_definitions(tests_${name} PRIVATE
    CONVOKE_SOURCE_DIR="${CMAKE_SOURCE_DIR}" CONVOKE_BINARY_DIR="${CMAKE_BINARY_DIR}")
  set(fixture)
  if("feed_witness" IN_LIST arg_LIBS AND NOT CONVOKE_SANITIZER STREQUAL "thread")
    set(fixture FIXTURES_REQUIRED feeds_made)  # read by tests/contract when all who make feeds are through
  endif()
  catch_discover_tests(tests_${name} TEST_PREFIX "${name}: " DISCOVERY_MODE PRE_TEST
    PROPERTIES LABELS ${name} TIMEOUT 300 ${fixture})
endfunction()

# convoke_fuzz(NAME USES layer... SOURCES file...): a libFuzzer program in the fuzz preset, run for a bounded time
# over its corpus (tests/fuzz/corpus/NAME). In every other preset the corpus is replayed by a plain main().
function(convoke_fuzz name)
  cmake_parse_arguments(arg "" "" "USES;LIBS;SOURCES" ${ARGN})
  set(corpus ${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${name})
  add_executable(fuzz_${name} ${arg_SOURCES})
  target_link_libraries(fuzz_${name} PRIVATE ${arg_USES} ${arg_LIBS})
  if(NOT TARGET fuzz_programs)
    add_custom_target(fuzz_programs)  # all of them and nothing else
  endif()
  add_dependencies(fuzz_programs fuzz_${name})
  if(CONVOKE_SANITIZER STREQUAL "fuzzer")
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    set(test "fuzz: ${name}")
    add_test(NAME ${test} COMMAND ${CMAKE_SOURCE_DIR}/tests/fuzz/run.sh $<TARGET_FILE:fuzz_${name}> ${corpus})
  else()
    target_sources(fuzz_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests/fuzz/replay_main.cpp)
    set(test "fuzz corpus: ${name}")
    add_test(NAME ${test} COMMAND fuzz_${name} ${corpus})
  endif()
  set_tests_properties(${test} PROPERTIES LABELS fuzz)
endfunction()
