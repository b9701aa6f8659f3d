import type { TypedDocumentString } from './generated/graphql.ts';

/** An error as the gateway writes it. */
export interface AnsweredError {
  readonly message: string;
  /** The field that was lost; absent: nothing was read at all. */
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string };
}

/** What came of a question: `data` may have holes, and `errors` says which of them are failures. */
export interface Sent<Data> {
  readonly data: Data;
  readonly errors: readonly AnsweredError[];
}

/** The gateway refused the question, or gave no answer that could be used. */
export class SendError extends Error {
  override readonly name = 'SendError';
  /** From `extensions.code`, e.g. `LIMIT_EXCEEDED`; `HTTP_502` and the like where something in between answered. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** How long an answer is waited for; the gateway gives up after ten seconds itself. */
const TIMEOUT_MS = 12_000;

/**
 * What the gateway at `url` answers. By GET, so that whatever stands between may keep it.
 *
 * @throws {SendError} when there is no data at all. A field that failed is no reason: see `errors`.
 */
export const send = async <Data, Variables>(
  url: string,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Sent<Data>> => {
  const search = new URLSearchParams({ query: document.toString(), variables: JSON.stringify(variables) });
  const response = await fetch(`${url}?${search.toString()}`, {
    headers: { accept: 'application/graphql-response+json, application/json;q=0.9' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await response.text();
  if (!/json/.test(response.headers.get('content-type') ?? ''))
    throw new SendError(`HTTP_${response.status}`, `${response.status} from ${new URL(url).host}`);
  const { data = null, errors = [] } = JSON.parse(text) as { data?: Data | null; errors?: readonly AnsweredError[] };
  if (data === null) throw new SendError(errors[0]?.extensions.code ?? 'NO_DATA', errors[0]?.message ?? 'No data');
  return { data, errors };
};
