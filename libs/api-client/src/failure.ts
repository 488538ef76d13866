import type { GatewayRefusal } from './gateway-refusal.ts';

/** Why a call did not come to an answer. */
export type Failure =
  | {
      /** Nothing answers at the address, or not in time. */
      readonly kind: 'unreachable';
      readonly url: string;
      readonly reason: string;
      readonly cause: unknown;
    }
  | {
      /** What answers is no gateway, or one that says something else than its document. */
      readonly kind: 'not-a-gateway';
      readonly url: string;
      readonly reason: string;
    }
  | {
      /** An error answer that is not in the form of ProcOS. */
      readonly kind: 'failed';
      readonly method: string;
      readonly url: string;
      readonly status: number;
    }
  | {
      /** The gateway has refused, and says why. */
      readonly kind: 'refused';
      readonly refusal: GatewayRefusal;
    };
