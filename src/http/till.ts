import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import { ANONYMOUS, type Caller } from '../content/caller.ts';
import { BudgetError } from '../errors.ts';
import type { Budgets, Payer } from '../partners/budgets/budgets.ts';
import { writeRateLimit } from './rate-limit-headers.ts';

/** What has been taken for a request. */
export interface Bill {
  /** Says what it cost after all, and writes how the budget stands then: before the answer is sent. The first time counts. */
  settle(price: number): void;
}

/** Where whoever asks pays. */
export interface Till {
  /**
   * Takes what `mostOf` says, the most that the request can cost; undefined: nobody counts what this caller spends.
   *
   * @throws {BudgetError} when it is not there; `reply` says when it will be.
   */
  charge(caller: Caller, request: FastifyRequest, reply: FastifyReply, mostOf: () => number): Promise<Bill | undefined>;
  /**
   * Takes `price` of whoever asks from `address` without a key, waiting for nothing; false: nothing was done, and `charge` has
   * more to say. Absent: what they spend is not counted.
   */
  readonly chargeNow: ((address: string, price: number) => boolean) | undefined;
}

export interface TillOptions {
  readonly budgets: Budgets;
  /** Who pays for what `caller` asks from `address`; undefined: nobody. */
  readonly payerOf: (caller: Caller, address: string) => Payer | undefined;
  readonly clock: Clock;
  /** Whether anybody pays for what is asked without a key. */
  readonly isEverybodyCounted: boolean;
}

/** A till over `budgets`. */
export const createTill = ({ budgets, payerOf, clock, isEverybodyCounted }: TillOptions): Till => {
  const writeStanding = (reply: FastifyReply, payer: Payer): void => {
    for (const [name, value] of writeRateLimit(budgets.standingOf(payer), clock.now())) reply.header(name, value);
  };
  const chargeNow = (address: string, price: number): boolean => {
    const payer = payerOf(ANONYMOUS, address);
    return payer === undefined || budgets.chargeNow(payer, price);
  };
  return {
    async charge(caller, request, reply, mostOf) {
      const payer = payerOf(caller, request.ip);
      if (payer === undefined) return undefined;
      try {
        const charge = await budgets.charge(payer, mostOf());
        return {
          settle(price) {
            charge.settle(price);
            // What anybody may keep says nothing of the one who asked first.
            if (payer.kind === 'partner') writeStanding(reply, payer);
          },
        };
      } catch (error) {
        if (error instanceof BudgetError) {
          reply.header('retry-after', String(error.retryAfterSeconds));
          writeStanding(reply, payer);
        }
        throw error;
      }
    },
    chargeNow: isEverybodyCounted ? chargeNow : undefined,
  };
};
