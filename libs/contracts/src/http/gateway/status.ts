import { type Static, Type } from 'typebox';
import { defineRoute } from '../route-contract.ts';
import { NullableText } from './shared-schemas.ts';

export const SystemStatus = Type.Object(
  {
    state: Type.Enum(['RUNNING', 'DEGRADED', 'NOT_BOOTED', 'ENGINE_DOWN'], {
      description:
        'DEGRADED: a service is not ready, the disk is full, or the orchestrator of a booted system does not run. NOT_BOOTED: the engine runs, the system has not booted on it.',
    }),
    engine: Type.Object(
      {
        reachable: Type.Boolean(),
        version: NullableText,
        url: Type.String(),
        processes: Type.Integer({ description: 'Processes that are deployed; 0 while the engine is not reachable.' }),
      },
      { additionalProperties: false },
    ),
    broker: Type.Union(
      [
        Type.Object(
          {
            reachable: Type.Boolean(),
            version: NullableText,
            url: Type.String({ description: 'Without user and password.' }),
            reason: Type.Union([Type.String(), Type.Null()], { description: 'Why it is not reachable.' }),
          },
          { additionalProperties: false },
        ),
        Type.Null(),
      ],
      {
        description:
          'RabbitMQ as the gateway sees it; null where no broker is configured and events stay in the process.',
      },
    ),
    orchestrator: Type.Union([
      Type.Object({ instanceId: Type.String(), state: Type.String() }, { additionalProperties: false }),
      Type.Null(),
    ]),
    services: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          url: Type.String(),
          ready: Type.Boolean(),
          details: Type.Record(Type.String(), Type.Unknown(), {
            description: 'What the service says about itself, or why it was not reached.',
          }),
        },
        { title: 'ServiceStatus', additionalProperties: false },
      ),
    ),
    processes: Type.Array(
      Type.Object(
        { pid: Type.Integer(), parts: Type.Array(Type.String({ description: 'A service, or `engine`.' })) },
        { title: 'SystemProcess', additionalProperties: false },
      ),
      { description: 'Processes of the operating system that the parts run in, as the services tell them.' },
    ),
    instances: Type.Object(
      { active: Type.Integer({ description: '0 while the engine is not reachable.' }) },
      { additionalProperties: false },
    ),
    incidents: Type.Object(
      { open: Type.Integer({ description: '0 while the engine is not reachable.' }) },
      { additionalProperties: false },
    ),
    problems: Type.Array(
      Type.Object(
        {
          what: Type.String({ description: 'What is not as it should be.' }),
          remedy: Type.String({ description: 'What is done about it, or what to do.' }),
        },
        { title: 'StatusProblem', additionalProperties: false },
      ),
      { description: 'Why the state is not RUNNING; empty when it is.' },
    ),
    uptimeMs: Type.Integer({ description: 'How long the gateway has been up, in milliseconds.' }),
  },
  { title: 'SystemStatus', additionalProperties: false },
);
export type SystemStatus = Static<typeof SystemStatus>;

export const getStatus = defineRoute({
  method: 'get',
  path: '/v1/status',
  operationId: 'getStatus',
  summary: 'The state of the whole system: engine, orchestrator, services, work and trouble.',
  replies: { 200: { description: 'The state now; also answered while the engine is down.', body: SystemStatus } },
});
