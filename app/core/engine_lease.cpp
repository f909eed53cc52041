#include "app/core/engine_lease.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace countersign::app {

EngineLease::EngineLease(int descriptor)
    : m_descriptor(descriptor)
{}

EngineLease::EngineLease(EngineLease&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{}

EngineLease& EngineLease::operator=(EngineLease&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

EngineLease::~EngineLease()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<EngineLease> EngineLease::acquire(const std::filesystem::path& lockFile)
{
    constexpr mode_t kOwnerOnly = 0600;
    EngineLease lease(
        ::open(lockFile.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, kOwnerOnly));
    if (lease.m_descriptor < 0)
        return fail(Error{
            ErrorCode::StorageFailed,
            std::string("cannot open the lock file: ") + std::strerror(errno),
            "file",
            lockFile.string()});
    if (::flock(lease.m_descriptor, LOCK_EX | LOCK_NB) != 0)
        return fail(Error{
            ErrorCode::Conflict,
            "another process runs the engine of this workspace",
            "engine.elsewhere",
            lockFile.string()});
    return lease;
}

} // namespace countersign::app
