import type { ErrorEntry } from '@procos/errors';
import { loadModules } from './find-modules.ts';
import { referencePage, table } from './markdown.ts';

export interface FoundError extends ErrorEntry {
  readonly code: string;
  /** Project that declares it. */
  readonly project: string;
}

/** Errors that are classes of their own, because they carry more than a catalogue entry can or come before any catalogue. */
const singleErrors: readonly FoundError[] = [
  {
    code: 'PROCOS_CONFIG_INVALID',
    project: 'libs/config',
    message: 'The configuration is not valid: …',
    remedy: 'Correct the environment variables named in the message; each line says what is allowed.',
    when: 'A service starts and its environment breaks one or more rules. All of them are told at once.',
  },
  {
    code: 'PROCOS_INTERNAL',
    project: 'libs/errors',
    message: 'Something went wrong inside the service.',
    remedy: 'Look into the log of the service at that time.',
    when: 'A service meets a fault of its own. What exactly is in its log, never in the answer.',
  },
  {
    code: 'PROCOS_ENGINE_REQUEST',
    project: 'libs/engine-client',
    message: 'The engine refused a request; method, path, status and its own text are named.',
    remedy: 'Read the text of the engine: it names the object or the rule.',
    when: 'The engine answers with a status other than success.',
  },
  {
    code: 'PROCOS_ENGINE_UNREACHABLE',
    project: 'libs/engine-client',
    message: 'The engine does not answer.',
    remedy: 'Check that the engine runs and that CAMUNDA_URL names it.',
    when: 'No connection to the engine can be made, or it is cut.',
    status: 503,
  },
  {
    code: 'PROCOS_CLI_FAULT',
    project: 'apps/cli',
    message: 'A fault inside the CLI.',
    remedy: 'Report it, with the command that led to it.',
    when: 'The CLI meets a fault that none of its errors describes.',
  },
  {
    code: 'PROCOS_BROKER_NOT_CONNECTED',
    project: 'libs/event-bus',
    message: 'Not connected to message broker',
    remedy:
      'Look whether the broker runs where RABBITMQ_URL says; its `reason` says what was tried. Publishing again is safe: receivers know repetitions by the id of the event.',
    when: 'The broker is away, or takes no events, longer than publishing and subscribing wait for it.',
  },
  {
    code: 'PROCOS_EVENT_REFUSED',
    project: 'libs/event-bus',
    message: 'This is no event: …',
    remedy: 'Make events with makeEvent; libs/contracts/generated/events/event.schema.json says what one is.',
    when: 'Something is published, or received, that breaks the schema of events.',
  },
  {
    code: 'PROCOS_EVENT_TOO_LARGE',
    project: 'libs/event-bus',
    message: 'The event … has … bytes, and the broker takes at most …',
    remedy: 'Put what is large into a file and its place into the event, or raise max_message_size of RabbitMQ.',
    when: 'An event is larger than the broker takes. It fails alone; publishing it again is no use.',
  },
  {
    code: 'PROCOS_EVENT_NOT_TAKEN',
    project: 'libs/event-bus',
    message: 'The broker does not take the event … from us: …',
    remedy: 'Give the user of RABBITMQ_URL the right to write it.',
    when: 'The broker refuses an event of this user. It fails alone.',
  },
  {
    code: 'PROCOS_EVENT_NOT_KEPT',
    project: 'libs/event-bus',
    message: 'The event … cannot be kept: …',
    remedy: 'See that the data folder can be written and has room. The event may be published again.',
    when: 'The file that holds the queues of the embedded mode cannot be written.',
  },
  {
    code: 'PROCOS_BROKER_SILENT',
    project: 'libs/event-bus',
    message: 'The broker has not answered within … s while … was set up; it is tried again.',
    remedy:
      'When it stays so, RabbitMQ has lost a queue: delete it there with `rabbitmqctl delete_queue`, and it is made anew.',
    when: 'A consumer begins, or begins again, and the broker gives no answer.',
  },
  {
    code: 'PROCOS_JSON_NUMBER',
    project: 'libs/json',
    message: 'A number cannot be kept as it is: …',
    remedy: 'Send it as text, or with fewer digits.',
    when: 'A JSON text holds a number that would change, such as `1e400`.',
    status: 400,
  },
  {
    code: 'PROCOS_WORKER_CHOICE',
    project: 'libs/task-worker',
    message: 'WORKER_TOPICS or WORKER_TYPE names what this worker does not serve.',
    remedy: 'Take the topic that the message names as the nearest one, or start the worker that serves it.',
    when: 'A worker starts and was told to be what it is not.',
  },
  {
    code: 'PROCOS_INSTANCE_TERMINATED',
    project: 'apps/gateway',
    message: 'The instance was ended before its end: …',
    remedy: 'Start it again if it is still wanted.',
    when: 'Somebody, or a process that called it, ended an instance: told as its `error`.',
  },
  {
    code: 'PROCOS_DIRECTORY_AWAY',
    project: 'libs/service-directory',
    message: 'Consul cannot be asked: …',
    remedy: 'Look whether Consul runs where CONSUL_URL says. What was asked before is answered from memory meanwhile.',
    when: 'Consul is away, and nothing is remembered that could be answered instead.',
  },
  {
    code: 'PROCOS_LEADERSHIP_LOST',
    project: 'libs/service-directory',
    message: 'This copy does not lead any more: another one may.',
    remedy: 'Nothing: the copy that leads now goes on from the last place that was kept.',
    when: 'A copy of a service that only one may lead was cut off, or stood still, for too long.',
  },
  {
    code: 'PROCOS_DIRECTORY_REFUSED',
    project: 'libs/service-directory',
    message: 'Consul refuses the token: it lacks the right to do this.',
    remedy: 'Give a token with service:write, service:read and node:read, or shorten what the message names.',
    when: 'Consul refuses the token or a record.',
  },
  {
    code: 'PROCOS_SERVICE_UNKNOWN',
    project: 'libs/service-directory',
    message: 'No service is registered under the id "…".',
    remedy: 'Register again: the directory may have been started anew.',
    when: 'A heartbeat comes from a copy that the directory does not know.',
  },
];

/** Every error that people can be shown, by project and code. */
export async function findErrors(): Promise<readonly FoundError[]> {
  const modules = await loadModules('{apps,libs}/*/src/**/errors.ts');
  const found = modules.flatMap(({ project, exports }) =>
    Object.values(exports)
      .filter(isCatalogue)
      .flatMap(({ entries }) => Object.entries(entries).map(([code, entry]) => ({ ...entry, code, project }))),
  );
  return [...found, ...singleErrors].sort((a, b) => a.project.localeCompare(b.project) || a.code.localeCompare(b.code));
}

/** `docs/reference/errors.md` */
export function errorReference(errors: readonly FoundError[]): string {
  const projects = [...new Set(errors.map(({ project }) => project))];
  const sections = projects.map((project) => {
    const own = errors.filter((error) => error.project === project);
    const rows = own.map(({ code, status, message, remedy, when }) => [
      `\`${code}\``,
      String(status ?? 500),
      message,
      remedy,
      when,
    ]);
    return `## ${project}\n\n${table(['Code', 'HTTP', 'Message', 'What to do', 'When'], rows)}`;
  });
  return referencePage(
    'Errors',
    'Every error has a stable code: recognise it by that, never by its message. Services answer with the HTTP status given here and with `{"error": {"code", "message", "remedy", "data"}}`. Words in `{braces}` are filled in.',
    sections,
  );
}

function isCatalogue(value: unknown): value is { readonly entries: Readonly<Record<string, ErrorEntry>> } {
  if (typeof value !== 'object' || value === null || !('entries' in value)) return false;
  const { entries } = value;
  return (
    typeof entries === 'object' && entries !== null && Object.keys(entries).every((code) => code.startsWith('PROCOS_'))
  );
}
