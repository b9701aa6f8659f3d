import type { UpstreamReport } from '../telemetry/upstream-calls.ts';
import type { Answered } from './graphql-service.ts';

/**
 * `answered` with `extensions.upstream`: what this very request asked of the stores. Nobody keeps such an answer; what the
 * cache holds is as it was.
 */
export const tellUpstream = (answered: Answered, upstream: UpstreamReport): Answered => {
  const { bodyDigest: _, holes: __, ...entry } = answered.entry;
  const result = JSON.parse(entry.body.toString()) as { readonly extensions?: object };
  const told = { ...result, extensions: { ...result.extensions, upstream } };
  return {
    ...answered,
    key: null,
    entry: { ...entry, body: Buffer.from(JSON.stringify(told)) },
    isStored: false,
    isKeepable: () => false,
  };
};
