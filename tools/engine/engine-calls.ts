// What the tests of the engine ask it: plain requests and small models.
import type { LaunchedEngine } from '@procos/engine-build';

export interface EngineAnswer {
  status: number;
  headers: Headers;
  body: string;
  json: () => unknown;
}

/** Sends one request with the account of the engine; `headers` replace it. `path` is relative to the REST API or absolute. */
export async function ask(
  engine: LaunchedEngine,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = engine.headers,
): Promise<EngineAnswer> {
  const json = body !== undefined && !(body instanceof FormData);
  const response = await fetch(path.startsWith('http') ? path : `${engine.baseUrl}${path}`, {
    method,
    headers: { ...headers, ...(json ? { 'content-type': 'application/json' } : {}) },
    body: body === undefined ? null : body instanceof FormData ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text, json: () => JSON.parse(text) as unknown };
}

/** Deploys one BPMN text. */
export async function deploy(engine: LaunchedEngine, bpmn: string, name = 'model.bpmn'): Promise<EngineAnswer> {
  const form = new FormData();
  form.set('deployment-name', name);
  form.set('data', new Blob([bpmn]), name);
  return ask(engine, 'POST', '/deployment/create', form);
}

export interface ModelParts {
  /** Attributes of the process element. @default `camunda:historyTimeToLive="P1D"` */
  attributes?: string;
  /** What stands before the definitions element. */
  prolog?: string;
}

/** A process from a start event `start` to an end event `end`, with `step` (an element with the id `step`) between them. */
export function model(
  key: string,
  step: string,
  { attributes = 'camunda:historyTimeToLive="P1D"', prolog = '' }: ModelParts = {},
): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${prolog}
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="http://procos.org/test">
  <bpmn:process id="${key}" isExecutable="true" ${attributes}>
    <bpmn:startEvent id="start"/>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="step"/>
    ${step}
    <bpmn:sequenceFlow id="f2" sourceRef="step" targetRef="end"/>
    <bpmn:endEvent id="end"/>
  </bpmn:process>
</bpmn:definitions>`;
}

/** An external task with the id `step`. */
export function externalTask(topic: string, extensionElements = ''): string {
  return `<bpmn:serviceTask id="step" camunda:type="external" camunda:topic="${topic}"><bpmn:extensionElements>${extensionElements}</bpmn:extensionElements></bpmn:serviceTask>`;
}

/** An input parameter whose value is the expression. */
export function inputParameter(expression: string): string {
  return `<camunda:inputOutput><camunda:inputParameter name="given">${expression.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</camunda:inputParameter></camunda:inputOutput>`;
}

/** The products that the tests run against: `PROCOS_TEST_ENGINES`, a comma-separated list. @default operaton */
export function productsUnderTest(): ('operaton' | 'camunda')[] {
  return (process.env['PROCOS_TEST_ENGINES'] ?? 'operaton').split(',').map((name) => {
    if (name !== 'operaton' && name !== 'camunda')
      throw new RangeError(`PROCOS_TEST_ENGINES names an unknown engine '${name}'`);
    return name;
  });
}
