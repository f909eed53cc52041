#pragma once

namespace countersign::execution::detail {

/// From now on the HTTP client overwrites each piece of memory before it gives it back: its buffers
/// hold headers with secrets, and what it frees would otherwise stay in the heap, and in a core
/// dump. Before the client's first use in the process; again has no effect. Counted with
/// curl_global_cleanup().
void startHttpClient();

} // namespace countersign::execution::detail
