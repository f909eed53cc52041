#include "planes/control/cedar/parse.h"

#include "planes/control/cedar/detail/expression_parser.h"
#include "planes/control/cedar/detail/token_cursor.h"
#include "planes/control/cedar/entity_store.h"

#include <set>

namespace countersign::cedar {

namespace {

using detail::ExpressionParser;
using detail::TokenCursor;

/// Reads policies one after the other. A function returns false after it recorded an error.
class PolicyParser
{
public:
    explicit PolicyParser(const std::vector<Token>& tokens)
        : m_cursor(tokens)
    {}

    ParsedPolicies parse()
    {
        ParsedPolicies parsed;
        while (!m_cursor.atEnd() && m_cursor.errors().size() < kSyntaxErrorCountMax) {
            Policy policy;
            policy.id = "policy" + std::to_string(m_policyCount++);
            if (parsePolicy(policy))
                parsed.policies.push_back(std::move(policy));
            else
                recover();
        }
        parsed.errors = m_cursor.errors();
        return parsed;
    }

private:
    /// Goes on behind the `;` that most likely ends the policy: one that is not followed by
    /// something that could only stand inside a policy.
    void recover()
    {
        while (!m_cursor.atEnd()) {
            if (!m_cursor.take().is(TokenKind::Semicolon))
                continue;
            if (m_cursor.atEnd() || m_cursor.at(TokenKind::At) || m_cursor.atWord("permit")
                || m_cursor.atWord("forbid"))
                return;
        }
    }

    bool parsePolicy(Policy& policy)
    {
        policy.position = m_cursor.position();
        while (m_cursor.at(TokenKind::At)) {
            if (!parseAnnotation(policy))
                return false;
        }
        if (m_cursor.acceptWord("forbid")) {
            policy.effect = Effect::Forbid;
        } else if (!m_cursor.acceptWord("permit")) {
            m_cursor.refuseToken("permit or forbid");
            return false;
        }
        if (!parseScopes(policy))
            return false;
        while (m_cursor.at(TokenKind::Identifier)) {
            if (!parseCondition(policy))
                return false;
        }
        if (m_cursor.at(TokenKind::Semicolon)) {
            m_cursor.take();
            return true;
        }
        m_cursor.refuseToken("when, unless or \";\"", "a semicolon ends every policy");
        return false;
    }

    bool parseAnnotation(Policy& policy)
    {
        const SourcePosition position = m_cursor.take().position;
        if (!m_cursor.at(TokenKind::Identifier)) {
            m_cursor.refuseToken("the name of an annotation");
            return false;
        }
        Annotation annotation;
        annotation.key = m_cursor.take().text;
        annotation.hasValue = m_cursor.accept(TokenKind::LeftParen);
        if (annotation.hasValue) {
            auto value = m_cursor.takeString("the value of the annotation in double quotes");
            if (!value || !m_cursor.expect(TokenKind::RightParen))
                return false;
            annotation.value = *std::move(value);
        }
        if (policy.annotation(annotation.key)) {
            m_cursor.refuse(
                position, "the policy has the annotation @" + annotation.key + " twice");
            return false;
        }
        policy.annotations.push_back(std::move(annotation));
        return true;
    }

    bool parseScopes(Policy& policy)
    {
        if (!m_cursor.expect(TokenKind::LeftParen)
            || !parseScope(Variable::Principal, policy.principal) || !expectComma()
            || !parseScope(Variable::Action, policy.action) || !expectComma()
            || !parseScope(Variable::Resource, policy.resource))
            return false;
        m_cursor.accept(TokenKind::Comma);
        return m_cursor.expect(
            TokenKind::RightParen,
            "the scope has principal, action and resource; the rest belongs into when { }");
    }

    bool expectComma()
    {
        return m_cursor.expect(
            TokenKind::Comma,
            "the scope holds one condition for each variable; the rest belongs into when { }");
    }

    bool parseScope(Variable variable, Scope& scope)
    {
        scope.position = m_cursor.position();
        const std::string_view name = variableName(variable);
        if (!m_cursor.acceptWord(name)) {
            m_cursor.refuseToken(
                std::string(name), "the scope has principal, action and resource, in this order");
            return false;
        }
        if (m_cursor.at(TokenKind::Comma) || m_cursor.at(TokenKind::RightParen))
            return true;
        if (m_cursor.accept(TokenKind::Equal)) {
            scope.kind = ScopeKind::Equal;
            return parseTarget(variable, scope, false);
        }
        if (m_cursor.acceptWord("in")) {
            scope.kind = ScopeKind::In;
            return parseTarget(variable, scope, variable == Variable::Action);
        }
        if (variable != Variable::Action && m_cursor.atWord("is"))
            return parseIs(variable, scope);
        m_cursor.refuseToken(
            variable == Variable::Action ? "==, in or \",\"" : "==, in, is or \",\"",
            m_cursor.at(TokenKind::Assign) ? std::string()
                                           : "other conditions belong into when { }");
        return false;
    }

    bool parseIs(Variable variable, Scope& scope)
    {
        m_cursor.take();
        auto type = detail::takePath(m_cursor);
        if (!type)
            return false;
        scope.type = *std::move(type);
        scope.kind = ScopeKind::Is;
        if (!m_cursor.acceptWord("in"))
            return true;
        scope.kind = ScopeKind::IsIn;
        return parseTarget(variable, scope, false);
    }

    /// An entity, the slot of the variable or, where allowed, a list of entities; any of them
    /// maybe in parentheses.
    bool parseTarget(Variable variable, Scope& scope, bool mayBeList)
    {
        std::size_t open = 0;
        if (!openParentheses(open))
            return false;
        if (m_cursor.at(TokenKind::Slot)) {
            if (!parseSlot(variable, scope))
                return false;
        } else if (mayBeList && m_cursor.at(TokenKind::LeftBracket)) {
            if (!parseEntityList(scope))
                return false;
        } else {
            const auto uid = detail::takeUid(m_cursor);
            if (!uid || !checkAction(variable, *uid))
                return false;
            scope.entities.push_back(*uid);
        }
        return closeParentheses(open);
    }

    bool openParentheses(std::size_t& count)
    {
        while (m_cursor.accept(TokenKind::LeftParen)) {
            if (++count > kNestingDepthMax) {
                m_cursor.refuse(m_cursor.position(), "too many parentheses");
                return false;
            }
        }
        return true;
    }

    bool closeParentheses(std::size_t count)
    {
        for (; count > 0; --count) {
            if (!m_cursor.expect(TokenKind::RightParen))
                return false;
        }
        return true;
    }

    bool parseSlot(Variable variable, Scope& scope)
    {
        const Token& token = m_cursor.peek();
        if (variable == Variable::Action || token.text.substr(1) != variableName(variable)) {
            m_cursor.refuseToken(
                "an entity",
                variable == Variable::Action ? "actions have no slot"
                                             : "the slot of " + std::string(variableName(variable))
                                                   + " is ?" + std::string(variableName(variable)));
            return false;
        }
        m_cursor.take();
        scope.hasSlot = true;
        return true;
    }

    bool parseEntityList(Scope& scope)
    {
        m_cursor.take();
        while (!m_cursor.accept(TokenKind::RightBracket)) {
            std::size_t open = 0;
            if (!openParentheses(open))
                return false;
            const auto uid = detail::takeUid(m_cursor);
            if (!uid || !checkAction(Variable::Action, *uid) || !closeParentheses(open))
                return false;
            scope.entities.push_back(*uid);
            if (m_cursor.accept(TokenKind::RightBracket))
                break;
            if (!m_cursor.expect(TokenKind::Comma))
                return false;
        }
        // A list of one says the same as its one element, and is written that way in JSON.
        if (scope.entities.size() != 1)
            scope.kind = ScopeKind::InAny;
        return true;
    }

    bool checkAction(Variable variable, const EntityUid& uid)
    {
        if (variable != Variable::Action || isActionType(uid.type()))
            return true;
        m_cursor.refuse(
            m_cursor.position(),
            uid.text() + " is no action",
            "actions have the type Action, maybe in a namespace");
        return false;
    }

    bool parseCondition(Policy& policy)
    {
        Condition condition;
        condition.position = m_cursor.position();
        condition.isUnless = m_cursor.atWord("unless");
        if (!condition.isUnless && !m_cursor.atWord("when")) {
            m_cursor.refuseToken("when, unless or \";\"");
            return false;
        }
        m_cursor.take();
        if (!m_cursor.expect(TokenKind::LeftBrace))
            return false;
        if (m_cursor.at(TokenKind::RightBrace)) {
            m_cursor.refuseToken("an expression", "a condition cannot be empty");
            return false;
        }
        const auto body = ExpressionParser(m_cursor, policy.expressions).parse();
        if (!body || !m_cursor.expect(TokenKind::RightBrace))
            return false;
        condition.body = *body;
        policy.conditions.push_back(condition);
        return true;
    }

    TokenCursor m_cursor;
    std::size_t m_policyCount = 0;
};

} // namespace

ParsedPolicies parsePolicies(std::string_view text)
{
    const auto tokens = tokenize(text);
    if (!tokens.ok())
        return {{}, {SyntaxError{{0, 1, 1}, tokens.error().detail, {}, {}}}};
    return PolicyParser(*tokens).parse();
}

Result<std::vector<Policy>> readPolicies(std::string_view text)
{
    CS_TRY(const auto tokens, tokenize(text));
    ParsedPolicies parsed = PolicyParser(tokens).parse();
    if (!parsed.ok())
        return fail(parsed.errors.front().error());
    return std::move(parsed.policies);
}

Result<void> nameByAnnotation(std::vector<Policy>& policies)
{
    std::set<std::string> ids;
    for (Policy& policy : policies) {
        if (const auto id = policy.annotation("id"))
            policy.id = std::string(*id);
        if (!ids.insert(policy.id).second)
            return fail(
                ErrorCode::Conflict,
                "two policies have the id " + cedar::quoted(policy.id),
                "cedar.policy_id");
    }
    return {};
}

} // namespace countersign::cedar
