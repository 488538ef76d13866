import { type Static, Type } from 'typebox';
import { defineRoute } from '../route-contract.ts';
import { paging, total } from './paging.ts';
import { EngineId, IncidentView } from './shared-schemas.ts';

export const listIncidents = defineRoute({
  method: 'get',
  path: '/v1/incidents',
  operationId: 'listIncidents',
  summary: 'List the open incidents, newest first, each where it began.',
  query: Type.Object(paging(200), { additionalProperties: false }),
  replies: {
    200: {
      description: 'The open incidents.',
      body: Type.Object({ incidents: Type.Array(IncidentView), total }, { additionalProperties: false }),
    },
  },
});

export const IncidentRetried = Type.Object(
  { incidentId: Type.String(), instanceId: Type.String(), activityId: Type.String(), retries: Type.Integer() },
  { title: 'IncidentRetried', additionalProperties: false },
);
export type IncidentRetried = Static<typeof IncidentRetried>;

export const retryIncident = defineRoute({
  method: 'post',
  path: '/v1/incidents/:id/retry',
  operationId: 'retryIncident',
  summary: 'Try again what an incident stopped.',
  params: Type.Object({ id: EngineId }),
  body: Type.Object(
    {
      retries: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 100, description: 'How many tries the work is given. Default: 1.' }),
      ),
    },
    { additionalProperties: false },
  ),
  replies: { 200: { description: 'The work is tried again.', body: IncidentRetried } },
  errors: { 404: 'No open incident has this id.', 409: 'An incident of this type cannot be retried.' },
});
