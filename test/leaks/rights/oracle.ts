import type { SyndicationRight } from '../../../src/content/entities.ts';
import type { Plan } from '../../../src/content/plan.ts';
import { createPlan } from '../../content/create-plan.ts';
import { LIFT, type Fact } from './world.ts';

/** What a contract says, in a form of its own: nothing here is used by the gateway, and nothing of the gateway here. */
interface Contract {
  /** As the gateway is told; null: no key is sent. */
  readonly plan: Plan | null;
  readonly holds: (fact: Fact) => boolean;
  /** Null: what is stored. */
  readonly right: SyndicationRight | null;
  readonly seesEmbargoed?: boolean;
}

const everything = (): boolean => true;

/** Every sort of plan. */
export const CONTRACTS: Readonly<Record<string, Contract>> = {
  public: { plan: null, holds: everything, right: null },
  full: { plan: createPlan(), holds: everything, right: 'FULL' },
  excerpt: { plan: createPlan({ syndication: 'EXCERPT' }), holds: everything, right: 'EXCERPT' },
  section: {
    plan: createPlan({ editions: ['EN'], sections: { EN: ['news'] } }),
    holds: ({ edition, sections }) => edition === 'EN' && sections.some((path) => path.startsWith('news/')),
    right: 'FULL',
  },
  kind: { plan: createPlan({ kinds: ['VIDEO'] }), holds: ({ kind }) => kind === 'VIDEO', right: 'FULL' },
  edition: { plan: createPlan({ editions: ['AR'] }), holds: ({ edition }) => edition === 'AR', right: 'FULL' },
  embargo: { plan: createPlan({ embargoed: true }), holds: everything, right: 'FULL', seesEmbargoed: true },
  'embargo of a section': {
    plan: createPlan({ editions: ['EN', 'AR'], sections: { EN: ['sport'] }, syndication: 'EXCERPT', embargoed: true }),
    holds: ({ edition, sections }) => edition === 'AR' || sections.includes('sport'),
    right: 'EXCERPT',
    seesEmbargoed: true,
  },
  suspended: { plan: createPlan({ syndication: 'NONE' }), holds: () => false, right: 'NONE' },
};

export type Expected = 'absent' | 'gone' | 'EXCERPT' | 'FULL';

/** What the holder of a contract may have of an article at an instant. */
export const expectedOf = (contract: Contract, fact: Fact, now: number): Expected => {
  if (!contract.holds(fact)) return 'absent';
  if (fact.stored === 'NONE') return 'absent';
  if (fact.time === 'withdrawn' || fact.time === 'expired') return 'gone';
  if (fact.time === 'scheduled' && now < LIFT) return 'absent';
  if (fact.time === 'embargoed' && now < LIFT && contract.seesEmbargoed !== true) return 'absent';
  return (contract.right ?? fact.stored) === 'FULL' ? 'FULL' : 'EXCERPT';
};
