import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { Edition } from '../content/edition.ts';
import { haveOwnAddresses, mapEditions, newsroomSchema } from './newsroom-schema.ts';
import { environmentSchema, NOT_READ_YET, type Environment } from './schema.ts';

/** Everything a deployment chooses, checked and frozen. */
export interface Config {
  readonly environment: Environment;
  readonly publicUrl: string;
  readonly editions: readonly Edition[];
  /** True when no configuration file was named: the demo newsroom is served. */
  readonly isDemo: boolean;
  /** Variables that are set and that this version does not read. */
  readonly unreadVariables: readonly string[];
}

/** The configuration cannot be used; `problems` names every bad value, never the value of a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

const problemsOf = (error: z.ZodError, where: (path: PropertyKey[]) => string): string[] =>
  error.issues.map((issue) => `${where(issue.path)}: ${issue.message}`);

const readNewsroom = (
  file: string,
  publicUrl: string,
): { editions: readonly Edition[]; problems: readonly string[] } => {
  const fail = (problems: readonly string[]) => ({ editions: [], problems });
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return fail([`${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`]);
  }
  const document = parseDocument(text);
  if (document.errors.length > 0)
    return fail(document.errors.map((error) => `${file}: ${error.message.split('\n')[0]}`));
  let content: unknown;
  try {
    content = document.toJS();
  } catch {
    return fail([`${file}: its aliases make it too large`]);
  }
  const settings = newsroomSchema.safeParse(content);
  if (!settings.success) return fail(problemsOf(settings.error, (path) => `${file}: ${path.join('.') || 'the file'}`));
  const editions = mapEditions(settings.data, publicUrl);
  return haveOwnAddresses(editions)
    ? { editions, problems: [] }
    : fail([`${file}: editions: two editions have one address`]);
};

/**
 * The configuration from `variables` and the file they name.
 *
 * @param demoFile read when `MASTHEAD_CONFIG` is not set.
 * @param port stands in for `PORT`: addresses name the port that was found when it left the choice to the system.
 * @throws {ConfigError} with every bad value of both at once.
 */
export const loadConfig = ({
  variables = process.env,
  demoFile,
  port,
}: {
  readonly variables?: Readonly<Record<string, string | undefined>>;
  readonly demoFile: string;
  readonly port?: number;
}): Config => {
  // A variable set to nothing is how compose files say "not set".
  const given = Object.fromEntries(
    Object.entries({ ...variables, ...(port === undefined ? {} : { PORT: String(port) }) }).filter(
      ([, value]) => value !== undefined && value.trim() !== '',
    ),
  );
  const parsed = environmentSchema.safeParse(given);
  const problems = parsed.success ? [] : problemsOf(parsed.error, (path) => path.join('.'));
  // Of a bad environment nothing is used but the problems of the newsroom, which the address has no part in.
  const { PORT, PUBLIC_URL = `http://localhost:${PORT}` } = parsed.success ? parsed.data : { PORT: 4000 };
  const publicUrl = PUBLIC_URL;
  const newsroom = readNewsroom(given['MASTHEAD_CONFIG'] ?? demoFile, publicUrl);
  problems.push(...newsroom.problems);
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return Object.freeze({
    environment: Object.freeze(parsed.data),
    publicUrl,
    editions: newsroom.editions,
    isDemo: parsed.data.MASTHEAD_CONFIG === undefined,
    unreadVariables: NOT_READ_YET.filter((name) => given[name] !== undefined),
  });
};
