#include "app/ctl/change_text.h"
#include "app/ctl/command_lists.h"
#include "app/ctl/request_text.h"
#include "app/ctl/signing_key.h"
#include "app/ctl/workspace_access.h"
#include "planes/control/roster_edit.h"

namespace countersign::ctl {

namespace {

using control::ChangeKind;

constexpr std::uint64_t kDocumentByteCountMax = std::uint64_t{4} * 1024 * 1024;
constexpr std::uint64_t kKeyFileByteCountMax = std::uint64_t{64} * 1024;

Result<Json> rosterInForce(app::Core& core)
{
    CS_TRY(
        const std::string bytes,
        core.store().openReader()->document(*core.foundation().roster().sha256));
    return parseJson(bytes);
}

Result<Json> readDocument(const std::string& path)
{
    CS_TRY(const std::string bytes, app::readFileWhole(path, kDocumentByteCountMax));
    auto document = parseJson(bytes);
    if (!document.ok())
        return fail(document.error().inFile(path));
    return document;
}

Result<trust::PublicKey> readPublicKey(const std::string& path)
{
    CS_TRY(const std::string pem, app::readFileWhole(path, kKeyFileByteCountMax));
    auto key = trust::PublicKey::fromPem(pem);
    if (!key.ok())
        return fail(key.error().inFile(path));
    return key;
}

/// Shows a change, signs its proposal and opens its request.
Result<int>
propose(const Invocation& invocation, Output& output, app::Core& core, app::ChangeWish wish)
{
    CS_TRY(const SigningKey key, SigningKey::find(invocation));
    wish.keyId = key.keyId();
    wish.reason = invocation.value("reason");
    CS_TRY(const app::PreparedChange prepared, core.prepareChange(wish));
    const control::Roster& roster = core.foundation().roster();
    output.line("You propose, as " + personText(roster, prepared.change.proposer) + ":");
    output.line("  " + shownLine(wish.reason));
    printChange(output, prepared.change);
    output.line(
        "It needs " + std::to_string(prepared.request.approvalsNeeded)
        + " signatures of others; yours only proposes it.");
    CS_TRY(const trust::Envelope envelope, key.sign(invocation, prepared.payload));
    CS_TRY(const control::ApprovalRequest request, core.submitChange(prepared, envelope));
    output.line("Proposed. Others sign it with:");
    output.line("  countersignctl sign " + request.decisionId + " --answer approve --key NAME");
    Json document = toJson(prepared.change);
    document["request_sha256"] = control::requestDigest(request).hex();
    document["approvals_needed"] = request.approvalsNeeded;
    output.document(document);
    return kDone;
}

Result<int>
proposeEdit(const Invocation& invocation, Output& output, app::Core& core, Json document)
{
    return propose(
        invocation, output, core, {.kind = ChangeKind::Roster, .document = std::move(document)});
}

Result<int> printNext(const Invocation& invocation, Output& output)
{
    CS_TRY(const auto core, openCore(invocation));
    CS_TRY(const Json inForce, rosterInForce(*core));
    const control::RosterEdit edit(inForce);
    output.bytes(edit.document().dump(2) + "\n");
    output.document(edit.document());
    return kDone;
}

Result<int> proposeRoster(const Invocation& invocation, Output& output)
{
    CS_TRY(Json document, readDocument(invocation.arguments.front()));
    CS_TRY(const auto core, openCore(invocation));
    return proposeEdit(invocation, output, *core, std::move(document));
}

Result<int> enrol(const Invocation& invocation, Output& output)
{
    CS_TRY(const auto core, openCore(invocation));
    CS_TRY(const Json inForce, rosterInForce(*core));
    control::RosterEdit edit(inForce);
    const std::string& person = invocation.arguments.front();
    CS_CHECK(edit.enrol(
        person, invocation.value("name"), invocation.values("role"), invocation.value("manager")));
    if (const auto path = invocation.optionalValue("public-key")) {
        CS_TRY(const trust::PublicKey key, readPublicKey(*path));
        CS_CHECK(edit.addKey(person, key));
    }
    return proposeEdit(invocation, output, *core, edit.document());
}

Result<int> removePerson(const Invocation& invocation, Output& output)
{
    CS_TRY(const auto core, openCore(invocation));
    CS_TRY(const Json inForce, rosterInForce(*core));
    control::RosterEdit edit(inForce);
    CS_CHECK(edit.remove(invocation.arguments.front()));
    return proposeEdit(invocation, output, *core, edit.document());
}

Result<int> changeRoles(const Invocation& invocation, Output& output)
{
    CS_TRY(const auto core, openCore(invocation));
    CS_TRY(const Json inForce, rosterInForce(*core));
    control::RosterEdit edit(inForce);
    const std::string& person = invocation.arguments.front();
    for (const std::string& role : invocation.values("give"))
        CS_CHECK(edit.giveRole(person, role));
    for (const std::string& role : invocation.values("take"))
        CS_CHECK(edit.takeRole(person, role));
    return proposeEdit(invocation, output, *core, edit.document());
}

Result<int> rotateKey(const Invocation& invocation, Output& output)
{
    CS_TRY(const trust::PublicKey key, readPublicKey(invocation.value("public-key")));
    CS_TRY(const auto core, openCore(invocation));
    CS_TRY(const Json inForce, rosterInForce(*core));
    control::RosterEdit edit(inForce);
    CS_CHECK(edit.replaceKeys(invocation.arguments.front(), key));
    return proposeEdit(invocation, output, *core, edit.document());
}

Result<int> revokeKey(const Invocation& invocation, Output& output)
{
    CS_TRY(const auto core, openCore(invocation));
    CS_TRY(const Json inForce, rosterInForce(*core));
    control::RosterEdit edit(inForce);
    std::optional<std::uint64_t> since;
    if (invocation.has("distrust-since")) {
        CS_TRY(
            const std::int64_t number,
            invocation.wholeNumber("distrust-since", 0, 0, std::int64_t{1} << 48));
        since = static_cast<std::uint64_t>(number);
    }
    CS_CHECK(edit.revokeKey(invocation.arguments.front(), invocation.value("reason"), since));
    return proposeEdit(invocation, output, *core, edit.document());
}

Result<int> recoverPerson(const Invocation& invocation, Output& output)
{
    CS_TRY(const trust::PublicKey key, readPublicKey(invocation.value("public-key")));
    CS_TRY(const auto core, openCore(invocation));
    CS_TRY(const Json inForce, rosterInForce(*core));
    control::RosterEdit edit(inForce);
    const std::string& person = invocation.arguments.front();
    CS_CHECK(edit.replaceKeys(person, key));
    return propose(
        invocation,
        output,
        *core,
        {.kind = ChangeKind::Recovery,
         .document = edit.document(),
         .recoveredPerson = person,
         .identityCheck = invocation.value("identity-check")});
}

Result<int> showPolicy(const Invocation& invocation, Output& output)
{
    CS_TRY(const auto room, ReadingRoom::open(invocation));
    const control::Policy& policy = room->foundation().policy();
    CS_TRY(const std::string bytes, room->context().ledger.document(*policy.sha256));
    CS_TRY(const Json document, parseJson(bytes));
    output.bytes(document.dump(2) + "\n");
    output.document({{"sha256", policy.sha256->hex()}, {"policy", document}});
    return kDone;
}

Result<int> proposePolicy(const Invocation& invocation, Output& output)
{
    CS_TRY(Json document, readDocument(invocation.arguments.front()));
    CS_TRY(const auto core, openCore(invocation));
    return propose(
        invocation, output, *core, {.kind = ChangeKind::Policy, .document = std::move(document)});
}

Result<int> halt(const Invocation& invocation, Output& output)
{
    CS_TRY(const auto core, openCore(invocation));
    CS_TRY(const SigningKey key, SigningKey::find(invocation));
    CS_TRY(const std::string payload, core->prepareHalt(key.keyId(), invocation.value("reason")));
    CS_TRY(const trust::Envelope envelope, key.sign(invocation, payload));
    CS_CHECK(core->submitHalt(envelope));
    output.line("Halted. Nothing is dispatched until a quorum lifts it; propose that with:");
    output.line("  countersignctl resume --key NAME --reason TEXT");
    output.document({{"halted", true}, {"reason", invocation.value("reason")}});
    return kDone;
}

Result<int> resume(const Invocation& invocation, Output& output)
{
    CS_TRY(const auto core, openCore(invocation));
    return propose(invocation, output, *core, {.kind = ChangeKind::Resume, .document = Json()});
}

std::vector<OptionSpec> proposalOptions(std::vector<OptionSpec> options = {})
{
    options.push_back({"reason", "TEXT", "Why; part of what is signed", true});
    for (const OptionSpec& option : signingOptions())
        options.push_back(option);
    return options;
}

constexpr ArgumentSpec kPerson = {
    "PERSON", "Id of the person, as `countersignctl roster show` has it"};
constexpr OptionSpec kPublicKey = {
    "public-key", "FILE", "The new key: PEM, as `key list` exports it", true};
constexpr std::string_view kGoverned =
    "A change of the roster is a decision like any other: you propose it under your signature, "
    "and\n"
    "it is in force once a quorum of others has signed. Open requests are then asked anew.";

} // namespace

std::vector<CommandSpec> charterCommands()
{
    return {
        {"roster next",
         "Print the roster as the next version, ready to be edited",
         "Edit the document and hand it to `roster propose`.",
         {},
         {},
         {"roster next --workspace ~/northgate > next.json"},
         printNext},
        {"roster propose",
         "Propose a whole next roster",
         kGoverned,
         {{"FILE", "The next version, whole"}},
         proposalOptions(),
         {"roster propose next.json --key dana --reason 'Spring changes'"},
         proposeRoster},
        {"roster enrol",
         "Propose to take a person in",
         kGoverned,
         {kPerson},
         proposalOptions(
             {{"name", "TEXT", "Name as people read it", true},
              {"role", "ROLE", "A role; may be repeated", false, true},
              {"manager", "PERSON", "Whom a missed deadline is told to"},
              {"public-key", "FILE", "Their key: PEM"}}),
         {"roster enrol nina.berg --name 'Nina Berg' --role team_lead --public-key nina.pub.pem "
          "--key dana --reason 'New team lead'"},
         enrol},
        {"roster remove",
         "Propose to let a person go",
         kGoverned,
         {kPerson},
         proposalOptions(),
         {"roster remove nina.berg --key dana --reason 'Left the company'"},
         removePerson},
        {"roster role",
         "Propose to give or take roles",
         kGoverned,
         {kPerson},
         proposalOptions(
             {{"give", "ROLE", "May be repeated", false, true},
              {"take", "ROLE", "May be repeated", false, true}}),
         {"roster role nina.berg --give finance --take team_lead --key dana --reason 'New post'"},
         changeRoles},
        {"roster rotate",
         "Propose a new key in place of a person's old ones",
         kGoverned,
         {kPerson},
         proposalOptions({kPublicKey}),
         {"roster rotate dana --public-key new.pub.pem --key dana --reason 'Yearly rotation'"},
         rotateKey},
        {"roster revoke",
         "Propose to take a key out of use",
         "With --distrust-since, what the key signed from that ledger position on counts no more, "
         "and\n"
         "runs that rest on it stop.",
         {{"KEY_ID", "Hexadecimal, as `roster show --json` has it"}},
         proposalOptions(
             {{"distrust-since", "INDEX", "First ledger position whose signature is not trusted"}}),
         {"roster revoke 5f0c… --distrust-since 4711 --key dana --reason 'Laptop stolen'"},
         revokeKey},
        {"roster recover",
         "Propose new keys for somebody who lost theirs",
         "The person concerned cannot sign it. How you made sure that it is they who ask becomes "
         "part\n"
         "of what the others sign.",
         {kPerson},
         proposalOptions(
             {kPublicKey, {"identity-check", "TEXT", "How it was made sure who asks", true}}),
         {"roster recover greta.holm --public-key new.pub.pem --identity-check 'In person, with "
          "passport' --key dana --reason 'Token lost'"},
         recoverPerson},
        {"policy show",
         "The policy in force",
         "As the ledger holds it.",
         {},
         {},
         {"policy show --workspace ~/northgate"},
         showPolicy},
        {"policy propose",
         "Propose the next policy",
         "A change of policy is a decision like any other: it is in force once a quorum has "
         "signed.",
         {{"FILE", "The next version, whole"}},
         proposalOptions(),
         {"policy propose next-policy.json --key dana --reason 'Three signatures for prices'"},
         proposePolicy},
        {"halt",
         "Stop all dispatch at once",
         "One person of a manager's standing may. Whichever process runs the engine sends nothing "
         "from\n"
         "then on, not even compensations, until a quorum lifts it.",
         {},
         proposalOptions(),
         {"halt --key dana --reason 'Payments go to the wrong account'"},
         halt},
        {"resume",
         "Propose to lift a halt",
         "Dispatch goes on once a quorum has signed.",
         {},
         proposalOptions(),
         {"resume --key dana --reason 'Account corrected'"},
         resume}};
}

} // namespace countersign::ctl
