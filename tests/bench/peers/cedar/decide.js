// Asks the npm reference the same questions as bench_cedar.cpp.
// usage: node decide.js FOLDER SECONDS     FOLDER holds countersign.json and the files it names.
// Prints one JSON object: version, loadMs, decisionsPerSecond, p50Us, p99Us, wrong.
// Policies and schema are parsed once; the interface takes entities and context as JSON in every call.

const fs = require("fs");
const path = require("path");
const cedar = require("@cedar-policy/cedar-wasm/nodejs");

const [folder, seconds] = [process.argv[2], Number(process.argv[3])];
const text = (name) => fs.readFileSync(path.join(folder, name), "utf8");
const nowUs = () => Number(process.hrtime.bigint() / 10n) / 100;

function policySet(source, links) {
  const parts = cedar.policySetTextToParts(source);
  const named = (list, toJson) =>
    Object.fromEntries(list.map((policy) => [toJson(policy).json.annotations.id, policy]));
  return {
    staticPolicies: named(parts.policies, cedar.policyToJson),
    templates: named(parts.policy_templates, cedar.templateToJson),
    templateLinks: links,
  };
}

function must(answer) {
  if (answer.type !== "success") throw new Error(JSON.stringify(answer.errors));
  return answer;
}

const suite = JSON.parse(text("countersign.json"));
const entities = JSON.parse(text(suite.entities));
const loadStart = nowUs();
must(cedar.preparsePolicySet("set", policySet(text(suite.policies), JSON.parse(text(suite.links)))));
must(cedar.preparseSchema("schema", text(suite.schema)));
const loadMs = (nowUs() - loadStart) / 1000;

const calls = suite.requests.map((request) => ({
  principal: request.principal,
  action: request.action,
  resource: request.resource,
  context: request.context,
  preparsedSchemaName: "schema",
  validateRequest: false,
  preparsedPolicySetId: "set",
  entities,
}));

let wrong = 0;
calls.forEach((call, index) => {
  const { decision } = must(cedar.statefulIsAuthorized(call)).response;
  if (decision !== suite.requests[index].decision) wrong += 1;
});

const times = [];
const start = nowUs();
while (nowUs() - start < seconds * 1e6) {
  for (const call of calls) {
    const before = nowUs();
    cedar.statefulIsAuthorized(call);
    times.push(nowUs() - before);
  }
}
const elapsed = nowUs() - start;
times.sort((left, right) => left - right);
const at = (part) => times[Math.floor((times.length - 1) * part)];
console.log(
  JSON.stringify({
    version: cedar.getCedarSDKVersion(),
    loadMs,
    decisionsPerSecond: (times.length / elapsed) * 1e6,
    p50Us: at(0.5),
    p99Us: at(0.99),
    wrong,
  })
);
