// The processes of the bench: nothing but external tasks in a row.

export interface ModelOfTasks {
  readonly key: string;
  readonly topic: string;
  readonly steps: number;
  /** A transaction of its own behind each task. */
  readonly savePoints?: boolean;
}

/** @returns BPMN */
export function sequence({ key, topic, steps, savePoints = false }: ModelOfTasks): string {
  const tasks = Array.from(
    { length: steps },
    (_, index) =>
      `<bpmn:serviceTask id="step_${index + 1}" camunda:type="external" camunda:topic="${topic}"${savePoints ? ' camunda:asyncAfter="true"' : ''} />`,
  );
  const nodes = ['start', ...tasks.map((_, index) => `step_${index + 1}`), 'end'];
  const flows = nodes
    .slice(1)
    .map(
      (node, index) => `<bpmn:sequenceFlow id="flow_${index + 1}" sourceRef="${nodes[index]}" targetRef="${node}" />`,
    );
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="https://procos.dev/bench">
<bpmn:process id="${key}" isExecutable="true" camunda:historyTimeToLive="P1D">
<bpmn:startEvent id="start" />
${[...tasks, ...flows].join('\n')}
<bpmn:endEvent id="end" />
</bpmn:process>
</bpmn:definitions>`;
}
