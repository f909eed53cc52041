#include "planes/execution/detail/child_process.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace countersign::execution::detail {

namespace {

/// The child's whole environment: nothing of ours leaks.
constexpr const char* kEnvironment[] = {
    "PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8", nullptr};

struct Pipe
{
    UniqueFd readEnd;
    UniqueFd writeEnd;
};

Result<Pipe> makePipe()
{
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return fail(ErrorCode::Unavailable, "no pipe could be made");
    return Pipe{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

void setNonBlocking(const UniqueFd& fd)
{
    ::fcntl(fd.get(), F_SETFL, ::fcntl(fd.get(), F_GETFL) | O_NONBLOCK);
}

/// posix_spawn's two option objects, set for: own process group, standard streams from the pipes,
/// all signals as a fresh program expects them.
class SpawnOptions
{
public:
    SpawnOptions(int input, int output, int errors)
    {
        posix_spawn_file_actions_init(&m_actions);
        posix_spawn_file_actions_adddup2(&m_actions, input, STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&m_actions, output, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&m_actions, errors, STDERR_FILENO);
        // Descriptors that other libraries left without close-on-exec stay here.
        posix_spawn_file_actions_addclosefrom_np(&m_actions, STDERR_FILENO + 1);
        posix_spawn_file_actions_addchdir_np(&m_actions, "/");

        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_init(&m_attributes);
        posix_spawnattr_setflags(
            &m_attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
        posix_spawnattr_setpgroup(&m_attributes, 0);
        posix_spawnattr_setsigmask(&m_attributes, &none);
        posix_spawnattr_setsigdefault(&m_attributes, &all);
    }
    ~SpawnOptions()
    {
        posix_spawn_file_actions_destroy(&m_actions);
        posix_spawnattr_destroy(&m_attributes);
    }
    SpawnOptions(const SpawnOptions&) = delete;
    SpawnOptions& operator=(const SpawnOptions&) = delete;

    [[nodiscard]] const posix_spawn_file_actions_t* actions() const { return &m_actions; }
    [[nodiscard]] const posix_spawnattr_t* attributes() const { return &m_attributes; }

private:
    posix_spawn_file_actions_t m_actions{};
    posix_spawnattr_t m_attributes{};
};

} // namespace

Result<ChildProcess>
ChildProcess::start(const std::string& program, const std::vector<std::string>& arguments)
{
    CS_TRY(Pipe input, makePipe());
    CS_TRY(Pipe output, makePipe());
    CS_TRY(Pipe errors, makePipe());

    std::vector<std::string> words = {program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    argv.reserve(words.size() + 1);
    for (std::string& word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);

    const SpawnOptions options(input.readEnd.get(), output.writeEnd.get(), errors.writeEnd.get());
    pid_t pid = -1;
    const int status = ::posix_spawn(
        &pid,
        program.c_str(),
        options.actions(),
        options.attributes(),
        argv.data(),
        const_cast<char* const*>(kEnvironment)); // NOLINT: the call takes it so and changes nothing
    if (status != 0) {
        char buffer[128] = {};
        return fail(
            ErrorCode::Unavailable,
            std::string("the program cannot be started: ")
                + ::strerror_r(status, buffer, sizeof buffer));
    }

    ChildProcess child(pid);
    child.input = std::move(input.writeEnd);
    child.output = std::move(output.readEnd);
    child.errors = std::move(errors.readEnd);
    child.exit = UniqueFd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    CS_ASSERT(child.exit.isOpen()); // an own child that was not waited for always has one
    for (const UniqueFd* fd : {&child.input, &child.output, &child.errors})
        setNonBlocking(*fd);
    return child;
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : input(std::move(other.input))
    , output(std::move(other.output))
    , errors(std::move(other.errors))
    , exit(std::move(other.exit))
    , m_pid(std::exchange(other.m_pid, -1))
{}

ChildProcess::~ChildProcess()
{
    if (m_pid < 0)
        return;
    ::kill(-m_pid, SIGKILL);
    static_cast<void>(wait());
}

void ChildProcess::stop(int graceMs)
{
    ::kill(-m_pid, SIGTERM);
    pollfd ended = {.fd = exit.get(), .events = POLLIN, .revents = 0};
    while (::poll(&ended, 1, graceMs) < 0 && errno == EINTR) {
    }
    // The leader has not been waited for, so its group number cannot belong to anybody else.
    ::kill(-m_pid, SIGKILL);
    while (::poll(&ended, 1, -1) < 0 && errno == EINTR) {
    }
}

ExitState ChildProcess::wait()
{
    int status = 0;
    while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
    }
    m_pid = -1;
    if (WIFEXITED(status))
        return {.isCrash = false, .code = WEXITSTATUS(status)};
    return {.isCrash = true, .code = WTERMSIG(status)};
}

} // namespace countersign::execution::detail
