/** What a tab says about itself: enough of GraphiQL's tab to name it by. */
export interface NamedTab {
  readonly operationName?: string | null | undefined;
  /** JSON as it stands in the editor, so it may be half typed. */
  readonly variables?: string | null | undefined;
}

/**
 * The words on a tab: `ArticlePage` with `{ "edition": "AR" }` gives "Article page · AR".
 *
 * GraphiQL names a tab by its operation alone, which would call the three editions of one page the same.
 */
export const tabTitle = ({ operationName, variables }: NamedTab): string => {
  const edition = editionIn(variables);
  const name = spellOut(operationName ?? '') || 'New query';
  return edition === null ? name : `${name} · ${edition}`;
};

const spellOut = (operationName: string): string => {
  const words = operationName.replaceAll(
    /([a-z0-9])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
  return words.replaceAll('_', ' ').trim();
};

const editionIn = (variables: string | null | undefined): string | null => {
  try {
    const parsed: unknown = JSON.parse(variables ?? 'null');
    if (typeof parsed !== 'object' || parsed === null || !('edition' in parsed)) return null;
    return typeof parsed.edition === 'string' && parsed.edition !== '' ? parsed.edition : null;
  } catch {
    // Half-typed variables are the ordinary case while somebody edits them.
    return null;
  }
};
