import { Type, type Static } from 'typebox';

/** One running service as the directory knows it. Source: registration record of the implementation guide, §6. */
export const ServiceRecord = Type.Object(
  {
    service_id: Type.String({ description: 'Unique per running copy.' }),
    service_name: Type.String({ description: 'The name others look it up by.' }),
    version: Type.String(),
    endpoint: Type.String({ description: 'Base URL.' }),
    health_check_url: Type.String({ description: 'Answers 200 while the service can work.' }),
    tags: Type.Array(Type.String()),
    metadata: Type.Record(Type.String(), Type.String()),
    last_heartbeat: Type.String({ format: 'date-time' }),
  },
  { $id: 'ServiceRecord', additionalProperties: false },
);
export type ServiceRecord = Static<typeof ServiceRecord>;
