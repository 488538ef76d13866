// Generated from the OpenAPI document of the gateway by npm run generate. Do not edit.
import type { Call, CallOptions } from '../call.ts';
import { type Listing, listingOf } from '../listing.ts';
import type { Answer, ItemOf, RequestOf } from '../operation-types.ts';

/** One function for each operation, under its operation id. */
export interface GatewayCalls {
  /** Ask the system to run a process. Answers at once; the request never waits for another one. */
  createRequest(request: RequestOf<'createRequest'>, options?: CallOptions): Promise<Answer<'createRequest'>>;
  /** Look at a request; with waitMs, hold the answer until it has ended or an incident stops it. */
  getRequest(request: RequestOf<'getRequest'>, options?: CallOptions): Promise<Answer<'getRequest'>>;
  /** List the processes that are deployed, each in its newest version. */
  listDefinitions(request?: RequestOf<'listDefinitions'>, options?: CallOptions): Promise<Answer<'listDefinitions'>>;
  /** List all versions of a process, newest first. */
  listVersions(request: RequestOf<'listVersions'>, options?: CallOptions): Promise<Answer<'listVersions'>>;
  /** Delete a process, or one version of it. */
  deleteDefinition(request: RequestOf<'deleteDefinition'>, options?: CallOptions): Promise<Answer<'deleteDefinition'>>;
  /** The BPMN of a process, as deployed. */
  getDefinitionXml(request: RequestOf<'getDefinitionXml'>, options?: CallOptions): Promise<Answer<'getDefinitionXml'>>;
  /** What a person is asked for before the newest version of a process starts. */
  getStartForm(request: RequestOf<'getStartForm'>, options?: CallOptions): Promise<Answer<'getStartForm'>>;
  /** Let no new instance of a process start, until it is resumed. */
  suspendDefinition(request: RequestOf<'suspendDefinition'>, options?: CallOptions): Promise<Answer<'suspendDefinition'>>;
  /** Let a suspended process start again. */
  resumeDefinition(request: RequestOf<'resumeDefinition'>, options?: CallOptions): Promise<Answer<'resumeDefinition'>>;
  /** Check models by the rules that a deployment must keep; nothing is deployed. */
  lintModels(request: RequestOf<'lintModels'>, options?: CallOptions): Promise<Answer<'lintModels'>>;
  /** Deploy models together: all or none. Running instances keep their version; unchanged models make no new one. */
  createDeployment(request: RequestOf<'createDeployment'>, options?: CallOptions): Promise<Answer<'createDeployment'>>;
  /** List the deployments, newest first. */
  listDeployments(request?: RequestOf<'listDeployments'>, options?: CallOptions): Promise<Answer<'listDeployments'>>;
  /** Delete a deployment with everything that came with it. */
  deleteDeployment(request: RequestOf<'deleteDeployment'>, options?: CallOptions): Promise<Answer<'deleteDeployment'>>;
  /** List process instances, newest first. */
  listInstances(request?: RequestOf<'listInstances'>, options?: CallOptions): Promise<Answer<'listInstances'>>;
  /** Look at one process instance: its path, variables, incidents and open tasks. */
  getInstance(request: RequestOf<'getInstance'>, options?: CallOptions): Promise<Answer<'getInstance'>>;
  /** End a running instance and the instances it called. Its history keeps the reason. */
  endInstance(request: RequestOf<'endInstance'>, options?: CallOptions): Promise<Answer<'endInstance'>>;
  /** List the open incidents, newest first, each where it began. */
  listIncidents(request?: RequestOf<'listIncidents'>, options?: CallOptions): Promise<Answer<'listIncidents'>>;
  /** Try again what an incident stopped. */
  retryIncident(request: RequestOf<'retryIncident'>, options?: CallOptions): Promise<Answer<'retryIncident'>>;
  /** List the tasks that wait for people, oldest first. */
  listUserTasks(request?: RequestOf<'listUserTasks'>, options?: CallOptions): Promise<Answer<'listUserTasks'>>;
  /** Look at one task that waits for a person, with what it asks for. */
  getUserTask(request: RequestOf<'getUserTask'>, options?: CallOptions): Promise<Answer<'getUserTask'>>;
  /** Complete a task with its answer, which is checked against the form; the process goes on. */
  completeUserTask(request: RequestOf<'completeUserTask'>, options?: CallOptions): Promise<Answer<'completeUserTask'>>;
  /** Send a message to the instance that waits for it, or start the process that begins with it. */
  sendMessage(request: RequestOf<'sendMessage'>, options?: CallOptions): Promise<Answer<'sendMessage'>>;
  /** List the messages and starts that could not be delivered to the engine, up to 200, oldest first. */
  listMessages(request?: RequestOf<'listMessages'>, options?: CallOptions): Promise<Answer<'listMessages'>>;
  /** Send a signal to everybody who waits for it. */
  sendSignal(request: RequestOf<'sendSignal'>, options?: CallOptions): Promise<Answer<'sendSignal'>>;
  /** Try all of them again. */
  replayMessages(request?: RequestOf<'replayMessages'>, options?: CallOptions): Promise<Answer<'replayMessages'>>;
  /** Try one again. */
  replayMessage(request: RequestOf<'replayMessage'>, options?: CallOptions): Promise<Answer<'replayMessage'>>;
  /** Throw one away for good. */
  discardMessage(request: RequestOf<'discardMessage'>, options?: CallOptions): Promise<Answer<'discardMessage'>>;
  /** The state of the whole system: engine, orchestrator, services, work and trouble. */
  getStatus(request?: RequestOf<'getStatus'>, options?: CallOptions): Promise<Answer<'getStatus'>>;
  /** Whether the process runs. */
  isAlive(request?: RequestOf<'isAlive'>, options?: CallOptions): Promise<Answer<'isAlive'>>;
  /** Whether the service can work now. */
  isReady(request?: RequestOf<'isReady'>, options?: CallOptions): Promise<Answer<'isReady'>>;
  /** What is counted and measured, in the text format of Prometheus. */
  getMetrics(request?: RequestOf<'getMetrics'>, options?: CallOptions): Promise<Answer<'getMetrics'>>;
  /** This document. */
  getDocument(request?: RequestOf<'getDocument'>, options?: CallOptions): Promise<Answer<'getDocument'>>;
}

/** The lists that are given page by page, whole: under the operation id of one page. */
export interface GatewayLists {
  /** List the processes that are deployed, each in its newest version. */
  listDefinitions(request?: RequestOf<'listDefinitions'>, options?: CallOptions): Listing<ItemOf<'listDefinitions', 'definitions'>>;
  /** List all versions of a process, newest first. */
  listVersions(request: RequestOf<'listVersions'>, options?: CallOptions): Listing<ItemOf<'listVersions', 'definitions'>>;
  /** List the deployments, newest first. */
  listDeployments(request?: RequestOf<'listDeployments'>, options?: CallOptions): Listing<ItemOf<'listDeployments', 'deployments'>>;
  /** List process instances, newest first. */
  listInstances(request?: RequestOf<'listInstances'>, options?: CallOptions): Listing<ItemOf<'listInstances', 'instances'>>;
  /** List the open incidents, newest first, each where it began. */
  listIncidents(request?: RequestOf<'listIncidents'>, options?: CallOptions): Listing<ItemOf<'listIncidents', 'incidents'>>;
  /** List the tasks that wait for people, oldest first. */
  listUserTasks(request?: RequestOf<'listUserTasks'>, options?: CallOptions): Listing<ItemOf<'listUserTasks', 'tasks'>>;
}

export function gatewayCalls(call: Call): GatewayCalls {
  return {
    createRequest: (request, options) => call('createRequest', request, options),
    getRequest: (request, options) => call('getRequest', request, options),
    listDefinitions: (request, options) => call('listDefinitions', request, options),
    listVersions: (request, options) => call('listVersions', request, options),
    deleteDefinition: (request, options) => call('deleteDefinition', request, options),
    getDefinitionXml: (request, options) => call('getDefinitionXml', request, options),
    getStartForm: (request, options) => call('getStartForm', request, options),
    suspendDefinition: (request, options) => call('suspendDefinition', request, options),
    resumeDefinition: (request, options) => call('resumeDefinition', request, options),
    lintModels: (request, options) => call('lintModels', request, options),
    createDeployment: (request, options) => call('createDeployment', request, options),
    listDeployments: (request, options) => call('listDeployments', request, options),
    deleteDeployment: (request, options) => call('deleteDeployment', request, options),
    listInstances: (request, options) => call('listInstances', request, options),
    getInstance: (request, options) => call('getInstance', request, options),
    endInstance: (request, options) => call('endInstance', request, options),
    listIncidents: (request, options) => call('listIncidents', request, options),
    retryIncident: (request, options) => call('retryIncident', request, options),
    listUserTasks: (request, options) => call('listUserTasks', request, options),
    getUserTask: (request, options) => call('getUserTask', request, options),
    completeUserTask: (request, options) => call('completeUserTask', request, options),
    sendMessage: (request, options) => call('sendMessage', request, options),
    listMessages: (request, options) => call('listMessages', request, options),
    sendSignal: (request, options) => call('sendSignal', request, options),
    replayMessages: (request, options) => call('replayMessages', request, options),
    replayMessage: (request, options) => call('replayMessage', request, options),
    discardMessage: (request, options) => call('discardMessage', request, options),
    getStatus: (request, options) => call('getStatus', request, options),
    isAlive: (request, options) => call('isAlive', request, options),
    isReady: (request, options) => call('isReady', request, options),
    getMetrics: (request, options) => call('getMetrics', request, options),
    getDocument: (request, options) => call('getDocument', request, options),
  };
}

export function gatewayLists(calls: GatewayCalls): GatewayLists {
  return {
    listDefinitions: (request = {}, options) =>
      listingOf(async (page) => {
        const { definitions: items, total } = await calls.listDefinitions({ ...request, query: { ...request.query, ...page } }, options);
        return { items, total };
      }),
    listVersions: (request, options) =>
      listingOf(async (page) => {
        const { definitions: items, total } = await calls.listVersions({ ...request, query: { ...request.query, ...page } }, options);
        return { items, total };
      }),
    listDeployments: (request = {}, options) =>
      listingOf(async (page) => {
        const { deployments: items, total } = await calls.listDeployments({ ...request, query: { ...request.query, ...page } }, options);
        return { items, total };
      }),
    listInstances: (request = {}, options) =>
      listingOf(async (page) => {
        const { instances: items, total } = await calls.listInstances({ ...request, query: { ...request.query, ...page } }, options);
        return { items, total };
      }),
    listIncidents: (request = {}, options) =>
      listingOf(async (page) => {
        const { incidents: items, total } = await calls.listIncidents({ ...request, query: { ...request.query, ...page } }, options);
        return { items, total };
      }),
    listUserTasks: (request = {}, options) =>
      listingOf(async (page) => {
        const { tasks: items, total } = await calls.listUserTasks({ ...request, query: { ...request.query, ...page } }, options);
        return { items, total };
      }),
  };
}
