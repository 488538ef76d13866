import { type EngineClient, EngineUnreachableError } from '@procos/engine-client';
import type { EngineWorld } from './engine-world.ts';
import { fakeHistory } from './fake-history.ts';
import { fakeRepository } from './fake-repository.ts';
import { fakeExternalTasks, fakeRuntime, fakeUserTasks } from './fake-runtime.ts';

const baseUrl = 'http://engine.test:8080/engine-rest';

/** An engine client without an engine: it answers from a world that the test holds in its hands. */
export function fakeEngine(world: EngineWorld): EngineClient {
  const guarded = <Part extends object>(part: Part): Part =>
    Object.fromEntries(
      Object.entries(part).map(([name, method]) => [
        name,
        async (...args: unknown[]) => {
          world.calls.push(name);
          if (world.down) throw unreachable();
          return (method as (...given: unknown[]) => unknown)(...args);
        },
      ]),
    ) as Part;
  return {
    baseUrl,
    ...guarded({ engines: async () => ['default'], version: async () => '7.24.0' }),
    isReady: async () => !world.down,
    repository: guarded(fakeRepository(world)),
    runtime: guarded(fakeRuntime(world)),
    history: guarded(fakeHistory(world)),
    externalTasks: guarded(fakeExternalTasks(world)),
    userTasks: guarded(fakeUserTasks(world)),
    close: async () => undefined,
  };
}

function unreachable(): Error {
  return new EngineUnreachableError({ method: 'GET', path: '/x' }, new URL(baseUrl).origin, new Error('connect ECONNREFUSED'));
}
