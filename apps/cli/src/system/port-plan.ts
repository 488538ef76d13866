import { createServer } from 'node:net';
import { defaultEnginePort, type ServiceRecord } from '@procos/contracts';
import { serviceErrors } from '@procos/service-kit';
import { type AppName, defaultPorts, type ThreadedApp } from './app-names.ts';

export type PlannedService = 'engine' | AppName;
export type PortPlan = Readonly<Record<PlannedService, number>>;

/** The default ports, all moved by the same number, so that several systems can run at once. */
export function planPorts(offset: number): PortPlan {
  const ports: PortPlan = { engine: defaultEnginePort, ...defaultPorts };
  return Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, port + offset])) as PortPlan;
}

/** Refuses a plan whose ports are taken, before anything is started. The engine's port is the kernel's own matter: an engine may run there. */
export async function refuseBusyPorts(plan: PortPlan, host: string, apps: readonly AppName[]): Promise<void> {
  for (const service of apps) {
    if (await isBusy(plan[service], host)) {
      throw serviceErrors.PROCOS_HTTP_PORT_BUSY({
        port: plan[service],
        host,
        service,
        variable: '--port-offset N, which moves all ports',
      });
    }
  }
}

/** True while something listens on a port. */
export function isBusy(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(true));
    probe.listen(port, host, () => probe.close(() => resolve(false)));
  });
}

/** The directory entries of everything that embedded mode starts. */
export function serviceRecords(
  plan: PortPlan,
  host: string,
  version: string,
  apps: readonly ThreadedApp[],
): readonly ServiceRecord[] {
  return (['kernel', ...apps] as const).map((name) => {
    const endpoint = `http://${host}:${plan[name]}`;
    return {
      service_id: `${name}-embedded`,
      service_name: name,
      version,
      endpoint,
      health_check_url: `${endpoint}/readyz`,
      tags: tagsOf(name),
      metadata: {},
      last_heartbeat: new Date().toISOString(),
    };
  });
}

/** The last word of a name says what kind of service it is. */
function tagsOf(name: string): string[] {
  return ['worker', 'adapter'].filter((kind) => name.endsWith(`-${kind}`));
}
