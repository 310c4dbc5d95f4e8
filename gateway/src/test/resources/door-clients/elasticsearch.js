// The official client against a door: what it demands of a server, its bulk call and its bulk helper.
import { Client } from "@elastic/elasticsearch";

const client = new Client({ node: process.argv[2], compression: true, maxRetries: 0 });
const answers = {};
answers.info = (await client.info()).tagline;
answers.health = (await client.cluster.health()).status;
await client.indices.putIndexTemplate({ name: "logs", index_patterns: ["logs-*"] });
const bulk = await client.bulk({
  index: "plain",
  operations: [
    { index: {} }, { n: 1 },
    { create: { _index: "logs-2026.11.26", _id: "a\"b" } }, { n: 2, text: "zwölf" },
    { delete: { _index: "plain", _id: "1" } },
    { update: { _index: "plain", _id: "1" } }, { doc: { n: 3 } },
    { index: { _index: "Wrong" } }, { n: 4 },
  ],
});
answers.errors = bulk.errors;
answers.items = bulk.items.map((item) => {
  const [op, said] = Object.entries(item)[0];
  return [op, said._index, said.status, said.error?.type ?? said.result].join(" ");
});
answers.id = bulk.items[1].create._id;
const documents = Array.from({ length: 2500 }, (_, n) => ({ n, text: `line ${n}` }));
answers.helper = await client.helpers.bulk({
  datasource: documents,
  flushBytes: 20000,
  retries: 3,
  wait: 50,
  onDocument: () => ({ create: { _index: "helped" } }),
});
console.log(JSON.stringify(answers));
