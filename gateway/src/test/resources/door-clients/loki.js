// A log transport for Loki against a door, as JSON and in the binary form.
import winston from "winston";
import LokiTransport from "winston-loki";

const json = process.argv[3] === "json";
const errors = [];
const transport = new LokiTransport({
  host: process.argv[2],
  json,
  batching: true,
  interval: 1,
  labels: { app: "web" },
  format: winston.format.json(),
  replaceTimestamp: false,
  onConnectionError: (error) => errors.push(String(error)),
});
const logger = winston.createLogger({ transports: [transport] });
for (let n = 0; n < 20; n++) {
  logger.info(`line "${n}" zwölf`, { labels: { n: "x" } });
}
await transport.flush();
console.log(JSON.stringify({ errors }));
process.exit(0);
