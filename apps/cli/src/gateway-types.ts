/** What the gateway answers, as far as the CLI reads it. */

export interface EndEvent {
  readonly id: string;
  readonly name: string | null;
  readonly type: string;
}

export interface PathStep {
  readonly activityId: string;
  readonly name: string | null;
  readonly type: string;
  readonly startTime: string;
  readonly endTime: string | null;
  readonly state: 'completed' | 'canceled' | 'active';
}

export interface Incident {
  readonly id: string;
  readonly type: string;
  readonly message: string | null;
  readonly activityId: string;
  readonly processKey: string;
  readonly instanceId: string;
  readonly time: string;
  readonly retryable: boolean;
}

export type Variables = Readonly<Record<string, unknown>>;

export interface AcceptedRequest {
  readonly requestId: string;
  readonly state: string;
}

export interface RequestResult {
  readonly requestId: string;
  readonly state: 'RUNNING' | 'COMPLETED' | 'TERMINATED';
  readonly ok: boolean;
  readonly processKey: string;
  readonly instanceId: string | null;
  readonly endEvent: EndEvent | null;
  readonly variables: Variables;
  readonly path: readonly PathStep[];
  readonly requestPath: readonly PathStep[];
  readonly incidents: readonly Incident[];
}

export interface Definition {
  readonly id: string;
  readonly key: string;
  readonly name: string | null;
  readonly version: number;
}

export interface InstanceSummary {
  readonly id: string;
  readonly processKey: string;
  readonly version: number;
  readonly businessKey: string | null;
  readonly state: string;
  readonly startTime: string;
  readonly endTime: string | null;
  readonly durationMs: number | null;
  readonly parentId: string | null;
}

export interface OpenTask {
  readonly topic: string;
  readonly activityId: string;
  readonly workerId: string | null;
  readonly retries: number | null;
  readonly errorMessage: string | null;
}

export interface InstanceDetails extends InstanceSummary {
  readonly endEvent: EndEvent | null;
  readonly variables: Variables;
  readonly path: readonly PathStep[];
  readonly incidents: readonly Incident[];
  readonly openTasks: readonly OpenTask[];
}

export interface Finding {
  readonly file?: string;
  readonly elementId: string;
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly remedy: string;
  readonly fixable?: boolean;
}

export interface DeployedDefinition {
  readonly key: string;
  readonly version: number;
  readonly id: string;
  readonly isNew: boolean;
}

export interface DeploymentResult {
  readonly deploymentId: string | null;
  readonly name: string;
  readonly definitions: readonly DeployedDefinition[];
  readonly findings: readonly Finding[];
}

export interface ServiceStatus {
  readonly name: string;
  readonly url: string;
  readonly ready: boolean;
  readonly details?: unknown;
}

export interface SystemStatus {
  readonly state: string;
  readonly engine: { readonly reachable: boolean; readonly version: string | null; readonly url: string };
  readonly orchestrator: { readonly instanceId: string; readonly state: string } | null;
  readonly services: readonly ServiceStatus[];
  readonly instances: { readonly active: number };
  readonly incidents: { readonly open: number };
  readonly uptimeMs: number;
}

export interface UserTask {
  readonly id: string;
  readonly name: string | null;
  readonly activityId: string;
  readonly processKey: string;
  readonly instanceId: string;
  readonly assignee: string | null;
  readonly created: string;
  readonly due: string | null;
}
