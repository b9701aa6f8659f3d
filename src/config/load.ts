import { dirname } from 'node:path';
import { z } from 'zod';
import type { Edition } from '../content/edition.ts';
import type { Plan } from '../content/plan.ts';
import { fillInEnvironment, type Variables } from './fill-in-environment.ts';
import { findRoutingProblems } from './find-routing-problems.ts';
import { mapStores } from './map-stores.ts';
import { mapPartners, type DeclaredPartner } from './partner-schema.ts';
import { createNewsroomSchema, haveOwnAddresses, mapEditions } from './newsroom-schema.ts';
import type { Problem } from './problem.ts';
import { readYaml } from './read-yaml.ts';
import { environmentSchema, NOT_READ_YET, type Environment } from './schema.ts';
import type { Store } from './stores.ts';

/** Everything a deployment chooses, checked and frozen. */
export interface Config {
  readonly environment: Environment;
  readonly publicUrl: string;
  readonly editions: readonly Edition[];
  /** Where their content lives: the gateway's own database first, then as the file names them. */
  readonly stores: readonly Store[];
  /** What partners may have beyond everybody, by name, and who holds which: as far as the file says. */
  readonly plans: Readonly<Record<string, Plan>>;
  readonly partners: readonly DeclaredPartner[];
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

const problemsOf = (error: z.ZodError): string[] =>
  error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

/** What is wrong with a key is said within what is wrong with its record. */
const unfoldIssues = (issues: readonly z.core.$ZodIssue[]): readonly Problem[] =>
  issues.flatMap((issue): readonly Problem[] =>
    issue.code === 'invalid_key' ? issue.issues.map(({ message }) => ({ path: issue.path, message })) : [issue],
  );

type Newsroom = Pick<Config, 'editions' | 'stores' | 'plans' | 'partners'>;

const readNewsroom = (
  file: string,
  publicUrl: string,
  variables: Variables,
): { readonly newsroom: Newsroom; readonly problems: readonly string[] } => {
  const nothing: Newsroom = { editions: [], stores: [], plans: {}, partners: [] };
  const fail = (problems: readonly string[]) => ({
    newsroom: nothing,
    problems: problems.map((problem) => `${file}: ${problem}`),
  });
  const say = ({ path, message }: Problem): string => `${path.map(String).join('.') || 'the file'}: ${message}`;
  const yaml = readYaml(file);
  if (yaml.problems.length > 0) return fail(yaml.problems);
  const filled = fillInEnvironment(yaml.content, variables);
  const settings = createNewsroomSchema(dirname(file)).safeParse(filled.content);
  const issues = unfoldIssues(settings.error?.issues ?? []);
  // What a reference stands for is not known: that it is missing is said, and not what the gap would be wrong for.
  const isFilled = ({ path }: Problem): boolean =>
    !filled.problems.some((gap) => gap.path.length === path.length && gap.path.every((key, at) => key === path[at]));
  const problems = [...filled.problems, ...[...issues, ...findRoutingProblems(filled.content)].filter(isFilled)];
  if (!settings.success || problems.length > 0) return fail(problems.map(say));
  const editions = mapEditions(settings.data, publicUrl);
  return haveOwnAddresses(editions)
    ? {
        newsroom: {
          editions,
          stores: mapStores(settings.data),
          plans: settings.data.plans,
          partners: mapPartners(settings.data.partners),
        },
        problems: [],
      }
    : fail(['editions: two editions have one address']);
};

/**
 * The configuration from `variables` and the file they name.
 *
 * @param demoFile read when `MASTHEAD_CONFIG` is not set.
 * @param port stands in for `PORT`: addresses name the port that was found when it left the choice to the system.
 * @param processes stands in for `PROCESSES`.
 * @throws {ConfigError} with every bad value of both at once.
 */
export const loadConfig = ({
  variables = process.env,
  demoFile,
  port,
  processes,
}: {
  readonly variables?: Variables;
  readonly demoFile: string;
  readonly port?: number;
  readonly processes?: string;
}): Config => {
  // A variable set to nothing is how compose files say "not set".
  const given = Object.fromEntries(
    Object.entries({
      ...variables,
      ...(port === undefined ? {} : { PORT: String(port) }),
      ...(processes === undefined ? {} : { PROCESSES: processes }),
    }).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = environmentSchema.safeParse(given);
  const problems = parsed.success ? [] : problemsOf(parsed.error);
  // Of a bad environment nothing is used but the problems of the newsroom, which the address has no part in.
  const { PORT, PUBLIC_URL = `http://localhost:${PORT}` } = parsed.success ? parsed.data : { PORT: 4000 };
  const publicUrl = PUBLIC_URL;
  const { newsroom, problems: others } = readNewsroom(given['MASTHEAD_CONFIG'] ?? demoFile, publicUrl, given);
  problems.push(...others);
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return Object.freeze({
    environment: Object.freeze(parsed.data),
    publicUrl,
    ...newsroom,
    isDemo: parsed.data.MASTHEAD_CONFIG === undefined,
    unreadVariables: NOT_READ_YET.filter((name) => given[name] !== undefined),
  });
};
