#include "models/json.h"
#include "planes/data/json_schema.h"

#include <QTest>

#include <string>
#include <string_view>
#include <vector>

using namespace countersign;

namespace {

constexpr auto kUri = "urn:test:formats";

struct FormatRow
{
    std::string_view format;
    std::vector<std::string_view> valid;
    std::vector<std::string_view> invalid;
};

using namespace std::string_view_literals;

std::vector<FormatRow> rows()
{
    return {
        {"date",
         {"2024-02-29", "0000-01-01", "9999-12-31"},
         {"2023-02-29",
          "1900-02-29",
          "2024-13-01",
          "2024-00-10",
          "2024-1-01",
          "24-01-01",
          "2024-01-01Z",
          "2024-01-01\n",
          ""}},
        {"time",
         {"08:30:06Z",
          "08:30:06.283185z",
          "23:59:60Z",
          "01:29:60+01:30",
          "15:59:60-08:00",
          "00:00:00+00:00"},
         {"24:00:00Z",
          "08:60:06Z",
          "08:30:61Z",
          "22:59:60Z",
          "23:59:60+01:00",
          "08:30:06",
          "08:30Z",
          "08:30:06.Z",
          "08:30:06,5Z",
          "08:30:06+24:00",
          "08:30:06+01",
          "08:30:06#00:20",
          "8:30:06Z"}},
        {"date-time",
         {"2026-05-18T13:18:00Z", "2026-05-18t13:18:00.5+05:30", "1998-12-31T23:59:60Z"},
         {"2026-05-18 13:18:00Z",
          "2026-05-18T13:18:00",
          "2026-05-32T13:18:00Z",
          "2026-05-18T13:18:00Zx",
          "2026-05-18T",
          "2026-05-18"}},
        {"duration",
         {"P4DT12H30M5S", "P2W", "PT36H", "P1Y2M", "PT1M"},
         {"P", "PT", "P1Y2W", "P1D2H", "PT1H2S", "P1Y2D", "P1.5D", "1D", "p1d", "P1DT"}},
        {"uuid",
         {"2eb8aa08-aa98-11ea-b4aa-73b441d16380", "00000000-0000-0000-0000-000000000000"},
         {"2eb8aa08aa9811eab4aa73b441d16380",
          "{2eb8aa08-aa98-11ea-b4aa-73b441d16380}",
          "2eb8aa08-aa98-11ea-b4aa-73b441d1638g",
          ""}},
        {"ipv4",
         {"0.0.0.0", "255.255.255.255", "87.10.0.1"},
         {"256.0.0.1",
          "087.10.0.1",
          "1.2.3",
          "1.2.3.4.5",
          "1.2.3.4 ",
          "0x7f.0.0.1",
          "1..2.3",
          "\xE0\xA7\xA8.0.0.1"}},
        {"ipv6",
         {"::",
          "::1",
          "1::",
          "2001:db8::7",
          "1:2:3:4:5:6:7:8",
          "::ffff:192.0.2.1",
          "1:2:3:4:5:6:1.2.3.4",
          "1::2:3:4:5:6:7",
          "FE80::A"},
         {"",
          ":",
          ":::",
          "1::2::3",
          "1:2:3:4:5:6:7",
          "1:2:3:4:5:6:7:8:9",
          "::1:2:3:4:5:6:7:8",
          "12345::",
          ":1:2:3:4:5:6:7",
          "1:2:3:4:5:6:7:",
          "1.2.3.4::1",
          "::1.2.3",
          "::1.2.3.400",
          "fe80::1%eth0",
          "::1/64",
          "::g",
          "1:2:3:4:5:6:7:1.2.3.4"}},
        {"hostname",
         {"example.com", "a", "1host", "xn--4gbwdl.xn--wgbh1c", "a-b.c"},
         {"",
          ".",
          "a..b",
          ".a",
          "a.",
          "-a",
          "a-",
          "a_b",
          "a b",
          "xn--X",
          "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.b",
          "\xE5\xAE\x9E.com"}},
        {"idn-hostname",
         {"example.com",
          "b\xC3\xBC"
          "cher.example",
          "\xE5\xAE\x9E\xE4\xBE\x8B\xE3\x80\x82\xE6\xB5\x8B\xE8\xAF\x95",
          "stra\xC3\x9F"
          "e.de",
          "xn--bcher-kva.example"},
         {"",
          "a..b",
          "B\xC3\x9C"
          "CHER",
          "\xEF\xBD\x81.com",
          "bu\xCC\x88"
          "cher.example",
          "ab--cd",
          "\xCC\x80"
          "a",
          "xn--bcher-kvb9999999999",
          "a\xD7\x90",
          "\xC0\x80"}},
        {"email",
         {"joe@example.com",
          "\"a b\\\"@\"@example.com",
          "a+b@[127.0.0.1]",
          "a@[IPv6:::1]",
          "a@[x-tag:any]"},
         {"joe",
          "@b.c",
          "a@",
          "a@b@c",
          ".a@b.c",
          "a.@b.c",
          "a..b@c.d",
          "a b@c.d",
          "a@[1.2.3]",
          "a@[IPv6:g]",
          "a@[]",
          "a@-b.c",
          "\"a@b.c",
          "\"a\"b\"@c.d",
          "j\xC3\xB6"
          "e@b.c"}},
        {"idn-email",
         {"\xEC\x8B\xA4\xEB\xA1\x80@\xEC\x8B\xA4\xEB\xA1\x80.\xED\x85\x8C\xEC\x8A\xA4\xED\x8A\xB8",
          "joe@example.com",
          "\"\xC3\xB6 \"@b.c"},
         {"\xEC\x8B\xA4", "@b.c", "a@\xCC\x80.c", "\xC3@b.c"}},
        {"uri",
         {"http://a.b/?c=d#e",
          "urn:oasis:names",
          "mailto:a@b.c",
          "ldap://[2001:db8::7]/c?d",
          "http://[v1.a:b]/",
          "file:///x",
          "a:",
          "http://u:p@h:80/"},
         {"//a.b/c",
          "/abc",
          "",
          "http://a b",
          "1http://a",
          ":a",
          "http://[::1",
          "http://[1.2.3.4]/",
          "http://a:b:80/",
          "http://a:8x/",
          "a:%",
          "a:%4g",
          "a:\xC3\xA9",
          "http://[v1.]/",
          "http://[vg.a]/",
          "http://[::1]x/",
          "a:#b#c",
          "a:[b]"}},
        {"uri-reference",
         {"", "/abc", "//a.b/c", "abc", "#f", "?q", "a/b:c", "http://a/"},
         {"\\\\WINDOWS\\x", "#fr\\agment", "1a:b", ":a", "a b", "//[x]/", "a%zz"}},
        {"iri",
         {"http://\xC6\x92\xC3\xB8\xC3\xB8.\xC3\x9F\xC3\xA5r/?\xE2\x88\x82=1#\xC3\xA9",
          "http://a/?\xEE\x80\x80"},
         {"/\xC3\xA9",
          "http://2001:0db8:85a3::7334",
          "http://a/\xEE\x80\x80",
          "http://a/#\xEE\x80\x80",
          "a:\xC3",
          "a:<\xC3\xA9>"}},
        {"iri-reference",
         {"/\xC3\xA2\xCF\x80\xCF\x80", "#\xC6\x92", "", "\xC3\xA9"},
         {"\\\\W\xC3\xAB", "#\\\xC6\x92", "a \xC3\xA9"}},
        {"uri-template",
         {"http://a/{x}/{+y,z*}{?q:30}", "", "{#a.b%20}", "\xC3\xA9{x}", "a'b"},
         {"{",
          "}",
          "{}",
          "{x",
          "{x{y}}",
          "{x:0}",
          "{x:10000}",
          "{x,}",
          "{x.}",
          "{..x}",
          "a b",
          "a%2",
          "{x y}",
          "{\xC3\xA9}",
          "<a>",
          "{x**}"}},
        {"json-pointer",
         {"", "/", "/a~0b~1c", "/a//b", "/ "},
         {"a", "#", "#/a", "/~", "/a~2", "/~0~"}},
        {"relative-json-pointer",
         {"0", "1/a", "120/a~0", "0#", "2#", "0-1/a", "1+2", "1+1#"},
         {"", "/a", "-1/a", "+1/a", "01/a", "01#", "0##", "1a", "0-/a", "1/~"}},
        {"regex",
         {"",
          "([abc])+\\s+$",
          "^\\p{Lu}\\u{1F600}$",
          "(?<n>a)\\k<n>",
          "(?<=a+)b",
          "[^]",
          "a{2}",
          "[\\-\\]]",
          "\\cA",
          "\\0",
          "(a)\\1",
          "\\1(a)",
          "\\p{Script_Extensions=Greek}",
          "a|",
          "(?:)",
          "\\/"},
         {"(",
          ")",
          "^(abc]",
          "[",
          "[b-a]",
          "[\\d-z]",
          "*a",
          "a**",
          "a++",
          "a{",
          "a{2,1}",
          "{",
          "}",
          "]",
          "\\",
          "\\a",
          "\\Z",
          "\\-",
          "\\08",
          "\\1",
          "(?a)",
          "(?i:a)",
          "(?>a)",
          "(?#a)",
          "(*a)",
          "(?=a)*",
          "^*",
          "\\b+",
          "\\u12",
          "\\u{110000}",
          "\\u{}",
          "\\xa",
          "\\c1",
          "\\p{Foo}",
          "\\p{letter}",
          "\\pL",
          "\\p{}",
          "\\p{Script=greek}",
          "\\p{Greek}",
          "\\k<n>",
          "(?<n>a)(?<n>b)",
          "(?<1>a)",
          "(?<>a)",
          "(?P<n>a)",
          "[a",
          "[\\b-\\B]"}},
    };
}

std::string repeated(std::string_view text, int count)
{
    std::string all;
    for (int i = 0; i < count; ++i)
        all += text;
    return all;
}

} // namespace

class TestSchemaFormats : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsValidFromInvalid_data();
    void tellsValidFromInvalid();
    void acceptsAnythingThatIsNoText_data();
    void acceptsAnythingThatIsNoText();
    void boundsHostileLengths();

private:
    [[nodiscard]] static bool isValid(std::string_view format, const Json& instance);
};

bool TestSchemaFormats::isValid(std::string_view format, const Json& instance)
{
    data::SchemaSet::Builder builder;
    if (!builder.add(Json{{"format", std::string(format)}}, kUri).ok())
        qFatal("the schema was refused");
    const auto set = builder.build(data::FormatMode::Assert);
    return set->validate(kUri, instance)->empty();
}

void TestSchemaFormats::tellsValidFromInvalid_data()
{
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("valid");
    const auto add = [](std::string_view format, std::string_view text, bool valid) {
        const std::string name = std::string(format) + " " + std::string(text);
        QTest::newRow(name.c_str())
            << QByteArray(format.data(), static_cast<qsizetype>(format.size()))
            << QByteArray(text.data(), static_cast<qsizetype>(text.size())) << valid;
    };
    for (const FormatRow& row : rows()) {
        for (const std::string_view text : row.valid)
            add(row.format, text, true);
        for (const std::string_view text : row.invalid)
            add(row.format, text, false);
    }
    add("uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d1638\0"sv, false);
    add("ipv4", "1.2.3.4\0"sv, false);
    add("hostname", "a\0b"sv, false);
}

void TestSchemaFormats::tellsValidFromInvalid()
{
    QFETCH(const QByteArray, format);
    QFETCH(const QByteArray, text);
    QFETCH(const bool, valid);
    QCOMPARE(isValid(format.toStdString(), Json(text.toStdString())), valid);
}

void TestSchemaFormats::acceptsAnythingThatIsNoText_data()
{
    QTest::addColumn<QByteArray>("format");
    for (const FormatRow& row : rows())
        QTest::newRow(std::string(row.format).c_str())
            << QByteArray(row.format.data(), static_cast<qsizetype>(row.format.size()));
}

void TestSchemaFormats::acceptsAnythingThatIsNoText()
{
    QFETCH(const QByteArray, format);
    for (const Json& instance :
         {Json(), Json(true), Json(12), Json(13.7), Json::array(), Json::object()})
        QVERIFY(isValid(format.toStdString(), instance));
}

void TestSchemaFormats::boundsHostileLengths()
{
    constexpr int kCount = 200'000;
    QVERIFY(!isValid("regex", Json(repeated("(", kCount))));
    QVERIFY(!isValid("regex", Json(repeated("(?:", kCount) + repeated(")", kCount))));
    QVERIFY(isValid("regex", Json(repeated("[a]", kCount))));
    QVERIFY(!isValid("idn-hostname", Json("xn--" + repeated("a", kCount))));
    QVERIFY(!isValid("idn-hostname", Json(repeated("\xC3\xBC", kCount))));
    QVERIFY(!isValid("hostname", Json(repeated("a.", kCount) + "a")));
    QVERIFY(!isValid("ipv6", Json(repeated("1:", kCount))));
    QVERIFY(!isValid("email", Json(repeated("a", kCount) + "@b.c")));
    QVERIFY(isValid("json-pointer", Json(repeated("/~0", kCount))));
    QVERIFY(!isValid("uri-template", Json(repeated("{", kCount))));
    QVERIFY(isValid("uri", Json("a:" + repeated("%20", kCount))));
    QVERIFY(isValid("duration", Json("P" + repeated("9", kCount) + "D")));
}

QTEST_GUILESS_MAIN(TestSchemaFormats)
#include "tst_schema_formats.moc"
