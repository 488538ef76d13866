import type { DeclaredApp } from '@procos/service-kit';
import { declaredApps } from './declared-apps.ts';

type Loadable = Extract<(typeof declaredApps)[number], { readonly load: unknown }>;

/** Loads what an app declares of itself: its settings and how it is made, but not yet the app. */
export async function declarationOf(name: Loadable['name']): Promise<DeclaredApp> {
  const app = declaredApps.find((one): one is Loadable => one.name === name);
  if (app === undefined) throw new TypeError(`No app is called ${name}`);
  return (await app.load()).declaration;
}
