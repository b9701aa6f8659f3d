// `npm run reader`: a gateway with the demo newsroom, and this site in front of it, until Ctrl-C or SIGTERM.
import { pickFreePort } from './pick-free-port.ts';
import { createReader } from './reader.ts';
import { readSettings, SettingsError } from './read-settings.ts';
import { serve } from './serve.ts';
import { spawnGateway } from './spawn-gateway.ts';
import { untilAsked } from './until-asked.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`reader: ${line}\n`);

const run = async (): Promise<number> => {
  const asked = untilAsked().then(() => 'asked' as const);
  const settings = readSettings(process.env);
  if (settings.gatewayUrl === null)
    say('Starting a gateway; the first start fills its newsroom and takes a few seconds …');
  const gateway = settings.gatewayUrl === null ? spawnGateway(settings.gatewayVariables) : null;
  try {
    // Whoever does not want to wait for the first start is heard during it.
    const gatewayUrl = settings.gatewayUrl ?? (await Promise.race([gateway?.url ?? '', asked.then(() => null)]));
    if (gatewayUrl === null) return 0;
    const port = settings.readerPort === 0 ? await pickFreePort() : settings.readerPort;
    const readerUrl = settings.readerUrl ?? `http://localhost:${port}`;
    const site = await serve(createReader({ gatewayUrl, readerUrl, log: complain }), port);
    say(
      `\n  Reader   ${readerUrl}/\n  Gateway  ${gatewayUrl}/\n\nCtrl-C stops ${gateway === null ? 'the reader' : 'both'}.`,
    );
    const ending = await Promise.race([asked, ...(gateway === null ? [] : [gateway.ended])]);
    if (ending !== 'asked')
      complain(`the gateway ended by itself (${ending ?? 'by a signal'}), and there is nothing to read without it`);
    await site.close();
    return ending === 'asked' ? 0 : 1;
  } finally {
    await gateway?.stop();
  }
};

process.exitCode = await run().catch((error: unknown) => {
  for (const line of (error instanceof Error ? error.message : String(error)).split('\n')) complain(line);
  if (!(error instanceof SettingsError) && !process.env['GATEWAY_URL'])
    complain('if a gateway runs already: GATEWAY_URL=http://localhost:4000 npm run reader');
  return 1;
});
