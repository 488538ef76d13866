// The gateway names what to do next by calls of its API: here they are commands.
import type { NamedOperation } from '@procos/api-client';
import { gatewayRoutes, operationFinder } from '@procos/contracts';
import type { ErrorData } from '@procos/errors';

type Command = (operation: NamedOperation) => string;

/** The command for each operation of the gateway; `undefined` where no command does what it does. */
const commands: Readonly<Record<keyof typeof gatewayRoutes, Command | undefined>> = {
  createRequest: () => 'run',
  getRequest: ({ path }) => `show ${path['id']}`,
  listDefinitions: () => 'processes',
  listVersions: () => 'processes',
  getDefinitionXml: undefined,
  getStartForm: ({ path }) => `run ${path['key']} (at a terminal)`,
  suspendDefinition: ({ path }) => `suspend ${path['key']}`,
  resumeDefinition: ({ path, body }) => `resume ${path['key']}${withInstances(body) ? ' --instances' : ''}`,
  deleteDefinition: ({ path, query }) => `delete ${path['key']}${option(query, 'version')}${cascade(query)}`,
  lintModels: () => 'lint',
  createDeployment: () => 'deploy',
  listDeployments: () => 'deployments',
  deleteDeployment: ({ path, query }) => `delete --deployment ${path['id']}${cascade(query)}`,
  listInstances: ({ query }) => `ps${'state' in query ? '' : ' --all'}${option(query, 'process')}`,
  getInstance: ({ path }) => `show ${path['id']}`,
  endInstance: ({ path }) => `kill ${path['id']}`,
  listIncidents: () => 'incidents',
  retryIncident: ({ path }) => `retry ${path['id']}`,
  listUserTasks: () => 'tasks',
  getUserTask: ({ path }) => `complete ${path['id']} (at a terminal)`,
  completeUserTask: ({ path }) => `complete ${path['id']}`,
  sendMessage: () => 'send',
  sendSignal: () => 'send --signal',
  streamEvents: () => 'events',
  listMessages: () => 'messages',
  replayMessages: () => 'messages replay --all',
  replayMessage: ({ path }) => `messages replay ${path['id']}`,
  discardMessage: ({ path }) => `messages discard ${path['id']}`,
  getStatus: () => 'status',
};

const cascade = (query: NamedOperation['query']) => (query['cascade'] === 'true' ? ' --cascade' : '');
const option = (query: NamedOperation['query'], name: string) => (name in query ? ` --${name} ${query[name]}` : '');
const withInstances = (body: unknown) =>
  typeof body === 'object' && body !== null && 'instances' in body && body.instances === true;

const operationsIn = operationFinder(Object.values(gatewayRoutes));

/** A remedy of the gateway in words of the command line. @param operations the calls in it, in its order @default those that can be read in it */
export function inCommands(remedy: string, operations: readonly NamedOperation[] = operationsIn(remedy)): string {
  let text = '';
  let rest = remedy;
  for (const operation of operations) {
    const at = rest.indexOf(operation.call);
    const command = commandOf(operation);
    if (at < 0 || command === undefined) continue;
    text += `${rest.slice(0, at)}npx procos ${command}`;
    rest = rest.slice(at + operation.call.length);
  }
  return text + rest;
}

function commandOf(operation: NamedOperation): string | undefined {
  return isKnown(operation.operationId) ? commands[operation.operationId]?.(operation) : undefined;
}

/** A newer gateway may name operations that no command is known for. */
function isKnown(operationId: string): operationId is keyof typeof commands {
  return Object.hasOwn(commands, operationId);
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
  operations,
}: {
  readonly code: string;
  readonly remedy: string;
  readonly data: ErrorData;
  /** The calls that the remedy names; an older gateway does not say, and they are read in it. */
  readonly operations?: readonly NamedOperation[] | undefined;
}): string {
  return ownRemedies[code]?.(data) ?? inCommands(remedy, operations);
}
