# One function per kind of target. The allowed edges between modules come from planes/modules.txt.

include_guard()

# Flags and definitions every target of the project is built with.
add_library(countersign_build_flags INTERFACE)
target_compile_features(countersign_build_flags INTERFACE cxx_std_20)
target_include_directories(countersign_build_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(
    countersign_build_flags
    INTERFACE -Wall
              -Wextra
              -Wpedantic
              -Wshadow
              -Wconversion
              -Wnon-virtual-dtor
              -Woverloaded-virtual
              -fstack-protector-strong
              $<$<BOOL:${COUNTERSIGN_WERROR}>:-Werror>
              # At -O2 GCC 12 warns of overlapping copies inside std::string's own operator+ (GCC bug 105651).
              $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
)
target_compile_definitions(
    countersign_build_flags
    INTERFACE QT_NO_KEYWORDS
              QT_NO_CAST_FROM_ASCII
              QT_NO_CAST_TO_ASCII
              QT_NO_FOREACH
              QT_NO_URL_CAST_FROM_STRING
              QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
              QT_STRICT_ITERATORS
              QT_DISABLE_DEPRECATED_BEFORE=0x060400
              $<$<CONFIG:Release>:_FORTIFY_SOURCE=2>
)
target_link_options(countersign_build_flags INTERFACE -Wl,-z,relro,-z,now)
if(COUNTERSIGN_SANITIZE)
    target_compile_options(
        countersign_build_flags INTERFACE -fsanitize=${COUNTERSIGN_SANITIZE} -fno-omit-frame-pointer
                                          -fno-sanitize-recover=all
    )
    target_link_options(countersign_build_flags INTERFACE -fsanitize=${COUNTERSIGN_SANITIZE})
endif()
if(COUNTERSIGN_FUZZ)
    target_compile_options(countersign_build_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# What moc and uic write is not ours to tidy. clang-tidy takes the nearest .clang-tidy above the file it reads; it
# refuses to run without any check, so one that finds nothing in generated code stays.
if(CMAKE_CXX_CLANG_TIDY)
    file(WRITE ${PROJECT_BINARY_DIR}/.clang-tidy "Checks: '-*,misc-unused-alias-decls'\n")
endif()

# Reads planes/modules.txt into COUNTERSIGN_MAY_USE_<module>.
set_property(
    DIRECTORY ${PROJECT_SOURCE_DIR}
    APPEND
    PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/planes/modules.txt
)
file(STRINGS ${PROJECT_SOURCE_DIR}/planes/modules.txt countersign_module_lines REGEX "^[a-z]")
foreach(line IN LISTS countersign_module_lines)
    string(REGEX MATCH "^([a-z]+):(.*)$" ignored "${line}")
    string(STRIP "${CMAKE_MATCH_2}" uses)
    string(REPLACE " " ";" uses "${uses}")
    set(COUNTERSIGN_MAY_USE_${CMAKE_MATCH_1} ${uses})
endforeach()

# countersign_add_module(NAME data HEADERS a.h SOURCES a.cpp USES models LIBRARIES Qt6::Core [PUBLIC_LIBRARIES …])
# Builds the static library countersign_<name> and refuses an edge that planes/modules.txt does not list.
function(countersign_add_module)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME" "HEADERS;SOURCES;USES;LIBRARIES;PUBLIC_LIBRARIES")
    foreach(used IN LISTS arg_USES)
        if(NOT used IN_LIST COUNTERSIGN_MAY_USE_${arg_NAME})
            message(FATAL_ERROR "planes/modules.txt does not let '${arg_NAME}' use '${used}'")
        endif()
    endforeach()
    set(target countersign_${arg_NAME})
    add_library(${target} STATIC ${arg_SOURCES})
    target_sources(
        ${target}
        PUBLIC FILE_SET
               HEADERS
               BASE_DIRS
               ${PROJECT_SOURCE_DIR}
               FILES
               ${arg_HEADERS}
    )
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON VERIFY_INTERFACE_HEADER_SETS ON)
    list(TRANSFORM arg_USES PREPEND countersign_)
    target_link_libraries(
        ${target}
        PUBLIC ${arg_USES} ${arg_PUBLIC_LIBRARIES} countersign_build_flags
        PRIVATE ${arg_LIBRARIES}
    )
endfunction()

# countersign_add_test(NAME tst_x LABEL unit SOURCES tst_x.cpp LIBRARIES countersign_models [TIMEOUT s]
# [ENVIRONMENT NAME=value …] [LAUNCHER program argument …])
function(countersign_add_test)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME;LABEL;TIMEOUT" "SOURCES;LIBRARIES;ENVIRONMENT;LAUNCHER")
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 300)
    endif()
    add_executable(${arg_NAME} ${arg_SOURCES})
    set_target_properties(${arg_NAME} PROPERTIES AUTOMOC ON)
    target_link_libraries(${arg_NAME} PRIVATE ${arg_LIBRARIES} Qt6::Test countersign_build_flags)
    target_compile_definitions(
        ${arg_NAME} PRIVATE COUNTERSIGN_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                            COUNTERSIGN_BINARY_DIR="${PROJECT_BINARY_DIR}"
    )
    add_test(NAME ${arg_NAME} COMMAND ${arg_LAUNCHER} $<TARGET_FILE:${arg_NAME}>)
    set_tests_properties(
        ${arg_NAME}
        PROPERTIES LABELS "${arg_LABEL}"
                   TIMEOUT ${arg_TIMEOUT}
                   ENVIRONMENT
                   "QT_QPA_PLATFORM=offscreen;TZ=UTC;LC_ALL=C.UTF-8;QT_FATAL_WARNINGS=0;${arg_ENVIRONMENT}"
    )
endfunction()
