// An app that a test runs as a process of its own: `node sample-main.ts <how it stops>`.
import { createLogger } from '@procos/logging';
import { runMain } from '../run-main.ts';

const [, , kind = 'stops'] = process.argv;
const logger = createLogger({ component: 'sample' });
// An app listens somewhere: this one is kept alive by a timer instead.
const alive = setInterval(() => undefined, 1_000);

await runMain('sample', () =>
  Promise.resolve({
    app: {
      name: 'sample',
      url: () => 'http://127.0.0.1:1',
      start: async () => {
        if (kind === 'hangs-while-it-starts') await new Promise(() => logger.info('starting'));
        logger.info('started');
      },
      stop: async () => {
        logger.info('stopping');
        if (kind === 'hangs') await new Promise(() => undefined);
        if (kind === 'fails') throw new Error('the disk is full');
        clearInterval(alive);
      },
      kill: (signal: string) => logger.warn('killed', { signal }),
    },
    logger,
  }),
);
