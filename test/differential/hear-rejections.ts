/** Rejections that nobody else hears, in the place of whoever would end the process for them. */
export interface Unheard {
  /** Those since the last time. */
  take(): readonly unknown[];
  /** Lets others listen again. */
  stop(): void;
}

/** Listens instead of all who listen now. */
export const hearRejections = (): Unheard => {
  const others = process.listeners('unhandledRejection');
  const heard: unknown[] = [];
  const hear = (reason: unknown): void => void heard.push(reason);
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', hear);
  return {
    take: () => heard.splice(0),
    stop() {
      process.removeListener('unhandledRejection', hear);
      for (const other of others) process.on('unhandledRejection', other);
    },
  };
};
