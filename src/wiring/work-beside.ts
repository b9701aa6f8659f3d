export interface BesideOptions {
  /** Ends soon after its signal does. Done again from where it was when it fails. */
  readonly work: (signal: AbortSignal) => Promise<unknown>;
  /** Told of the first of the tries that fail one after the other. */
  readonly onFailure: (error: unknown) => void;
}

/** Long work that nothing waits for. */
export interface Beside {
  /** There is something to do: it begins now, or once more when it runs already. */
  ask(): void;
  /** Begins again what has failed. */
  goOn(): void;
  /** Stops it; resolves when it has stopped. */
  close(): Promise<void>;
}

/** `work` beside everything else, never twice at once; nothing is begun before it is asked for. */
export const workBeside = ({ work, onFailure }: BesideOptions): Beside => {
  const closing = new AbortController();
  let isDue = false;
  let isFailing = false;
  let running: Promise<void> | undefined;

  const tryOnce = async (): Promise<void> => {
    try {
      while (isDue && !closing.signal.aborted) {
        isDue = false;
        await work(closing.signal);
        isFailing = false;
      }
    } catch (error) {
      isDue = true;
      if (!isFailing && !closing.signal.aborted) onFailure(error);
      isFailing = true;
    }
  };
  const goOn = (): void => {
    if (!isDue || closing.signal.aborted) return;
    running ??= tryOnce().finally(() => (running = undefined));
  };

  return {
    ask() {
      isDue = true;
      goOn();
    },
    goOn,
    async close() {
      closing.abort();
      await running;
    },
  };
};
