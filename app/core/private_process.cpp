#include "app/core/private_process.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace countersign::app {

void keepMemoryPrivate()
{
#if defined(__SANITIZE_ADDRESS__)
    // The leak checker looks into the process it belongs to.
#else
    // Both are best effort: the programs work without.
    const rlimit nothing{0, 0};
    static_cast<void>(::setrlimit(RLIMIT_CORE, &nothing));
    static_cast<void>(::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0));
#endif
}

} // namespace countersign::app
