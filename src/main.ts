import cluster from 'node:cluster';
import { runCli } from './cli/cli.ts';

process.exitCode = await runCli(process.argv.slice(2), {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
});
// Its channel to a process that watches over this one would keep it.
cluster.worker?.disconnect();
