/** A place in the code under test where it stops until the test lets it go on. */
export interface Gate {
  /** Called by the code under test: says that it got here, then waits until the gate is open. */
  pass(): Promise<void>;
  /** Resolves when somebody first stood at the gate. */
  readonly reached: Promise<void>;
  /** Lets everybody through, those who wait and those who come later. */
  open(): void;
}

/** A closed gate, to hold a race at the moment a test is about. */
export const createGate = (): Gate => {
  const arrival = Promise.withResolvers<void>();
  const opening = Promise.withResolvers<void>();
  return {
    reached: arrival.promise,
    pass() {
      arrival.resolve();
      return opening.promise;
    },
    open: opening.resolve,
  };
};
