import type { RuleDescription } from './rule.ts';

/** What the engine says of a deployment that it only tries; the gateway asks it. */
export const engine: RuleDescription = {
  id: 'engine',
  severity: 'error',
  what: 'The engine takes the model as it is, beside all that is deployed.',
  why: 'It knows what no rule does: whether another process starts with the same message, and each value that its database takes.',
  remedy: 'Correct what the engine names and deploy again.',
  fixable: false,
};

/** Said where the rules alone were applied. */
export const engineNotAsked: RuleDescription = {
  id: 'engine-not-asked',
  severity: 'warning',
  what: 'The engine was asked about the model, not the rules alone.',
  why: 'An engine of another make cannot be asked without deploying, and one that is down cannot at all.',
  remedy: 'Ask again when the engine of ProcOS runs.',
  fixable: false,
};
