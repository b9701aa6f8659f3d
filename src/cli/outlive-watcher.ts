import cluster from 'node:cluster';

/**
 * Has a process that another one watches end as SIGTERM ends it when that other one is gone. By itself Node would end it at
 * once, open requests and lease with it; going on is no choice, since nobody would hand it connections.
 */
export const outliveWatcher = (): void => {
  const { worker } = cluster;
  worker?.once('disconnect', () => {
    if (worker.exitedAfterDisconnect) return;
    worker.exitedAfterDisconnect = true;
    process.kill(process.pid, 'SIGTERM');
  });
};
