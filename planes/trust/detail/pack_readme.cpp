#include "planes/trust/detail/pack_manifest.h"

namespace countersign::trust::detail {

namespace {

constexpr std::string_view kHead = R"text(EVIDENCE PACK

This folder is what one workspace says about one decision: who asked for what, who signed, under
which roster and policy, and what was done then. report.html tells it in words. Everything below
can be checked with common tools, without the program that made the pack.

)text";

constexpr std::string_view kCommands = R"text(
HOW TO CHECK IT

In an empty folder, with the pack as ../pack.zip (unzip, coreutils, sed, awk, openssl 3):

1. Unpack.

    unzip -q ../pack.zip

2. The list of files. manifest.json is a DSSE envelope; its payload is an in-toto statement.

    sed 's/.*"payload":"\([^"]*\)".*/\1/' manifest.json | base64 -d > /tmp/statement.json
    sed 's/{"digest"/\n&/g' /tmp/statement.json \
      | sed -n 's/^{"digest":{"sha256":"\([0-9a-f]*\)"},"name":"\([^"]*\)"}.*/\1  \2/p' \
      | sha256sum -c --quiet

   Nothing is printed when every file is the one in the list. No file but manifest.json may be
   missing in it.

3. The log's key signed the list. (log.vkey ends in base64 of one type byte, 01, and the 32 bytes
   of an Ed25519 key.)

    ( printf '\060\052\060\005\006\003\053\145\160\003\041\000'
      cut -d+ -f3- log.vkey | base64 -d | tail -c 32 ) > /tmp/log.der
    ( printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$(wc -c < /tmp/statement.json)"
      cat /tmp/statement.json ) > /tmp/statement.pae
    sed 's/.*"sig":"\([^"]*\)".*/\1/' manifest.json | base64 -d > /tmp/statement.sig
    openssl pkeyutl -verify -pubin -keyform DER -inkey /tmp/log.der -rawin \
      -in /tmp/statement.pae -sigfile /tmp/statement.sig

4. The log's key signed the checkpoint (C2SP signed-note and tlog-checkpoint).

    sed '/^$/,$d' checkpoint > /tmp/checkpoint.text
    grep -F " $(cut -d+ -f1 log.vkey) " checkpoint | head -n 1 | awk '{print $3}' | base64 -d \
      | tail -c 64 > /tmp/checkpoint.sig
    openssl pkeyutl -verify -pubin -keyform DER -inkey /tmp/log.der -rawin \
      -in /tmp/checkpoint.text -sigfile /tmp/checkpoint.sig

5. Each entry is in the log. proofs/N.tlog-proof is a C2SP tlog-proof for the bytes of
   entries/N.leaf; any tool that knows the format checks it against log.vkey. The tree is that of
   RFC 6962; the leaf's hash is

    ( printf '\000'; cat entries/N.leaf ) | sha256sum

6. Each body is the one its leaf commits to. For an event:

    sha256sum entries/N.body         # equals "bodySha256" in entries/N.leaf

   For a signature the leaf is a Rekor entry (hashedrekord 0.0.2) and the body the DSSE envelope.
   To check a person's signature (K is its "keyid"; P-256 shown):

    sed 's/.*"payload":"\([^"]*\)".*/\1/' entries/N.body | base64 -d > /tmp/answer.json
    ( printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$(wc -c < /tmp/answer.json)"
      cat /tmp/answer.json ) > /tmp/answer.pae
    sed 's/.*"sig":"\([^"]*\)".*/\1/' entries/N.body | base64 -d > /tmp/answer.sig
    openssl dgst -sha256 -verify keys/K.pem -signature /tmp/answer.sig /tmp/answer.pae

   For an Ed25519 key use the openssl command of step 3 with keys/K.pem and without -keyform DER.

7. Documents are named by their digest.

    ( cd documents && for f in *; do echo "$f  $f"; done | sha256sum -c --quiet )

8. The genesis. The payload of the statement of type .../genesis/v1 has the SHA-256 digest that is
   given as anchor above, names the log's key, and names roster.json and policy.json by digest:

    sha256sum roster.json policy.json

   Compare the anchor with the people who founded the workspace, by telephone. Whoever signs with
   the keys in the roster acts for the person named there on the founders' word.

)text";

constexpr std::string_view kLimits = R"text(WHAT THIS PACK DOES NOT PROVE

- That nothing was left out. The pack holds chosen entries of the log. Gaps within the history of a
  run, missing statements and missing documents are found; an entry that nothing in the pack refers
  to, such as a later one, can be absent. The whole workspace can be verified where it lies.
- That this is the only history the log's key ever signed. Compare the checkpoint with one that a
  witness cosigned or that you kept earlier.
- When something happened. Times are claims of the workspace; proven is the order of the entries.
- What the systems outside did. A receipt records what a system answered, unless its
  verification_status says more.
- That connectors were configured as their pins say: a pin covers the manifest and the address,
  and the address is known to the workspace only.
- That a document is true, or that whoever signed it had understood it.
- What an erased body said: its leaf stays and proves that it was there.
)text";

} // namespace

std::string packReadme(const PackManifest& about)
{
    std::string readme(kHead);
    readme += "decision   " + about.decisionId + '\n';
    readme += "log        " + about.head.origin + '\n';
    readme += "entries    " + std::to_string(about.head.size) + " in the log at the checkpoint\n";
    readme += "anchor     " + about.anchor.hex() + '\n';
    readme += kCommands;
    readme += kLimits;
    return readme;
}

} // namespace countersign::trust::detail
