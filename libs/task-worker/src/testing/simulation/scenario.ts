import type { RetryPolicy } from '../../retry-policy.ts';

/** What the handler of one task does, attempt by attempt; the last entry is repeated. */
export interface ScriptStep {
  readonly takesMs: number;
  readonly does: 'complete' | 'bpmnError' | 'retryable' | 'terminal' | 'bug' | 'kill' | 'return';
}

export interface ScriptedTask {
  readonly id: string;
  readonly topic: string;
  readonly appearsAt: number;
  readonly policy: RetryPolicy;
  readonly script: readonly ScriptStep[];
  /** How the engine refuses a result of it, if it does. */
  readonly refusal: Refusal | undefined;
  /** Its result is larger than what can be kept. */
  readonly isLarge: boolean;
}

export interface Refusal {
  /** Exception and status that it answers with. */
  readonly type: string;
  readonly status: number;
  /** No repetition changes it. */
  readonly isForGood: boolean;
  /** When it takes the result; infinite = when people have mended the cause. */
  readonly until: number;
}

export interface Fault {
  readonly at: number;
  /** `engineFails`: it answers everything with an error. */
  readonly kind: 'kill' | 'pause' | 'restart' | 'engineDown' | 'engineFails';
  /** Host that it hits. */
  readonly host: number;
  readonly lastsMs: number;
  /** What a failing engine answers. */
  readonly status: number;
}

export interface Scenario {
  readonly seed: number;
  /** Nothing goes wrong but what handlers do; the worker may be restarted in good order. */
  readonly calm: boolean;
  readonly hosts: number;
  /** The engine's setting `uniqueWorkerRequest`. */
  readonly forgetsSuperseded: boolean;
  readonly limits: Readonly<Record<string, { concurrency: number; ratePerSecond?: number }>>;
  readonly concurrency: number;
  readonly maxTasks: number;
  readonly lockDurationMs: number;
  readonly tasks: readonly ScriptedTask[];
  readonly faults: readonly Fault[];
  /** Share of messages lost on the way there, or on the way back. */
  readonly loss: number;
  /** After this time nothing is lost and nobody is hurt any more. */
  readonly faultsEndAt: number;
}

const lockDurationMs = 5_000;
/** When people grant more tries to what the engine has refused and what has none left. */
export const grantedAt = [4_000, 8_000, 12_000, 45_000, 90_000, 135_000, 180_000];
/** When they have mended the reason. */
export const mendedAt = 45_000;

/** Makes up a history. The same seed gives the same one. */
export function makeScenario(seed: number, random: () => number): Scenario {
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const pick = <Item>(...items: readonly [Item, ...Item[]]): Item => items[between(0, items.length - 1)] ?? items[0];
  const calm = random() < 0.4;
  const hosts = calm ? 1 : between(1, 2);
  const faultsEndAt = 15_000;
  const limits = {
    quick: { concurrency: between(1, 4) },
    slow: { concurrency: between(1, 2) },
    rated: { concurrency: 4, ratePerSecond: between(2, 10) },
  };
  const script = (topic: string): readonly ScriptStep[] => {
    const takesMs = topic === 'slow' ? between(1_000, random() < 0.2 ? 25_000 : 9_000) : between(1, 60);
    const end = pick<ScriptStep['does']>('complete', 'complete', 'complete', 'complete', 'bpmnError', 'terminal');
    const first =
      random() < 0.6
        ? []
        : Array.from({ length: between(1, 3) }, () => ({
            takesMs,
            does: pick<ScriptStep['does']>('retryable', 'bug'),
          }));
    if (!calm && random() < 0.06) return [{ takesMs, does: 'kill' }];
    return [...first, { takesMs, does: end }];
  };
  const tasks = Array.from({ length: between(2, 10) }, (_, index): ScriptedTask => {
    const topic = pick('quick', 'quick', 'slow', 'rated');
    const policy = { retries: between(0, 3), backoffMs: between(50, 1_500), maxBackoffMs: 3_000, timeoutMs: 0 };
    const appearsAt = random() < 0.4 ? 0 : between(0, 12_000);
    const refusal = random() < 0.12 ? makeRefusal(random) : undefined;
    return {
      id: `task-${index}`,
      topic,
      appearsAt,
      policy,
      script: script(topic),
      refusal,
      isLarge: refusal !== undefined && random() < 0.2,
    };
  });
  const faults = calm
    ? Array.from(
        { length: between(0, 1) },
        (): Fault => ({ at: between(100, faultsEndAt), kind: 'restart', host: 0, lastsMs: 0, status: 0 }),
      )
    : Array.from({ length: between(1, 4) }, (): Fault => {
        const kind = pick<Fault['kind']>('kill', 'kill', 'pause', 'restart', 'engineDown', 'engineFails');
        const status = pick(401, 429, 500, 502, 503);
        // Four failures with 500 one after the other are still shorter than the time after which that counts as a refusal.
        const lastsMs = kind === 'engineFails' && status === 500 ? between(100, 2_300) : between(100, 9_000);
        return { at: between(100, faultsEndAt - 1_000), kind, host: between(0, hosts - 1), lastsMs, status };
      });
  const loss = calm || random() < 0.4 ? 0 : random() * 0.2;
  return {
    seed,
    calm,
    hosts,
    forgetsSuperseded: seed % 4 !== 0,
    limits,
    concurrency: between(4, 8),
    maxTasks: between(1, 5),
    lockDurationMs,
    tasks,
    faults,
    loss,
    faultsEndAt,
  };
}

/** A broken expression behind the task, a result that no encoding helps, a database that is away for a while or for long. */
function makeRefusal(random: () => number): Refusal {
  const kinds: readonly Omit<Refusal, 'until'>[] = [
    { type: 'ProcessEngineException', status: 500, isForGood: true },
    { type: 'InvalidRequestException', status: 422, isForGood: true },
    { type: 'OptimisticLockingException', status: 500, isForGood: false },
    { type: 'ProcessEnginePersistenceException', status: 500, isForGood: false },
  ];
  const kind = kinds[Math.floor(random() * kinds.length)] ?? kinds[0];
  const until = random() < 0.6 ? Number.POSITIVE_INFINITY : random() * 40_000;
  return { type: 'Exception', status: 500, isForGood: false, ...kind, until };
}
