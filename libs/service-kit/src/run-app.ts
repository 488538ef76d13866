import type { Environment } from '@procos/config';
import type { DeclaredApp } from './declare-app.ts';
import { runMain } from './run-main.ts';

/** Runs a declared app as a process of its own, under a supervisor when one has started it: the whole of its `main.ts`. */
export async function runApp(app: DeclaredApp, env: Environment): Promise<void> {
  await runMain(app.name, (supervisor) => app.assembleAlone(env, supervisor));
}
