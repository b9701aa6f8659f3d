/** A text that is shown nowhere: not as JSON, not in a log, only to who reveals it. */
export interface Secret {
  reveal(): string;
  /** Says that something is kept back, and nothing of it. */
  toJSON(): string;
}

/** `text`, kept back. */
export const createSecret = (text: string): Secret => Object.freeze({ reveal: () => text, toJSON: () => '(secret)' });
