// What a tool does with a server it does not know: asks what is there, calls it, keeps the line alive.
// node people.js PORT, with @grpc/grpc-js and grpc-js-reflection-client under NODE_PATH.
const grpc = require('@grpc/grpc-js');
const reflection = require('grpc-js-reflection-client');

const target = 'localhost:' + process.argv[2];
const options = { enums: String, defaults: true };
const credentials = grpc.credentials.createInsecure();

async function main() {
  const client = new reflection.GrpcReflection(target, credentials);
  const services = (await client.listServices()).sort();
  console.log('services ' + services.join(' '));

  const described = await client.getDescriptorBySymbol('penstock.ingest.v1.IngestService');
  const ingest = described.getPackageObject(options).penstock.ingest.v1.IngestService;
  console.log('methods ' + Object.keys(ingest.service).sort().join(' '));

  const health = (await client.getDescriptorBySymbol('grpc.health.v1.Health'))
    .getPackageObject(options).grpc.health.v1.Health;
  const calls = new health(target, credentials, { 'grpc.keepalive_time_ms': 10000 });
  calls.Check({ service: '' }, (failure, answer) => {
    console.log('check ' + (failure ? failure.code : answer.status));
    const watch = calls.Watch({ service: '' }, { deadline: Date.now() + 1500 });
    watch.on('data', seen => console.log('watch ' + seen.status));
    watch.on('error', end => {
      console.log('deadline ' + end.code);
      process.exit(0);
    });
  });
}

main().catch(failure => {
  console.log(failure);
  process.exit(1);
});
