import { open, type FileHandle } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { GatewayError } from '../errors.ts';

/** `sun_path` holds 108 bytes with the one that ends it. */
const MAX_PATH_BYTES = 107;

/** A path that the system accepts for a socket, as long as `release` was not called. */
export interface SocketAddress {
  readonly address: string;
  release(): Promise<void>;
}

/**
 * How to name the socket at `path` when listening or connecting. A path that is too long for the system is reached
 * through an open descriptor of its directory, so that the socket is where it belongs however deep that is.
 */
export const socketAddressOf = async (path: string): Promise<SocketAddress> => {
  if (Buffer.byteLength(path) <= MAX_PATH_BYTES) return { address: path, release: () => Promise.resolve() };
  if (process.platform !== 'linux') {
    throw new GatewayError('INTERNAL', `The path ${path} is too long for a socket: choose a shorter data directory`);
  }
  const directory: FileHandle = await open(dirname(path));
  return { address: `/proc/self/fd/${directory.fd}/${basename(path)}`, release: () => directory.close() };
};
