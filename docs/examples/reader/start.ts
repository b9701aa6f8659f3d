// `npm run reader`: a gateway with the demo newsroom, and this site in front of it, until Ctrl-C or SIGTERM.
import { pickFreePort } from './pick-free-port.ts';
import { createReader } from './reader.ts';
import { serve } from './serve.ts';
import { spawnGateway, type SpawnedGateway } from './spawn-gateway.ts';

const { GATEWAY_URL, GATEWAY_PORT = '4000', READER_PORT = '4001', READER_URL, ...others } = process.env;

const trimmed = (url: string): string => url.replace(/\/+$/, '');
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`reader: ${line}\n`);

const stopSignal = new Promise<NodeJS.Signals>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve);
});

/** Ours, unless the environment names one that runs already. */
const startGateway = (): Promise<SpawnedGateway> | null =>
  GATEWAY_URL === undefined ? spawnGateway({ LOG_LEVEL: 'warn', ...others, PORT: GATEWAY_PORT }) : null;

const run = async (): Promise<number> => {
  if (GATEWAY_URL === undefined)
    say('Starting a gateway; the first start fills its newsroom and takes a few seconds …');
  const gateway = await startGateway();
  const port = READER_PORT === '0' ? await pickFreePort() : Number(READER_PORT);
  const gatewayUrl = trimmed(gateway?.url ?? GATEWAY_URL ?? '');
  const readerUrl = trimmed(READER_URL ?? `http://localhost:${port}`);
  try {
    const site = await serve(createReader({ gatewayUrl, readerUrl, log: complain }), port);
    say(
      `\n  Reader   ${readerUrl}/\n  Gateway  ${gatewayUrl}/\n\nCtrl-C stops ${gateway === null ? 'the reader' : 'both'}.`,
    );
    const ending = await Promise.race([stopSignal, ...(gateway === null ? [] : [gateway.ended])]);
    await site.close();
    // A signal's name: we were asked. Anything else: the gateway ended by itself, and there is nothing to read.
    return typeof ending === 'string' ? 0 : 1;
  } finally {
    await gateway?.stop();
  }
};

process.exitCode = await run().catch((error: unknown) => {
  complain(error instanceof Error ? error.message : String(error));
  if (GATEWAY_URL === undefined)
    complain('if a gateway runs already: GATEWAY_URL=http://localhost:4000 npm run reader');
  return 1;
});
