# Fuzz targets: one source for each parser of bytes somebody else wrote.

include_guard()

# `cmake --build … --target fuzzers` builds every fuzz target and nothing else.
add_custom_target(fuzzers)

# countersign_add_fuzzer(json fuzz_json.cpp countersign_models …)
# Builds fuzz_<name> from a source that defines LLVMFuzzerTestOneInput, adds the test of the same name with the label
# fuzz, and reads the seeds in tests/fuzz/corpus/<name>/. With COUNTERSIGN_FUZZ libFuzzer searches for 20 seconds;
# without it tests/fuzz/run_corpus.cpp runs the seeds and a fixed number of seeded mutations, the same ones each time.
function(countersign_add_fuzzer name source)
    string(REGEX REPLACE "^fuzz_" "" name "${name}")
    set(target fuzz_${name})
    set(corpus ${PROJECT_SOURCE_DIR}/tests/fuzz/corpus/${name})
    file(GLOB seeds CONFIGURE_DEPENDS ${corpus}/*)
    if(NOT seeds)
        message(FATAL_ERROR "The fuzz target '${name}' has no seeds in tests/fuzz/corpus/${name}")
    endif()
    set(work ${PROJECT_BINARY_DIR}/fuzz/${name})
    file(MAKE_DIRECTORY ${work}/found)

    add_executable(${target} ${source})
    target_link_libraries(${target} PRIVATE ${ARGN} countersign_build_flags)
    set_target_properties(${target} PROPERTIES AUTOMOC OFF)
    add_dependencies(fuzzers ${target})
    if(COUNTERSIGN_FUZZ)
        target_link_options(${target} PRIVATE -fsanitize=fuzzer)
        set(command
            ${target}
            -max_total_time=20
            -timeout=10
            -max_len=65536
            -rss_limit_mb=2048
            -print_final_stats=1
            -artifact_prefix=${work}/
            ${work}/found
            ${corpus}
        )
    else()
        target_link_libraries(${target} PRIVATE countersign_run_corpus)
        set(command ${target} ${corpus} ${work}/last_input)
    endif()
    add_test(NAME ${target} COMMAND ${command})
    set_tests_properties(
        ${target} PROPERTIES LABELS fuzz TIMEOUT 300 ENVIRONMENT "QT_QPA_PLATFORM=offscreen;TZ=UTC;LC_ALL=C.UTF-8"
    )
endfunction()
