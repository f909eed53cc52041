#pragma once

#include "models/result.h"
#include "planes/execution/detail/unique_fd.h"

#include <string>
#include <vector>

#include <sys/types.h>

namespace countersign::execution::detail {

/// How a program ended.
struct ExitState
{
    bool isCrash = false; ///< Ended by a signal; `code` is then its number.
    int code = 0;
};

/// A started program in a process group of its own, with three pipes and an environment of PATH and
/// LANG only. The destructor kills the whole group and waits, so no child outlives its object.
/// Thread: one.
class ChildProcess
{
public:
    /// Errors: Unavailable (it could not be started; nothing ran).
    [[nodiscard]] static Result<ChildProcess>
    start(const std::string& program, const std::vector<std::string>& arguments);

    ~ChildProcess();
    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&&) = delete;
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    UniqueFd input;  ///< Write end, non-blocking.
    UniqueFd output; ///< Read end, non-blocking.
    UniqueFd errors; ///< Read end, non-blocking.
    UniqueFd exit;   ///< Readable as soon as the program has ended.

    /// Asks the group to end; after the grace time, or when `exit` shows the end, kills what is
    /// left of it.
    void stop(int graceMs);
    /// Waits for the program's end. Call once, when `exit` is readable.
    [[nodiscard]] ExitState wait();

private:
    explicit ChildProcess(pid_t pid)
        : m_pid(pid)
    {}

    pid_t m_pid = -1; ///< -1 once it has been waited for.
};

} // namespace countersign::execution::detail
