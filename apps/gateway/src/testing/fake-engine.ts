import { type EngineClient, EngineUnreachableError } from '@procos/engine-client';
import type { EngineWorld } from './engine-world.ts';
import { fakeHistory } from './fake-history.ts';
import { fakeRepository } from './fake-repository.ts';
import { fakeExternalTasks, fakeRuntime, fakeUserTasks } from './fake-runtime.ts';

const baseUrl = 'http://engine.test:8080/engine-rest';

/** An engine client without an engine: it answers from a world that the test holds in its hands. */
export function fakeEngine(world: EngineWorld): EngineClient {
  return {
    baseUrl,
    engines: standIn<EngineClient>(world, { engines: () => Promise.resolve(['default']) }).engines,
    presence: () => Promise.resolve(world.down ? 'nobody' : 'engine'),
    version: standIn<EngineClient>(world, { version: () => Promise.resolve('7.24.0') }).version,
    forgetsSupersededFetches: () => Promise.resolve(true),
    isReady: () => Promise.resolve(!world.down),
    repository: standIn(world, fakeRepository(world)),
    runtime: standIn(world, fakeRuntime(world)),
    history: standIn(world, fakeHistory(world)),
    externalTasks: standIn(world, fakeExternalTasks(world)),
    userTasks: standIn(world, fakeUserTasks(world)),
    close: () => Promise.resolve(),
  };
}

/** Counts every call and answers none while the engine is down. What a fake lacks fails by name. */
function standIn<Part extends object>(world: EngineWorld, methods: Partial<Part>): Part {
  return new Proxy(methods as Part, {
    get: (part, name) => {
      const method = Reflect.get(part, name) as ((...given: unknown[]) => unknown) | undefined;
      if (method === undefined)
        throw new TypeError(`The fake engine has no ${String(name)}: add it when a test needs it`);
      return (...given: unknown[]) => {
        world.calls.push(String(name));
        return world.down ? Promise.reject(unreachable()) : method(...given);
      };
    },
  });
}

function unreachable(): Error {
  return new EngineUnreachableError(
    { method: 'GET', path: '/x' },
    new URL(baseUrl).origin,
    new Error('connect ECONNREFUSED'),
  );
}
