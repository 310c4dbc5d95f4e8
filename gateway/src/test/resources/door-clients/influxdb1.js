// The client of InfluxDB 1 against a door.
import { InfluxDB, FieldType } from "influx";

const url = new URL(process.argv[2]);
const influx = new InfluxDB({
  host: url.hostname,
  port: Number(url.port),
  database: "old",
  schema: [{ measurement: "web", fields: { ms: FieldType.FLOAT, path: FieldType.STRING, n: FieldType.INTEGER }, tags: ["host"] }],
});
const hosts = await influx.ping(2000);
await influx.createDatabase("old");
await influx.writePoints(
  Array.from({ length: 100 }, (_, n) => ({
    measurement: "web",
    tags: { host: "a" },
    fields: { ms: n / 4, path: "/x y", n },
    timestamp: new Date(1700000000000 + n),
  })),
  { precision: "ms" },
);
console.log(JSON.stringify({ online: hosts[0].online, version: hosts[0].version }));
