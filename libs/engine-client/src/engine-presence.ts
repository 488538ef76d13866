import { EngineRequestError, EngineUnreachableError } from './engine-errors.ts';

/** What answers where an engine is expected: the engine, nobody, one that refuses the credentials, another program or another engine. */
export type EnginePresence = 'engine' | 'nobody' | 'refused' | 'foreign';

/** @param engines asks for the names of the engines @param engineName the one that must be among them */
export async function enginePresence(engines: () => Promise<unknown>, engineName: string): Promise<EnginePresence> {
  try {
    const names = await engines();
    return Array.isArray(names) && names.includes(engineName) ? 'engine' : 'foreign';
  } catch (thrown) {
    if (thrown instanceof EngineUnreachableError) return 'nobody';
    const isRefusal = thrown instanceof EngineRequestError && (thrown.status === 401 || thrown.status === 403);
    return isRefusal ? 'refused' : 'foreign';
  }
}
