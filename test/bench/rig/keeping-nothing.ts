/** What `node` is given to be a gateway that keeps no answers, under the bound that `masthead start` gives itself. */
export const keepingNothing: readonly string[] = [
  '--max-semi-space-size=32',
  'test/bench/rig/gateway-keeping-nothing.ts',
];
