import { type ConfigField, integer, list, optional, text } from '@procos/config';
import { compileCheck, type Fault, ServiceRecord, renderFaults } from '@procos/contracts';
import { engineFields, serviceFields } from '@procos/service-kit';

/** Settings of the gateway. */
export const gatewayFields = {
  ...serviceFields({ name: 'gateway', port: 8088 }),
  ...engineFields(),
  maxStreams: integer('PROCOS_GATEWAY_MAX_STREAMS', {
    default: 200,
    min: 1,
    max: 10_000,
    doc: 'Event streams served at once.',
  }),
  replayEvents: integer('PROCOS_GATEWAY_REPLAY_EVENTS', {
    default: 5_000,
    min: 0,
    max: 100_000,
    doc: 'Events kept in memory for listeners that come back with Last-Event-ID.',
  }),
  topics: optional(
    list('PROCOS_TOPICS', {
      doc: 'The only topics that a model may use, with * for any letters, those of ProcOS among them: "http_request,invoice_*". None = any topic; unknown ones get a warning.',
    }),
  ),
  dataDir: optional(
    text('PROCOS_DATA_DIR', {
      doc: 'Folder in which the system keeps its state: while its disk is full nothing new is begun. None = the state lies elsewhere.',
    }),
  ),
  minFreeBytes: integer('PROCOS_MIN_FREE_BYTES', {
    default: 8_388_608,
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    doc: 'Room, in bytes, that must be left in PROCOS_DATA_DIR for new work to begin: what runs already needs it.',
  }),
  services: serviceRecords('PROCOS_SERVICES', {
    doc: 'The services that run beside this one, as a JSON list of directory records; for running without a directory.',
  }),
} as const;

const checkRecord = compileCheck(ServiceRecord);

function serviceRecords(env: string, options: { readonly doc: string }): ConfigField<readonly ServiceRecord[]> {
  return {
    ...text(env, { ...options, default: '[]' }),
    type: 'JSON',
    fallback: [],
    parse: (value) => {
      const records = readList(value);
      const checked = records.map(checkRecord);
      const faults = checked.flatMap((result, index) =>
        result.ok ? [] : result.faults.map((fault) => within(index, fault)),
      );
      if (faults.length > 0) throw new Error(`does not hold directory records: ${renderFaults(faults)}`);
      return checked.flatMap((result) => (result.ok ? [result.value] : []));
    },
  };
}

function within(index: number, fault: Fault): Fault {
  return { ...fault, path: fault.path === '' ? String(index) : `${index}.${fault.path}` };
}

function readList(value: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(value);
    if (Array.isArray(parsed)) return parsed;
  } catch (fault) {
    throw new Error('must be a JSON list', { cause: fault });
  }
  throw new Error('must be a JSON list');
}
