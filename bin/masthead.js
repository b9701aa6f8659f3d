#!/usr/bin/env node
// Plain JavaScript that an old Node can read: it runs before anything that needs a new one.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { url as inspectorUrl } from 'node:inspector';
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

/** Commands that run long and make much: `start` for as long as it likes, `import` for an archive. */
const BOUNDED = ['start', 'import'];

/**
 * What the one that serves, or imports, is started with: V8 lets young objects take 128 MB where there is enough memory, for good, and can
 * be told otherwise at its start alone. Why half of that and no less: docs/decisions/0043.
 */
const boundsOfMemory = () => {
  const isBounded = BOUNDED.includes(process.argv[2]);
  const options = [...process.execArgv, process.env.NODE_OPTIONS ?? ''].join(' ');
  const isToldOtherwise = /--(max|min)[-_]semi[-_]space[-_]size/.test(options);
  return isBounded && !isToldOtherwise ? ['--max-semi-space-size=32'] : [];
};

/** Threads share two places to allocate from: glibc gives each its own, where what others let go of stays. */
const variablesFor = (bounds) => (bounds.length === 0 ? process.env : { MALLOC_ARENA_MAX: '2', ...process.env });

/** Becomes a Node with `bounds`, in this very process, where that is possible: id, streams and signals stay as they are. */
const becomeBounded = (bounds) => {
  // A channel to who started it would be closed, and so would a debugger's connection.
  if (bounds.length === 0 || process.execve === undefined || process.connected || inspectorUrl() !== undefined) return;
  // Node ends a process whose execve fails: an installation that was replaced meanwhile, say.
  if (!existsSync(process.execPath)) return;
  try {
    const words = [process.argv0, ...process.execArgv, ...bounds, ...process.argv.slice(1)];
    process.execve(process.execPath, words, variablesFor(bounds));
  } catch {
    // Not allowed, or not on this system: then it takes more.
  }
};

/** Hands arguments, streams and signals on, and ends as the other one ends. */
const runWith = (node) => {
  const bounds = boundsOfMemory();
  const words = [...bounds, ...process.argv.slice(1)];
  const child = spawn(node, words, { stdio: 'inherit', env: variablesFor(bounds) });
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
  becomeBounded(boundsOfMemory());
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
