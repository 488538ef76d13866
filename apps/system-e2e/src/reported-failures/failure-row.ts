/** One provoked failure and what every surface has to say about it. */
export interface FailureRow {
  /** As a sentence: `a timer is given a text that is no duration`. */
  readonly what: string;
  readonly process: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Asked with `procos ask` instead of run. */
  readonly question?: string;
  /**
   * What it leads to: something that stands still and waits for a person, an end that is no success, an instance that
   * waits although nothing has failed, or nothing at all, because it is refused before anything begins.
   */
  readonly leadsTo: 'incident' | 'failed end' | 'obstacle' | 'refusal';
  /** The process that is suspended, with its instances, once the token stands at `place`; refusals: before it is run. */
  readonly suspends?: string;
  /** Element and process where it happened, as people see them: `wait in late_letter`. */
  readonly place: string;
  readonly code: string;
  /** Stand in message, details or remedy, on every surface. */
  readonly words: readonly string[];
}

const xmlHead =
  '<?xml version="1.0" encoding="UTF-8"?>\n<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="http://example.com/told">';

/** A process: elements in a row, from `begun` to `done`, and whatever else it needs. */
export function processOf(
  id: string,
  steps: readonly string[],
  more: { readonly errors?: string; readonly beside?: string; readonly end?: string } = {},
): string {
  const { errors = '', beside = '', end = '<endEvent id="done"/>' } = more;
  const row = ['<startEvent id="begun"/>', ...steps, end];
  const ids = row.map((element) => /id="([^"]+)"/.exec(element)?.[1] ?? '');
  const flows = ids
    .slice(1)
    .map((to, index) => `<sequenceFlow id="f${index}" sourceRef="${ids[index]}" targetRef="${to}"/>`);
  return `${xmlHead}${errors}<process id="${id}" isExecutable="true" camunda:historyTimeToLive="P1D">${row.join('')}${beside}${flows.join('')}</process></definitions>`;
}

/** An external task that is tried once and takes the variables of its instance. */
export function taskOf(id: string, topic: string, inside = '', attributes = ''): string {
  const [, inputs = '', rest = ''] =
    /^((?:<camunda:inputParameter.*<\/camunda:inputParameter>)?)(.*)$/s.exec(inside) ?? [];
  const mapped = inputs === '' ? '' : `<camunda:inputOutput>${inputs}</camunda:inputOutput>`;
  return `<serviceTask id="${id}" camunda:type="external" camunda:topic="${topic}"${attributes}><extensionElements>${mapped}<camunda:properties><camunda:property name="retries" value="1"/><camunda:property name="timeoutMs" value="60000"/></camunda:properties></extensionElements>${rest}</serviceTask>`;
}

export function inputOf(name: string, value: string): string {
  return `<camunda:inputParameter name="${name}">${value}</camunda:inputParameter>`;
}
