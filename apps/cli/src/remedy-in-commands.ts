// The gateway names what to do next by calls of its API: here they are commands.
import { gatewayRoutes } from '@procos/contracts';
import type { ErrorData } from '@procos/errors';

/** What a call gives beside its operation. */
interface Given {
  /** Parameters of the path, by name. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The body, as it is written behind the path; '' without one. */
  readonly body: string;
}

type Command = (given: Given) => string;

/** The command for each operation of the gateway; `undefined` where no command does what it does. */
const commands: Readonly<Record<keyof typeof gatewayRoutes, Command | undefined>> = {
  createRequest: () => 'run',
  getRequest: ({ params }) => `show ${params['id']}`,
  listDefinitions: () => 'processes',
  listVersions: () => 'processes',
  getDefinitionXml: undefined,
  getStartForm: ({ params }) => `run ${params['key']} (at a terminal)`,
  suspendDefinition: ({ params }) => `suspend ${params['key']}`,
  resumeDefinition: ({ params, body }) =>
    `resume ${params['key']}${body.includes('"instances":true') ? ' --instances' : ''}`,
  deleteDefinition: ({ params, query }) => `delete ${params['key']}${option(query, 'version')}${cascade(query)}`,
  lintModels: () => 'lint',
  createDeployment: () => 'deploy',
  listDeployments: () => 'deployments',
  deleteDeployment: ({ params, query }) => `delete --deployment ${params['id']}${cascade(query)}`,
  listInstances: ({ query }) => `ps${query.has('state') ? '' : ' --all'}${option(query, 'process')}`,
  getInstance: ({ params }) => `show ${params['id']}`,
  endInstance: ({ params }) => `kill ${params['id']}`,
  listIncidents: () => 'incidents',
  retryIncident: ({ params }) => `retry ${params['id']}`,
  listUserTasks: () => 'tasks',
  getUserTask: ({ params }) => `complete ${params['id']} (at a terminal)`,
  completeUserTask: ({ params }) => `complete ${params['id']}`,
  sendMessage: () => 'send',
  sendSignal: () => 'send --signal',
  streamEvents: () => 'events',
  listMessages: () => 'messages',
  replayMessages: () => 'messages replay --all',
  replayMessage: ({ params }) => `messages replay ${params['id']}`,
  discardMessage: ({ params }) => `messages discard ${params['id']}`,
  getStatus: () => 'status',
};

const cascade = (query: URLSearchParams) => (query.get('cascade') === 'true' ? ' --cascade' : '');
const option = (query: URLSearchParams, name: string) => (query.has(name) ? ` --${name} ${query.get(name)}` : '');

/** A call as remedies write it: method, path, perhaps a query, perhaps a body of JSON. The full stop behind it is not its own. */
const call = /\b(GET|POST|PUT|DELETE) (\/v1\/[^\s?,;()]*[^\s?,;().:])(\?[^\s,;()]*[^\s,;().])?( \{"[^}]*\})?/g;

const patterns = Object.entries(gatewayRoutes)
  .map(([name, { method, path }]) => ({
    name: name as keyof typeof gatewayRoutes,
    method: method.toUpperCase(),
    path: new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
    isFixed: !path.includes(':'),
  }))
  // What is written out goes before what stands for anything: /messages/replay before /messages/:id.
  .toSorted((a, b) => Number(b.isFixed) - Number(a.isFixed));

/** As a person writes it: `größe` for `gr%C3%B6%C3%9Fe`. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // It is no text behind percent signs, but a value with such a sign.
    return value;
  }
}

/** A remedy of the gateway in words of the command line. */
export function inCommands(remedy: string): string {
  return remedy.replace(call, (whole, method: string, path: string, query = '', body = '') => {
    for (const pattern of patterns) {
      const found = pattern.method === method ? pattern.path.exec(path) : null;
      if (found === null) continue;
      const params = Object.fromEntries(
        Object.entries(found.groups ?? {}).map(([key, value]) => [key, decoded(value)]),
      );
      const command = commands[pattern.name]?.({
        params,
        query: new URLSearchParams(query as string),
        body: body as string,
      });
      return command === undefined ? whole : `npx procos ${command}`;
    }
    return whole;
  });
}

/** Where the command line has better words than a call: by the code of the error. */
const ownRemedies: Readonly<Record<string, (data: ErrorData) => string>> = {
  PROCOS_GATEWAY_SEVERAL_WAIT: ({ receivers }) =>
    `Say which one is meant with --instance, --business-key or --correlation, or send it to all of them with --all. They are: ${String(receivers)}.`,
};

/** What to do about an error of the gateway, in words of the command line. */
export function remedyInCommands({
  code,
  remedy,
  data,
}: {
  readonly code: string;
  readonly remedy: string;
  readonly data: ErrorData;
}): string {
  return ownRemedies[code]?.(data) ?? inCommands(remedy);
}
