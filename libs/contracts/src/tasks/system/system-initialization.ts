import { Type } from 'typebox';
import { defineTaskContract } from '../../task-contract.ts';

export const systemInitialization = defineTaskContract({
  topic: 'system_initialization',
  title: 'Initialise core services',
  description: 'Waits until the core services answer, and says which do.',
  input: Type.Object({
    system_mode: Type.Optional(Type.String({ description: 'Mode in which the system boots.' })),
    kernel_version: Type.Optional(Type.String({ description: 'Version of the kernel that boots.' })),
  }),
  output: Type.Object({
    initialized: Type.Boolean({ description: 'True when every core service answers.' }),
    core_services: Type.Array(
      Type.Object({ name: Type.String(), healthy: Type.Boolean(), response_time_ms: Type.Number() }),
      { description: 'What each core service answered.' },
    ),
    initialized_at: Type.String({ description: 'When, ISO 8601.' }),
  }),
});
