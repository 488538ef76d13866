import type { Environment } from '@procos/config';
import { declaredApps } from './declared-apps.ts';

type Declared = (typeof declaredApps)[number];
type DistributedApp = Extract<Declared, { readonly runs: 'distributed' }>;
type Threaded = Exclude<Declared, DistributedApp | { readonly runs: 'first' }>;
type Scalable = Exclude<Declared, { readonly copies: 'one' }>;

export type AppName = Declared['name'];
export type ThreadedApp = Threaded['name'];

/** Where an app listens unless the whole system is moved. */
export const defaultPorts = Object.fromEntries(declaredApps.map(({ name, port }) => [name, port])) as {
  readonly [Name in AppName]: Extract<Declared, { readonly name: Name }>['port'];
};

const threaded = declaredApps.filter((app): app is Threaded => app.runs !== 'first' && app.runs !== 'distributed');

/** Every app that can run in a thread. */
export const threadedApps = threaded.map(({ name }) => name);

/** Apps of the distributed mode alone. */
export const distributedApps = declaredApps
  .filter((app): app is DistributedApp => app.runs === 'distributed')
  .map(({ name }) => name);

/** The apps that run in both modes under these settings, the kernel apart. */
export function appsToRun(env: Environment): readonly ThreadedApp[] {
  return threaded.filter(({ runs }) => runs === 'always' || (env[runs.whenSet] ?? '') !== '').map(({ name }) => name);
}

/** Apps that may run in several copies: those whose work is shared by the engine or the broker. */
export const scalableApps = declaredApps.filter((app): app is Scalable => app.copies !== 'one').map(({ name }) => name);

/** How many copies of an app run; one where nothing is said. */
export type Scale = Readonly<Partial<Record<Scalable['name'], number>>>;
