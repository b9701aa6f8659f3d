import { readFileSync } from 'node:fs';
import { parseDocument, visit, type Document } from 'yaml';

interface ReadYaml {
  readonly content: unknown;
  /** One line each, with the place in the file and nothing that stands there: it may be a secret. */
  readonly problems: readonly string[];
}

/** What stands behind a colon is quoted from the file. */
const withoutQuote = (message: string): string =>
  (message.split('\n')[0] ?? '').replace(/: .*(?= at line \d)/, '').replace(/:$/, '');

/** Of a text that begins with `*` and was meant as one, such as a password. */
const findLostAliases = (document: Document): readonly string[] => {
  const problems: string[] = [];
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) === undefined)
        problems.push('an alias (*) leads nowhere: a text that begins with * stands in quotes');
    },
  });
  return problems;
};

/** What the YAML file holds, and everything that keeps it from being read. */
export const readYaml = (file: string): ReadYaml => {
  const fail = (...problems: readonly string[]): ReadYaml => ({ content: null, problems });
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return fail(`cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`);
  }
  const document = parseDocument(text);
  // A tag nobody knows is a warning to the parser, and cuts the text it stands before.
  const faults = [...document.errors, ...document.warnings.filter(({ code }) => code === 'TAG_RESOLVE_FAILED')];
  if (faults.length > 0) return fail(...faults.map(({ message }) => withoutQuote(message)));
  const lost = findLostAliases(document);
  if (lost.length > 0) return fail(...lost);
  try {
    return { content: document.toJS(), problems: [] };
  } catch {
    return fail('its aliases make it too large');
  }
};
