#pragma once

#include "planes/execution/detail/transport.h"

#include <string>

/// A file in a watched folder is one effect. Its name comes from the idempotency key and its bytes
/// from the call alone, so that a repeated call finds its own file and adds nothing:
///
///     file = canonical JSON (RFC 8785) of {"idempotency_key", "operation", "payload"}
///     name = dropFileName(idempotency_key), complete as soon as it can be seen
///
/// Names that begin with a dot are files being written: a reader skips them. A reader that moves
/// files away must itself remember the keys it has seen.
namespace countersign::execution::detail {

/// The key with everything but letters, digits, `_`, `-` and inner dots as `%XX`, and `.json`; a
/// key whose name would be too long for a file system gives `%sha256-<digest>.json`. Different keys
/// give different names.
[[nodiscard]] std::string dropFileName(const std::string& idempotencyKey);

/// Writes the file durably (file and folder synchronised) before it answers
/// `{"file": name, "sha256": digest}`. The same bytes under the same key are a success; other bytes
/// a failure `conflict`. Does not make the folder: where it is missing, something is not mounted.
[[nodiscard]] CallOutcome
performFileDrop(const FileDropAddress& address, const TransportCall& call);

} // namespace countersign::execution::detail
