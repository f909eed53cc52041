// The main function of a fuzz target in a build without libFuzzer: the seeds, some inputs that
// break careless parsers, and a fixed number of mutations of both. The same run each time, so a
// failure can be repeated. The input being run is in the file given as second argument, so it is
// still there after a crash.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::size_t kMutationCount = 4000;
constexpr std::size_t kMutationSizeMax = 16 * 1024;
constexpr std::size_t kNestingDepth = 20'000;
constexpr std::uint64_t kSeed = 20'220'911;

std::string repeated(std::string_view text, std::size_t count)
{
    std::string all;
    all.reserve(text.size() * count);
    for (std::size_t i = 0; i < count; ++i)
        all += text;
    return all;
}

/// What no corpus should need to spell out: emptiness, every single byte, depth, length, broken
/// text.
std::vector<std::string> generatedInputs()
{
    std::vector<std::string> inputs{std::string()};
    for (int byte = 0; byte < 256; ++byte)
        inputs.emplace_back(1, static_cast<char>(byte));
    for (const std::string_view unit : {"[", "{\"a\":", "(", "!", "-", "<a>", "\"\\", "a.", "/../"})
        inputs.push_back(repeated(unit, kNestingDepth));
    inputs.push_back(repeated("9", kNestingDepth));
    inputs.push_back("1e" + repeated("9", kNestingDepth));
    inputs.push_back("\"" + repeated("\\u0000", kNestingDepth) + "\"");
    inputs.emplace_back("\xef\xbb\xbf{}");
    inputs.emplace_back("\"\xed\xa0\x80\"");
    inputs.emplace_back("\"\xc0\xaf\xf8\x88\x80\x80\x80\"");
    inputs.emplace_back("\"\\ud800\"");
    return inputs;
}

class Mutator
{
public:
    explicit Mutator(const std::vector<std::string>& inputs)
        : m_inputs(inputs)
        , m_random(kSeed)
    {}

    std::string next()
    {
        std::string input = m_inputs[below(m_inputs.size())];
        input.resize(std::min(input.size(), kMutationSizeMax));
        for (std::size_t step = 0, steps = 1 + below(4); step < steps; ++step)
            change(input);
        return input;
    }

private:
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(m_random() % bound); }

    void change(std::string& input)
    {
        static constexpr std::string_view kTokens[]{
            "null",
            "true",
            "-0",
            "1e308",
            "9007199254740993",
            "\"\"",
            "{}",
            "[]",
            "\\u0000",
            "\\",
            "\"",
            ",",
            ":",
            "\n",
            "\r\n",
            "\xff",
            "%00",
            "../",
            "2024-02-30T25:61:61Z",
            "="};
        const std::size_t at = below(input.size() + 1);
        const std::size_t length = below(std::min<std::size_t>(input.size() - at, 32) + 1);
        switch (below(7)) {
        case 0:
            if (at < input.size())
                input[at] =
                    static_cast<char>(static_cast<unsigned char>(input[at]) ^ (1U << below(8)));
            break;
        case 1:
            if (at < input.size())
                input[at] = static_cast<char>(below(256));
            break;
        case 2:
            input.erase(at, length);
            break;
        case 3:
            input.insert(at, input.substr(at, length));
            break;
        case 4:
            input.insert(at, kTokens[below(std::size(kTokens))]);
            break;
        case 5:
            input.resize(at);
            break;
        default:
            splice(input, at);
            break;
        }
    }

    void splice(std::string& input, std::size_t at)
    {
        const std::string& other = m_inputs[below(m_inputs.size())];
        const std::size_t from = below(other.size() + 1);
        input.resize(at);
        input.append(other, from, kMutationSizeMax);
    }

    const std::vector<std::string>& m_inputs;
    std::mt19937_64 m_random;
};

class Runner
{
public:
    explicit Runner(const char* lastInput)
        : m_lastInput(::open(lastInput, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600))
    {}
    ~Runner()
    {
        if (m_lastInput >= 0)
            ::close(m_lastInput);
    }
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;

    [[nodiscard]] bool run(const std::string& input)
    {
        // The file stays open: a new one for each input takes longer than most targets do.
        const auto size = static_cast<ssize_t>(input.size());
        if (::ftruncate(m_lastInput, 0) != 0
            || ::pwrite(m_lastInput, input.data(), input.size(), 0) != size) {
            std::perror("cannot keep the input");
            return false;
        }
        // A copy of exactly this size, so that a sanitizer sees a read past the end.
        const std::vector<std::uint8_t> bytes(input.begin(), input.end());
        LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
        ++m_runCount;
        return true;
    }

    [[nodiscard]] std::size_t runCount() const { return m_runCount; }

private:
    int m_lastInput;
    std::size_t m_runCount = 0;
};

std::vector<std::string> seedInputs(const std::filesystem::path& folder)
{
    std::vector<std::filesystem::path> paths;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.is_regular_file())
            paths.push_back(entry.path());
    }
    // The file system's order differs between machines, the run must not.
    std::sort(paths.begin(), paths.end());
    std::vector<std::string> seeds;
    for (const auto& path : paths) {
        std::ifstream file(path, std::ios::binary);
        seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return seeds;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::fprintf(stderr, "usage: %s CORPUS_FOLDER LAST_INPUT_FILE\n", argv[0]);
        return 2;
    }
    std::vector<std::string> inputs = seedInputs(argv[1]);
    if (inputs.empty()) {
        std::fprintf(stderr, "no seeds in %s\n", argv[1]);
        return 1;
    }
    std::printf("%zu seeds; the input being run is in %s\n", inputs.size(), argv[2]);
    std::fflush(stdout);

    Runner runner(argv[2]);
    for (const std::string& input : generatedInputs()) {
        if (!runner.run(input))
            return 1;
    }
    for (const std::string& input : inputs) {
        if (!runner.run(input))
            return 1;
    }
    Mutator mutator(inputs);
    for (std::size_t i = 0; i < kMutationCount; ++i) {
        if (!runner.run(mutator.next()))
            return 1;
    }
    std::printf("%zu inputs run\n", runner.runCount());
    return 0;
}
