import type { EngineClient } from '@procos/engine-client';
import type { EventBus } from '@procos/event-bus';
import type { Logger } from '@procos/logging';
import type { ServiceDirectory } from '@procos/service-directory';
import type { ComponentControl } from './components/component-control.ts';
import type { HealthChecks } from './components/health-checks.ts';

/** What the composition root gives this app. */
export interface SystemWorkerDeps {
  readonly logger: Logger;
  readonly eventBus: EventBus;
  readonly directory: ServiceDirectory;
  readonly components: ComponentControl;
}

/** What the tasks work with. */
export interface SystemTools {
  readonly engine: EngineClient;
  readonly eventBus: EventBus;
  readonly components: ComponentControl;
  readonly health: HealthChecks;
  /** Age from which an open incident is handed to recovery, in milliseconds. */
  readonly incidentDelayMs: number;
}
