#include "models/result.h"

#include <QtTest>

#include <memory>
#include <set>

using namespace countersign;

namespace {

Result<int> half(int number)
{
    if (number % 2 != 0)
        return fail(ErrorCode::InvalidInput, "odd", "even", "/number");
    return number / 2;
}

Result<std::string> quarterText(int number)
{
    CS_TRY(const int once, half(number));
    CS_TRY(const int twice, half(once));
    return std::to_string(twice);
}

Result<void> checkQuarter(int number, int& checks)
{
    CS_CHECK(half(number));
    ++checks;
    CS_CHECK(half(number / 2));
    ++checks;
    return {};
}

} // namespace

class TestResult final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsAValueOrAnError();
    void returnsTheFirstRefusalEarly();
    void checksWithoutAValue();
    void movesWhatCannotBeCopied();
    void describesOnlyWhatIsKnown();
    void namesEveryCodeDifferently();
};

void TestResult::holdsAValueOrAnError()
{
    const auto good = half(4);
    QVERIFY(good.ok() && static_cast<bool>(good));
    QCOMPARE(*good, 2);
    const auto bad = half(3);
    QVERIFY(!bad.ok());
    QVERIFY(bad.error() == (Error{ErrorCode::InvalidInput, "odd", "even", {}, "/number"}));
    QVERIFY(bad.failure().error == bad.error());
}

void TestResult::returnsTheFirstRefusalEarly()
{
    QCOMPARE(quarterText(12).value(), std::string("3"));
    QCOMPARE(quarterText(6).error().detail, std::string("odd"));
    QVERIFY(!quarterText(5).ok());
}

void TestResult::checksWithoutAValue()
{
    int checks = 0;
    QVERIFY(checkQuarter(8, checks).ok());
    QCOMPARE(checks, 2);
    QVERIFY(!checkQuarter(6, checks).ok());
    QCOMPARE(checks, 3);
}

void TestResult::movesWhatCannotBeCopied()
{
    Result<std::unique_ptr<int>> result = std::make_unique<int>(7);
    const std::unique_ptr<int> value = std::move(result).value();
    QCOMPARE(*value, 7);
}

void TestResult::describesOnlyWhatIsKnown()
{
    const Error full{ErrorCode::InvalidInput, "is odd", "even", {}, "/n"};
    QCOMPARE(full.inFile("a.json").describe(), std::string("a.json: /n: is odd [even]"));
    QCOMPARE((Error{ErrorCode::NotFound, "no such key"}).describe(), std::string("no such key"));
}

void TestResult::namesEveryCodeDifferently()
{
    std::set<std::string_view> names;
    const int last = static_cast<int>(ErrorCode::StorageFailed);
    for (int code = 0; code <= last; ++code)
        names.insert(errorCodeName(static_cast<ErrorCode>(code)));
    QCOMPARE(names.size(), static_cast<std::size_t>(last + 1));
    QVERIFY(!names.contains("unknown"));
}

QTEST_GUILESS_MAIN(TestResult)
#include "tst_result.moc"
