import type { AppChild } from '../app-child.ts';
import type { AppSupervisorOptions, SupervisedApp } from '../supervised-app.ts';
import type { SupervisionEvent } from './supervision-messages.ts';

/** What the machine that decides is surrounded by: the children that live, and who waits for what. */
export interface SupervisionRuntime {
  readonly apps: ReadonlyMap<string, SupervisedApp>;
  readonly options: AppSupervisorOptions;
  readonly children: Map<string, AppChild>;
  readonly failures: Map<string, Error>;
  readonly waiting: Map<number, { readonly resolve: () => void; readonly reject: (error: Error) => void }>;
  readonly happened: (event: SupervisionEvent) => void;
  readonly ask: (make: (asker: number) => SupervisionEvent) => Promise<void>;
  timer: NodeJS.Timeout | undefined;
}

/** @throws Error when there is no such app, or one of its copies does not come up again */
export async function restartCopies(
  { apps, ask }: SupervisionRuntime,
  name: string,
  services?: readonly string[],
): Promise<void> {
  const copies = [...apps.values()].filter(
    ({ id, app, kind = 'app' }) => kind === 'app' && (app === name || id === name),
  );
  const [first] = copies;
  if (first === undefined) throw new Error(`${name} is not run by this supervisor`);
  const wanted =
    services === undefined
      ? copies
      : copies.filter(({ serviceId }) => serviceId !== undefined && services.includes(serviceId));
  // Records of a system that ran before this one: none of its copies is ours, and ours are well.
  if (wanted.length === 0) return;
  await ask((asker) => ({ kind: 'restart', asker, app: first.app, ids: wanted.map(({ id }) => id) }));
}
