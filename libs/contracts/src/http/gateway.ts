import { bridgeRoutes } from './event-bridge.ts';
import { createDeployment, lintModels, listDeployments } from './gateway/deployments.ts';
import {
  deleteDefinition,
  deleteDeployment,
  getDefinitionXml,
  getStartForm,
  listDefinitions,
  listVersions,
  resumeDefinition,
  suspendDefinition,
} from './gateway/definitions.ts';
import { streamEvents } from './gateway/events.ts';
import { listIncidents, retryIncident } from './gateway/incidents.ts';
import { endInstance, getInstance, listInstances } from './gateway/instances.ts';
import { sendMessage, sendSignal } from './gateway/messages.ts';
import { createRequest, getRequest } from './gateway/requests.ts';
import { getStatus } from './gateway/status.ts';
import { completeUserTask, getUserTask, listUserTasks } from './gateway/user-tasks.ts';
import type { RouteContract } from './route-contract.ts';

/** The public API of the gateway: every route it has. */
export const gatewayRoutes = {
  createRequest,
  getRequest,
  listDefinitions,
  listVersions,
  getDefinitionXml,
  getStartForm,
  suspendDefinition,
  resumeDefinition,
  deleteDefinition,
  lintModels,
  createDeployment,
  listDeployments,
  deleteDeployment,
  listInstances,
  getInstance,
  endInstance,
  listIncidents,
  retryIncident,
  listUserTasks,
  getUserTask,
  completeUserTask,
  sendMessage,
  sendSignal,
  streamEvents,
  ...bridgeRoutes,
  getStatus,
} as const satisfies Readonly<Record<string, RouteContract>>;
