import { createInMemoryEventBus } from '@procos/event-bus';
import { silentLogger } from '@procos/logging';
import { createInMemoryServiceDirectory } from '@procos/service-directory';
import { describe, expect, it } from 'vitest';
import { distributedApps, threadedApps } from './app-names.ts';
import { declarationOf } from './declaration-of.ts';
import { declaredApps } from './declared-apps.ts';

/** What an app waits for is all that it needs. */
const env = Object.fromEntries(
  declaredApps.flatMap(({ runs }) => (typeof runs === 'object' ? [[runs.whenSet, 'sample']] : [])),
);

describe('the declaration of an app', () => {
  it.each([...threadedApps, ...distributedApps])(
    'of %s makes an app of that name, and nothing of it runs before it is started',
    async (name) => {
      const declaration = await declarationOf(name);
      const listed = declaredApps.find((app) => app.name === name);

      const {
        app,
        stopTracing,
        connections = [],
      } = await declaration.assembleAmongOthers({
        ...{ env, logger: silentLogger, directory: createInMemoryServiceDirectory([]), supervisor: undefined },
        eventBus: () => createInMemoryEventBus({ name, onHandlerError: () => undefined }),
      });

      expect([app.name, declaration.name, declaration.port]).toEqual([name, name, listed?.port]);
      expect(() => new URL(app.url())).toThrow();
      await app.stop();
      await stopTracing?.();
      await Promise.all(connections.map((connection) => connection.close()));
    },
  );
});
