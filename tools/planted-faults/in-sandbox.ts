import type { PlantedFault } from './planted-fault.ts';

/** Where what a model brings is run. */
export const inSandbox: readonly PlantedFault[] = [
  {
    what: 'an expression may evaluate text that came with the data',
    file: 'apps/generic-worker/src/transform/inside/expression.ts',
    right: "new Set(['eval'])",
    wrong: 'new Set()',
    tests: ['apps/generic-worker/src/transform/sandbox.test.ts'],
  },
  {
    what: 'an expression may give more than may come out',
    file: 'apps/generic-worker/src/transform/inside/run-steps.ts',
    right: 'text.length > maxCharacters',
    wrong: 'text.length > Infinity',
    tests: ['apps/generic-worker/src/transform/sandbox.test.ts'],
  },
  {
    what: 'an expression that takes too long is not ended',
    file: 'apps/generic-worker/src/transform/sandbox-process.ts',
    right: 'setTimeout(() => stop.abort(), timeMs)',
    wrong: 'setTimeout(() => undefined, timeMs)',
    tests: ['apps/generic-worker/src/transform/sandbox.test.ts'],
  },
  {
    what: 'the process for works of models may read what lies beside its code',
    file: 'apps/generic-worker/src/transform/readable-folders.ts',
    right: "new URL('../', import.meta.url)",
    wrong: "new URL('../../../../', import.meta.url)",
    tests: ['apps/generic-worker/src/transform/readable-folders.test.ts'],
  },
];
