#pragma once

#include "models/error.h"
#include "models/json.h"

#include <cstdio>
#include <string>
#include <string_view>

namespace countersign::ctl {

/// What a command says. For people: lines as they come. With `--json`: nothing but one document at
/// the end.
class Output
{
public:
    /// Both streams outlive the output.
    Output(std::FILE* out, std::FILE* err, bool json)
        : m_out(out)
        , m_err(err)
        , m_json(json)
    {}

    [[nodiscard]] bool isJson() const { return m_json; }

    /// One line for people; dropped with `--json`. Written out at once.
    void line(std::string_view text = {});
    /// Bytes for people, as they are; dropped with `--json`.
    void bytes(std::string_view text);
    /// The document for machines; dropped without `--json`. Once.
    void document(const Json& json);
    /// `file: pointer: message [rule]` on standard error.
    void complain(const Error& error);
    /// The error that ends the command: on standard error, and with `--json` as the document,
    /// unless there was one already.
    void conclude(const Error& error);

private:
    std::FILE* m_out;
    std::FILE* m_err;
    bool m_json;
    bool m_hasDocument = false;
};

/// `{code, rule, message, file, pointer}`
[[nodiscard]] Json errorJson(const Error& error);

/// Text from outside as it may stand on a terminal: as it is, but for control characters and
/// direction overrides, which could make a screen show something else. Those become `<U+001B>`.
/// Line feeds stay.
[[nodiscard]] std::string shown(std::string_view text);
/// The same on one line.
[[nodiscard]] std::string shownLine(std::string_view text);

} // namespace countersign::ctl
