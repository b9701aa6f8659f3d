import type { Worker } from 'node:cluster';

interface Handle {
  /** Does nothing when it is closed already. */
  close(): void;
}

type Send = (message: unknown, handle?: Handle, ...rest: readonly unknown[]) => boolean;

/**
 * Has the connection end that was on its way to `worker` when it died. Connections are handed on one at a time, and Node
 * forgets the one it was not told the fate of: open here, read by nobody, its client would wait for as long as it can.
 */
export const endLostConnection = ({ process: child }: Worker): void => {
  const send = child.send.bind(child) as Send;
  let onItsWay: Handle | undefined;
  const sendNoted: Send = (message, handle, ...rest) => {
    onItsWay = handle ?? onItsWay;
    return send(message, handle, ...rest);
  };
  Object.assign(child, { send: sendNoted });
  for (const end of ['exit', 'disconnect']) child.once(end, () => onItsWay?.close());
};
