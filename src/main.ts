import cluster from 'node:cluster';
import { runCli } from './cli/cli.ts';

// Nobody reads on (`masthead … | head`): what is left to say is dropped, what is being done is done.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

process.exitCode = await runCli(process.argv.slice(2), {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
});
// Its channel to a process that watches over this one would keep it.
cluster.worker?.disconnect();
