import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

// Plain JavaScript, because npm's `prepare` step may run it on a Node that cannot strip types.
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const sources = join(root, 'src/http/playground');
const output = join(root, 'dist/playground');
/** Beside the assets and not among them: what they were built from, and which files came out. */
const record = join(root, 'dist/playground-build.json');

const filesUnder = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
        .toSorted()
    : [];

/** By content and not by time: a fresh clone and a rebased branch have times that mean nothing. */
const digestOfSources = () => {
  const digest = createHash('sha256');
  for (const file of [...filesUnder(sources), join(root, 'package-lock.json'), fileURLToPath(import.meta.url)]) {
    digest
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return digest.digest('hex');
};

const sizesOfOutput = () =>
  Object.fromEntries(filesUnder(output).map((file) => [relative(output, file), statSync(file).size]));

const isBuiltFrom = (digest) => {
  try {
    const built = JSON.parse(readFileSync(record, 'utf8'));
    return built.digest === digest && JSON.stringify(built.files) === JSON.stringify(sizesOfOutput());
  } catch {
    return false;
  }
};

/** Compressed once here instead of at every request; a picture or a small file would only grow. */
const compress = (file) => {
  const bytes = readFileSync(file);
  if (bytes.length < 1024) return;
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
};

const main = async () => {
  const digest = digestOfSources();
  if (isBuiltFrom(digest)) return;

  // `npm ci --omit=dev`, in a container for example: the assets come from elsewhere or the gateway says how to get them.
  const vite = await import('vite').catch((error) => {
    if (error.code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  });
  if (vite === null) {
    if (!existsSync(join(output, 'index.html'))) {
      console.log('playground not built: its build tools are development dependencies (npm ci brings them)');
    }
    return;
  }

  // First, so that an interrupted build is not taken for a finished one.
  rmSync(record, { force: true });
  const started = performance.now();
  await vite.build({
    configFile: false,
    root: join(sources, 'app'),
    base: '/playground/',
    logLevel: 'warn',
    worker: { format: 'es' },
    build: {
      outDir: output,
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      // The editor is one large chunk, loaded once and then kept by the browser.
      chunkSizeWarningLimit: 4096,
      rolldownOptions: {
        onwarn: (warning, report) => {
          // React's "use client" and the like: marks for servers, which this page has none of.
          if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') report(warning);
        },
      },
    },
  });
  for (const file of filesUnder(join(output, 'assets'))) compress(file);
  writeFileSync(record, JSON.stringify({ digest, files: sizesOfOutput() }));
  console.log(`playground built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
};

await main();
