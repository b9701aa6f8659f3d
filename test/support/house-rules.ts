import { posix } from 'node:path';

/**
 * Who may import whom, lowest floor first. A module may import itself and modules on a strictly lower floor,
 * nothing else. A name is a file or a folder, from the root of the project.
 */
export const FLOORS: readonly (readonly string[])[] = [
  // The plan's lowest floor in two steps: content may name an instant and an error, never the other way round.
  ['src/errors.ts', 'src/clock.ts'],
  ['src/content'],
  ['src/search'],
  ['src/config', 'src/telemetry', 'src/database', 'src/redis', 'src/outbound'],
  ['src/stores', 'src/changes'],
  ['src/loaders', 'src/cache', 'src/cdn', 'src/partners', 'src/live', 'src/ingest', 'src/engagement'],
  ['src/syndication', 'resolvers'],
  ['src/graphql'],
  ['src/http'],
  ['src/wiring'],
  ['src/app.ts'],
  ['src/main.ts', 'src/cli', 'src/demo'],
  ['bin'],
];

/** The processes: the one floor whose modules know each other, since `main` is the command line and the demo. */
const PROCESSES = 'src/main.ts';

/** Packages that only some modules may know. A package is matched by its name, subpaths included. */
const HELD_PACKAGES: readonly { readonly name: RegExp; readonly by: readonly string[] }[] = [
  { name: /^(fastify|fastify-plugin|@fastify\/.+)$/, by: ['src/http', 'src/wiring', 'src/app.ts'] },
  { name: /^(@apollo\/.+|graphql-jit)$/, by: ['src/graphql'] },
  { name: /^cockatiel$/, by: ['src/stores'] },
  { name: /^(pg|pg-.+|@electric-sql\/.+)$/, by: ['src/database'] },
];

// The command reads what its Node was told, before there is a configuration.
const MAY_READ_ENVIRONMENT = ['src/config/load.ts', 'src/main.ts', 'bin/masthead.js'];

const MAX_LINES = 200;

const IMPORTS = [
  // `import x from '…'`, `export * from '…'`, `import '…'`, `import('…')`, `require('…')`, in any quotes.
  /(?:\bfrom|\bimport|\brequire)\s*\(?\s*(?:\/\*.*?\*\/\s*)?(['"`])([^'"`\n]+)\1/g,
  // A worker is an import too: `new URL('./worker.ts', import.meta.url)`.
  /\bURL\(\s*(['"`])(\.[^'"`\n]+\.[cm]?[jt]sx?)\1\s*,\s*import\.meta\.url/g,
];

const belongsTo = (file: string, name: string): boolean => file === name || file.startsWith(`${name}/`);

const floorOf = (file: string): number => FLOORS.findIndex((modules) => modules.some((name) => belongsTo(file, name)));

const moduleOf = (file: string): string | undefined => FLOORS.flat().find((name) => belongsTo(file, name));

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

const findImports = (text: string): string[] => [
  ...new Set(IMPORTS.flatMap((pattern) => [...text.matchAll(pattern)].map(([, , specifier = '']) => specifier))),
];

const judgeFile = (file: string, specifier: string): string | undefined => {
  const target = posix.join(posix.dirname(file), specifier);
  if (floorOf(target) < 0) return `imports ${target}, which is on no floor`;
  if (moduleOf(target) === moduleOf(file) || floorOf(target) < floorOf(file)) return undefined;
  if (floorOf(file) === floorOf(target) && floorOf(file) === floorOf(PROCESSES)) return undefined;
  return `imports uphill: ${target}`;
};

const judgePackage = (file: string, specifier: string): string | undefined => {
  const name = packageOf(specifier);
  const held = HELD_PACKAGES.find((entry) => entry.name.test(name));
  if (held === undefined || held.by.some((module) => belongsTo(file, module))) return undefined;
  return `imports ${name}, which only ${held.by.join(', ')} may know`;
};

const findBadImports = (file: string, text: string): string[] => {
  const faults = findImports(text).map((specifier) => {
    if (specifier.includes('${')) return `imports a computed name: ${specifier}`;
    return specifier.startsWith('.') ? judgeFile(file, specifier) : judgePackage(file, specifier);
  });
  if (/\bimport\(\s*(?:\/\*.*?\*\/\s*)*[^\s'"`/]/.test(text)) faults.push('imports a computed name');
  return faults.filter((fault) => fault !== undefined);
};

const findBadShape = (file: string, text: string): string[] => {
  const faults: string[] = [];
  const lines = text.trimEnd().split('\n').length;
  if (lines > MAX_LINES) faults.push(`has ${lines} lines, more than ${MAX_LINES}`);
  if (/(^|\/)index\.[cm]?[jt]sx?$/.test(file)) faults.push('is named index: name it after what it exports');
  if (/^\s*export\s+default\b|\bas\s+default\s*[,}]/m.test(text)) faults.push('has a default export');
  return faults;
};

const readsEnvironment = (text: string): boolean =>
  /\bprocess\s*(\?\.|\.)\s*env\b|\bprocess\s*(\?\.)?\[|\bfrom\s*['"](node:)?process['"]|\{[^}]*\benv\b[^}]*\}\s*=\s*process\b/.test(
    text,
  );

/** Every rule of the house that a source file breaks, in words; empty for a file in order. */
export const findFaults = (file: string, text: string): readonly string[] => {
  const faults = findBadImports(file, text);
  if (floorOf(file) < 0) faults.unshift('is on no floor');
  if (!file.includes('.generated.')) faults.push(...findBadShape(file, text));
  if (!MAY_READ_ENVIRONMENT.includes(file) && readsEnvironment(text)) {
    faults.push('reads the environment, which only src/config/load.ts and src/main.ts do');
  }
  return faults;
};
