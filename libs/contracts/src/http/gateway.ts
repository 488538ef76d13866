import { createRequest, getRequest } from './gateway/requests.ts';
import { endInstance, getInstance, listInstances } from './gateway/instances.ts';
import type { RouteContract } from './route-contract.ts';

/** The public API of the gateway: every route it has. */
export const gatewayRoutes = {
  createRequest,
  getRequest,
  listInstances,
  getInstance,
  endInstance,
} as const satisfies Readonly<Record<string, RouteContract>>;
