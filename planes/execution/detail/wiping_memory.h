#pragma once

namespace countersign::execution::detail {

/// From now on the HTTP client overwrites each piece of memory before it gives it back: its buffers
/// hold headers with secrets, and what it frees would otherwise stay in the heap, and in a core
/// dump. Before the client's first use in the process; again has no effect. Counted with
/// curl_global_cleanup().
void startHttpClient();

/// Overwrites what ended functions left on this thread's stack, 256 KiB deep, and in its vector
/// registers: copies of headers with secrets and of answers that repeat them.
void wipeEndedFrames();

} // namespace countersign::execution::detail
