import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepingNothing } from '../rig/keeping-nothing.ts';

/**
 * How a server is asked. `cold`: it keeps no answers. `unseen`: it keeps them, and every request is one it has not seen. `warm`: it
 * keeps them, and has seen every request.
 */
export type Mode = 'cold' | 'unseen' | 'warm';

export const MODES: readonly Mode[] = ['cold', 'unseen', 'warm'];

/** A server that is compared. */
export interface Contestant {
  readonly name: string;
  readonly modes: readonly Mode[];
  /** What `node` is started with. */
  readonly args: readonly string[];
  /** What only this one is told, beside the database. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The others are compared with the first rival and the floor of their mode; beside every rival it is said what is wanted. */
  readonly role?: 'ours' | 'rival' | 'floor' | 'bare';
}

const PEERS = join(import.meta.dirname, '../peers');
const peer = (file: string, ...rest: readonly string[]): readonly string[] => [`test/bench/peers/${file}.ts`, ...rest];
const START = ['bin/masthead.js', 'start'];
const KEEPING: readonly Mode[] = ['unseen', 'warm'];

/** Whether the packages of the other servers are installed: `npm ci` in their folder does. */
export const arePeersInstalled = (): boolean => existsSync(join(PEERS, 'node_modules/mercurius/package.json'));

/** Where the other servers lie, with a package file of their own. */
export const peersDirectory = PEERS;

/** The packages of the other servers, each with its version, in one line. */
export const describePeers = (): string => {
  const told = JSON.parse(readFileSync(join(PEERS, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return Object.entries(told.dependencies)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
};

/**
 * What needs nothing but this project, in the order in which rounds go. `file` holds recorded answers.
 *
 * @param redisUrl absent: the gateway that shares its answers is left out.
 */
export const ownContestants = (file: string, redisUrl?: string): readonly Contestant[] => [
  {
    name: 'masthead, keeping nothing',
    modes: ['cold'],
    args: keepingNothing,
    role: 'ours',
  },
  { name: 'masthead', modes: KEEPING, args: START, role: 'ours' },
  ...(redisUrl === undefined
    ? []
    : [{ name: 'masthead with Redis', modes: KEEPING, args: START, environment: { REDIS_URL: redisUrl } }]),
  { name: 'by hand', modes: ['cold'], args: ['test/bench/compare/floor-server.ts'] },
  {
    name: 'by hand, names in memory',
    modes: ['cold'],
    args: ['test/bench/compare/floor-server.ts', 'resident'],
    role: 'floor',
  },
  {
    name: 'bare node:http, ready bytes',
    modes: ['cold', 'warm'],
    args: ['test/bench/rig/replay-server.ts', file],
    role: 'bare',
  },
];

/** Other servers over the same resolvers, loaders and SQL. */
export const peers: readonly Contestant[] = [
  { name: 'Mercurius with JIT', modes: ['cold'], args: peer('mercurius'), role: 'rival' },
  { name: 'Mercurius with JIT and cache', modes: KEEPING, args: peer('mercurius', 'cache'), role: 'rival' },
  {
    name: 'Mercurius with JIT and cache of lists',
    modes: ['unseen'],
    args: peer('mercurius', 'cache', 'lists'),
    role: 'rival',
  },
  { name: 'Apollo Server on Fastify', modes: ['cold'], args: peer('apollo') },
  { name: 'Apollo Server with response cache', modes: KEEPING, args: peer('apollo', 'cache') },
  { name: 'GraphQL Yoga', modes: ['cold'], args: peer('yoga') },
  { name: 'GraphQL Yoga with response cache', modes: KEEPING, args: peer('yoga', 'cache') },
];
