import { EXAMPLES } from '../examples.ts';
import { tabTitle } from '../tab-title.ts';

const operations = import.meta.glob<string>('../operations/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const WELCOME = `# Welcome to Masthead. Press ▶ or Ctrl+Enter to run this query.
# Every tab is another example; edit them as you like.

`;

/** A tab as GraphiQL keeps it in storage. */
export interface StoredTab {
  id: string;
  title: string;
  query: string | null;
  variables: string | null;
  headers: string | null;
  operationName: string | null;
  response: string | null;
}

/** Gives every example as a tab, ready to run; the first one greets the visitor. */
export const createExampleTabs = (): StoredTab[] =>
  EXAMPLES.map(({ operation, variables }, position) => {
    const text = operations[`../operations/${operation}.graphql`];
    if (text === undefined) throw new TypeError(`No file operations/${operation}.graphql`);
    const operationName = /^query (\w+)/m.exec(text)?.[1] ?? null;
    const tab = { operationName, variables: JSON.stringify(variables, null, 2) };
    return {
      ...tab,
      id: `example-${position}`,
      title: tabTitle(tab),
      query: position === 0 ? WELCOME + text : text,
      headers: null,
      response: null,
    };
  });
