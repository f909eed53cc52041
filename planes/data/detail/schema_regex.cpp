#include "planes/data/detail/schema_regex.h"

#include <QByteArrayView>
#include <QString>
#include <QStringDecoder>

namespace countersign::data::detail {

namespace {

// A search that backtracks more often than this, or keeps more than this many KiB of positions, is
// given up: at about 20 ns a step, 20 ms. Just-in-time compilation is off because it counts steps
// differently, and Qt turns it on after some uses: the same text would get two answers.
constexpr auto kLimits = "(*NO_JIT)(*LIMIT_MATCH=1000000)(*LIMIT_DEPTH=1000000)(*LIMIT_HEAP=65536)";

/// Unlike QString::fromStdString, keeps a byte order mark at the start: in a JSON text it is a
/// character.
QString decoded(const std::string& text)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    return decoder.decode(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
}

} // namespace

Pattern::Pattern(std::string source, QRegularExpression expression)
    : m_source(std::move(source))
    , m_expression(std::move(expression))
{}

Result<Pattern> Pattern::compile(std::string_view source)
{
    CS_TRY(const std::string translated, translateRegex(source));
    QRegularExpression expression(
        QString::fromLatin1(kLimits) + QString::fromStdString(translated));
    if (!expression.isValid())
        return fail(
            ErrorCode::Unsupported,
            "the regular expression \"" + std::string(source)
                + "\" cannot be run: " + expression.errorString().toStdString(),
            "schema.regex");
    return Pattern(std::string(source), std::move(expression));
}

Pattern::Outcome Pattern::search(const std::string& text) const
{
    const auto match = m_expression.match(decoded(text));
    if (match.hasMatch())
        return Outcome::Match;
    return match.isValid() ? Outcome::NoMatch : Outcome::LimitExceeded;
}

} // namespace countersign::data::detail
