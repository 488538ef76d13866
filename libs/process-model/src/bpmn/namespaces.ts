/** Namespaces of BPMN 2.0 and of the engine's extensions. */
export const bpmnNamespace = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
export const diagramNamespace = 'http://www.omg.org/spec/BPMN/20100524/DI';
export const boundsNamespace = 'http://www.omg.org/spec/DD/20100524/DC';
export const waypointNamespace = 'http://www.omg.org/spec/DD/20100524/DI';
export const schemaInstanceNamespace = 'http://www.w3.org/2001/XMLSchema-instance';
export const camundaNamespace = 'http://camunda.org/schema/1.0/bpmn';

/** Every namespace under which one of the supported engines reads its extensions. */
export const extensionNamespaces: ReadonlySet<string> = new Set([
  camundaNamespace,
  'http://operaton.org/schema/1.0/bpmn',
  'http://activiti.org/bpmn',
  'http://www.camunda.com/fox',
]);

/** Prefixes that everyone uses for one namespace: what they mean is known even where the declaration is missing. */
export const wellKnownPrefixes: ReadonlyMap<string, string> = new Map([
  ['bpmn', bpmnNamespace],
  ['bpmn2', bpmnNamespace],
  ['bpmndi', diagramNamespace],
  ['dc', boundsNamespace],
  ['omgdc', boundsNamespace],
  ['di', waypointNamespace],
  ['omgdi', waypointNamespace],
  ['xsi', schemaInstanceNamespace],
  ['camunda', camundaNamespace],
  ['operaton', 'http://operaton.org/schema/1.0/bpmn'],
]);

export const diagramNamespaces: ReadonlySet<string> = new Set([diagramNamespace, boundsNamespace, waypointNamespace]);
