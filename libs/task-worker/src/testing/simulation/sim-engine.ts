import { EngineRequestError } from '@procos/engine-client';
import { createFakeFetchQueue, createFakeTaskStore, type FakeTask } from '@procos/testing';
import type { Scenario } from './scenario.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A request that reaches the engine, or not, and whose answer comes back, or not. */
export type Reply<Answer> =
  | { readonly answer: Answer }
  | { readonly status: number; readonly message: string; readonly type?: string | undefined }
  | 'unanswered';

/** How long a message is on its way at most, in milliseconds. */
export const longestTravelMs = 9;

export interface SimEngine {
  readonly store: ReturnType<typeof createFakeTaskStore>;
  readonly queue: ReturnType<typeof createFakeFetchQueue>;
  /** When it came up last. */
  upSince(): number;
  goDown(forMs: number): void;
  /** Answers every request that comes with an error. */
  fail(forMs: number, status: number): void;
  /** Sends a request through the network. */
  send<Answer>(act: () => Answer, reply: (reply: Reply<Answer>) => void): void;
  /** Sends a request whose answer may take long. */
  sendLong<Answer>(act: (answer: (value: Answer) => void) => void, reply: (reply: Reply<Answer>) => void): void;
  create(task: Scenario['tasks'][number]): FakeTask;
}

/** The fake engine behind a network that delays and loses. */
export function createSimEngine(scenario: Scenario, time: VirtualTime, random: () => number): SimEngine {
  const store = createFakeTaskStore(time.now);
  const queue = createFakeFetchQueue(
    store,
    (ms, callback) => void time.after(ms, callback),
    scenario.forgetsSuperseded,
  );
  let upAt = 0;
  let failing = { until: 0, status: 0 };
  /** Counts the engine's lives: what a former life was asked is not answered. */
  let life = 0;
  const isUp = () => time.now() >= upAt;
  const isLost = () => time.now() < scenario.faultsEndAt && random() < scenario.loss;
  const travel = () => 1 + random() * (longestTravelMs - 1);

  function sendLong<Answer>(
    act: (answer: (value: Answer) => void) => void,
    reply: (reply: Reply<Answer>) => void,
  ): void {
    time.after(travel(), () => {
      if (!isUp() || isLost()) return void time.after(travel(), () => reply('unanswered'));
      if (time.now() < failing.until)
        return void time.after(travel(), () => reply({ status: failing.status, message: 'failing' }));
      const asked = life;
      let answered = false;
      const back = (value: Reply<Answer>) => {
        if (answered) return;
        answered = true;
        time.after(travel(), () => reply(isLost() ? 'unanswered' : value));
      };
      onDown.push(() => back('unanswered'));
      try {
        act((answer) => {
          if (asked === life) back({ answer });
        });
      } catch (thrown) {
        if (!(thrown instanceof EngineRequestError)) throw thrown;
        back({ status: thrown.status, message: thrown.engineMessage, type: thrown.engineType });
      }
    });
  }

  let onDown: (() => void)[] = [];
  return {
    store,
    queue,
    upSince: () => upAt,
    goDown: (forMs) => {
      upAt = time.now() + forMs;
      life++;
      queue.forgetAll();
      for (const notify of onDown.splice(0)) notify();
      onDown = [];
    },
    fail: (forMs, status) => {
      failing = { until: time.now() + forMs, status };
    },
    sendLong,
    send: (act, reply) => sendLong((answer) => answer(act()), reply),
    create: ({ id, topic }) => {
      const task = store.create(id, topic);
      queue.signal();
      return task;
    },
  };
}
