// The official client of InfluxDB 2 against a door.
import { InfluxDB, Point } from "@influxdata/influxdb-client";

const failures = [];
const api = new InfluxDB({ url: process.argv[2], token: "t" }).getWriteApi("org", "metrics", "ms", {
  batchSize: 100,
  gzipThreshold: 100,
  maxRetries: 0,
  writeFailed: (error) => { failures.push(`${error.statusCode} ${error.body ?? error.message}`); },
});
for (let n = 0; n < 250; n++) {
  api.writePoint(
    new Point("cpu load")
      .tag("host", "h,ü=1")
      .floatField("busy", n + 0.5)
      .intField("n", n)
      .uintField("u", n)
      .booleanField("ok", n % 2 === 0)
      .stringField("text", `say "${n}" \\ end`)
      .timestamp(1700000000000 + n),
  );
}
await api.flush();
api.writeRecord("cpu busy=1 1700000000000");
api.writeRecord("cpu busy= 1700000000000");
await api.flush().catch(() => {});
await api.close().catch(() => {});
console.log(JSON.stringify({ failures }));
