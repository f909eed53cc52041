#include "planes/data/detail/schema_regex.h"
#include "planes/data/detail/schema_text.h"

#include <QRegularExpression>
#include <QString>

#include <algorithm>
#include <array>

namespace countersign::data::detail {

namespace {

/// A general category under its short name and the other names ECMA-262 lists for it.
struct Category
{
    std::string_view shortName;
    std::string_view longName;
    std::string_view otherName = {};
};

constexpr std::array<Category, 38> kCategories{
    {{"C", "Other"},
     {"Cc", "Control", "cntrl"},
     {"Cf", "Format"},
     {"Cn", "Unassigned"},
     {"Co", "Private_Use"},
     {"Cs", "Surrogate"},
     {"L", "Letter"},
     {"LC", "Cased_Letter"},
     {"Ll", "Lowercase_Letter"},
     {"Lm", "Modifier_Letter"},
     {"Lo", "Other_Letter"},
     {"Lt", "Titlecase_Letter"},
     {"Lu", "Uppercase_Letter"},
     {"M", "Mark", "Combining_Mark"},
     {"Mc", "Spacing_Mark"},
     {"Me", "Enclosing_Mark"},
     {"Mn", "Nonspacing_Mark"},
     {"N", "Number"},
     {"Nd", "Decimal_Number", "digit"},
     {"Nl", "Letter_Number"},
     {"No", "Other_Number"},
     {"P", "Punctuation", "punct"},
     {"Pc", "Connector_Punctuation"},
     {"Pd", "Dash_Punctuation"},
     {"Pe", "Close_Punctuation"},
     {"Pf", "Final_Punctuation"},
     {"Pi", "Initial_Punctuation"},
     {"Po", "Other_Punctuation"},
     {"Ps", "Open_Punctuation"},
     {"S", "Symbol"},
     {"Sc", "Currency_Symbol"},
     {"Sk", "Modifier_Symbol"},
     {"Sm", "Math_Symbol"},
     {"So", "Other_Symbol"},
     {"Z", "Separator"},
     {"Zl", "Line_Separator"},
     {"Zp", "Paragraph_Separator"},
     {"Zs", "Space_Separator"}}};

/// Binary properties of ECMA-262 with their aliases; PCRE2 knows both spellings.
constexpr std::array<std::string_view, 95> kBinaryProperties{
    "ASCII",
    "ASCII_Hex_Digit",
    "AHex",
    "Alphabetic",
    "Alpha",
    "Any",
    "Bidi_Control",
    "Bidi_C",
    "Bidi_Mirrored",
    "Bidi_M",
    "Case_Ignorable",
    "CI",
    "Cased",
    "Changes_When_Casefolded",
    "CWCF",
    "Changes_When_Casemapped",
    "CWCM",
    "Changes_When_Lowercased",
    "CWL",
    "Changes_When_Titlecased",
    "CWT",
    "Changes_When_Uppercased",
    "CWU",
    "Dash",
    "Default_Ignorable_Code_Point",
    "DI",
    "Deprecated",
    "Dep",
    "Diacritic",
    "Dia",
    "Emoji",
    "Emoji_Component",
    "EComp",
    "Emoji_Modifier",
    "EMod",
    "Emoji_Modifier_Base",
    "EBase",
    "Emoji_Presentation",
    "EPres",
    "Extended_Pictographic",
    "ExtPict",
    "Extender",
    "Ext",
    "Grapheme_Base",
    "Gr_Base",
    "Grapheme_Extend",
    "Gr_Ext",
    "Hex_Digit",
    "Hex",
    "IDS_Binary_Operator",
    "IDSB",
    "IDS_Trinary_Operator",
    "IDST",
    "ID_Continue",
    "IDC",
    "ID_Start",
    "IDS",
    "Ideographic",
    "Ideo",
    "Join_Control",
    "Join_C",
    "Logical_Order_Exception",
    "LOE",
    "Lowercase",
    "Lower",
    "Math",
    "Noncharacter_Code_Point",
    "NChar",
    "Pattern_Syntax",
    "Pat_Syn",
    "Pattern_White_Space",
    "Pat_WS",
    "Quotation_Mark",
    "QMark",
    "Radical",
    "Regional_Indicator",
    "RI",
    "Sentence_Terminal",
    "STerm",
    "Soft_Dotted",
    "SD",
    "Terminal_Punctuation",
    "Term",
    "Unified_Ideograph",
    "UIdeo",
    "Uppercase",
    "Upper",
    "Variation_Selector",
    "VS",
    "White_Space",
    "space",
    "XID_Continue",
    "XIDC",
    "XID_Start",
    "XIDS"};

std::optional<std::string> categoryName(std::string_view text)
{
    const auto found =
        std::find_if(kCategories.begin(), kCategories.end(), [text](const Category& category) {
            return text == category.shortName || text == category.longName
                   || (text == category.otherName && !text.empty());
        });
    if (found == kCategories.end())
        return std::nullopt;
    // PCRE2 calls cased letters L&.
    return found->shortName == "LC" ? "L&" : std::string(found->shortName);
}

/// Words with a capital first letter, joined by underscores. PCRE2 reads names loosely and ECMA-262
/// does not, so the spelling is checked before PCRE2 says whether such a script exists.
bool isSpelledLikeScript(std::string_view text)
{
    if (text == "SignWriting")
        return true;
    bool atStart = true;
    for (const char c : text) {
        if (c == '_' ? atStart : !isLetter(c) || (c < 'a') != atStart)
            return false;
        atStart = c == '_';
    }
    return !atStart;
}

std::optional<std::string> scriptName(std::string_view text, const char* kind)
{
    if (!isSpelledLikeScript(text))
        return std::nullopt;
    std::string name = kind + std::string(text);
    const QRegularExpression probe(QString::fromStdString("\\p{" + name + "}"));
    return probe.isValid() ? std::optional(std::move(name)) : std::nullopt;
}

} // namespace

std::optional<std::string> translateUnicodeProperty(std::string_view text)
{
    if (const auto equals = text.find('='); equals != std::string_view::npos) {
        const auto name = text.substr(0, equals);
        const auto value = text.substr(equals + 1);
        if (name == "General_Category" || name == "gc")
            return categoryName(value);
        if (name == "Script" || name == "sc")
            return scriptName(value, "sc:");
        if (name == "Script_Extensions" || name == "scx")
            return scriptName(value, "scx:");
        return std::nullopt;
    }
    if (auto category = categoryName(text))
        return category;
    if (text == "Assigned")
        return "^Cn";
    if (std::find(kBinaryProperties.begin(), kBinaryProperties.end(), text)
        == kBinaryProperties.end())
        return std::nullopt;
    return std::string(text);
}

} // namespace countersign::data::detail
