const tasks = [
  'task',
  'serviceTask',
  'sendTask',
  'receiveTask',
  'userTask',
  'manualTask',
  'scriptTask',
  'businessRuleTask',
];
const gateways = ['exclusiveGateway', 'inclusiveGateway', 'parallelGateway', 'eventBasedGateway', 'complexGateway'];

export const subProcessNames: ReadonlySet<string> = new Set(['subProcess', 'transaction', 'adHocSubProcess']);
export const gatewayNames: ReadonlySet<string> = new Set(gateways);
export const eventNames: ReadonlySet<string> = new Set([
  'startEvent',
  'endEvent',
  'intermediateCatchEvent',
  'intermediateThrowEvent',
  'boundaryEvent',
]);
export const activityNames: ReadonlySet<string> = new Set([...tasks, 'callActivity', ...subProcessNames]);

/** Local names of everything a token can stand on. */
export const flowNodeNames: ReadonlySet<string> = new Set([...activityNames, ...gatewayNames, ...eventNames]);

/** Elements that the engine runs through an implementation: here always an external task. */
export const serviceTaskLikeNames: ReadonlySet<string> = new Set(['serviceTask', 'sendTask', 'businessRuleTask']);

/** `BPMN 2.0 Semantic.xsd`: the substitution groups whose members stand in one place. */
export const flowElementNames: ReadonlySet<string> = new Set([
  ...flowNodeNames,
  'sequenceFlow',
  'dataObject',
  'dataObjectReference',
  'dataStoreReference',
]);
export const artifactNames: ReadonlySet<string> = new Set(['association', 'group', 'textAnnotation']);
export const eventDefinitionNames: ReadonlySet<string> = new Set([
  'cancelEventDefinition',
  'compensateEventDefinition',
  'conditionalEventDefinition',
  'errorEventDefinition',
  'escalationEventDefinition',
  'linkEventDefinition',
  'messageEventDefinition',
  'signalEventDefinition',
  'terminateEventDefinition',
  'timerEventDefinition',
]);
