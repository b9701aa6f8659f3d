#!/usr/bin/env node
// Plain JavaScript that an old Node can read: it runs before anything that needs a new one.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// The first release that runs TypeScript without a flag.
const NEEDED = [22, 18];

const isNewEnough = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
};

/** The Node that `npm ci` brought, unless it is the one that reads this. */
const findBundledNode = () => {
  const path = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
  return existsSync(path) && realpathSync(path) !== realpathSync(process.execPath) ? path : undefined;
};

/** Hands arguments, streams and signals on, and ends as the other one ends. */
const runWith = (node) => {
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal tells every process in its foreground itself; said twice, "stop" means "stop at once".
      const isSaidByTerminal = signal !== 'SIGTERM' && process.stdin.isTTY;
      if (!isSaidByTerminal) child.kill(signal);
    });
  }
  child.on('error', (error) => {
    console.error(`masthead: ${node} does not start: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    if (signal === null) {
      process.exitCode = code;
    } else {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    }
  });
};

if (isNewEnough()) {
  await import('../src/main.ts');
} else {
  const node = findBundledNode();
  if (node === undefined) {
    console.error(
      `masthead needs Node ${NEEDED.join('.')} or newer, this is ${process.versions.node}: ` +
        'run `npm ci`, which brings one that `npm start` uses',
    );
    process.exitCode = 1;
  } else {
    runWith(node);
  }
}
