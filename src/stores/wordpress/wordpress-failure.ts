import { SourceFailure } from '../source-failure.ts';

/** What was wrong with an answer: where it led, who was refused, what it was instead. */
export type WordPressFailureKind = 'redirect' | 'refused' | 'status' | 'not-json' | 'shape';

/** An answer of a WordPress site that cannot be used. Says nothing of what it held. */
export class WordPressFailure extends SourceFailure {
  override readonly name = 'WordPressFailure';
  readonly kind: WordPressFailureKind;
  /** WordPress's own name of the error, e.g. `rest_forbidden_context`. */
  readonly code: string | null;

  constructor(
    kind: WordPressFailureKind,
    message: string,
    { status = null, code = null }: { readonly status?: number | null; readonly code?: string | null } = {},
  ) {
    super(message, status);
    this.kind = kind;
    this.code = code;
  }
}
