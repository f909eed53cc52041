#pragma once

#include <QStringList>

namespace countersign::demo {

/// `post --state FILE --operation OP --key KEY [--system NAME]`: one request to one system (chat
/// unless named) on the same state as the server's: payload on standard input, answer on standard
/// output. A delayed answer comes late; a dropped one ends the program by a signal after the
/// effect. Exit codes: 0 done; 65 refused; 70 failed, perhaps done; 75 not now, try again; 2 bad
/// usage.
[[nodiscard]] int runPost(const QStringList& arguments);

} // namespace countersign::demo
