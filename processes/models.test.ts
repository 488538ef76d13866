import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { messageNames, processKeys, taskContracts } from '@procos/contracts';
import { lintProcessModel, readProcessModel } from '@procos/process-model';
import { describe, expect, it } from 'vitest';
import { modelFiles, type ModelFile } from './model-files.ts';
import { type Box, modelGraph } from './model-graph.ts';

const models = modelFiles();
const knownTopics = new Set(taskContracts.map(({ topic }) => topic));

/** Ids that other parts of the system, people and documents name: they never change. */
const elementIds: Readonly<Record<string, readonly string[]>> = {
  [processKeys.systemOrchestrator]: [
    'system_startup',
    'initialize_core_services',
    'start_worker_pools',
    'start_health_monitoring',
    'system_running',
    'system_stopped',
  ],
  [processKeys.systemShutdown]: ['stop_orchestrator', 'confirm'],
  [processKeys.healthMonitoring]: ['check_health'],
  [processKeys.errorRecovery]: [
    'detect_error',
    'retry_operation',
    'restart_component',
    'notify_admin',
    'recovered',
    'escalated',
  ],
  [processKeys.userRequest]: [
    'wait_for_requests',
    'route_user_request',
    'execute_user_process',
    'process_error',
    'handle_process_error',
    'request_done',
    'request_failed',
  ],
  [processKeys.fileOperation]: ['validate_file_request', 'perform_file_operation', 'format_file_response'],
  [processKeys.serviceCall]: ['call_service'],
  [processKeys.userInteraction]: ['ask_person', 'remind_person'],
  [processKeys.aiQuery]: [
    'query_received',
    'validate_input',
    'input_valid',
    'invalid_input',
    'provider_chosen',
    'select_provider',
    'no_provider',
    'ask_ai',
    'ai_failed',
    'format_response',
    'query_answered',
  ],
  [processKeys.helloEmail]: ['write_message', 'validate_email', 'send_email', 'email_sent'],
};

async function processOf({ xml, key }: ModelFile) {
  const model = await readProcessModel(xml);
  const process = model.processes.find(({ id }) => id === key);
  if (process === undefined || model.processes.length !== 1)
    throw new Error(`${key}.bpmn must hold one process, ${key}`);
  return { ...process, hasDiagram: model.hasDiagram };
}

function modelOf(key: string): ModelFile {
  const model = models.find((candidate) => candidate.key === key);
  if (model === undefined) throw new Error(`There is no model of ${key}`);
  return model;
}

/** @param asked those that only a property of the element asks for, or those that may be raised anyway */
function errorsOf(topic: string, { asked = false } = {}): string[] {
  const errors = taskContracts.find((contract) => contract.topic === topic)?.bpmnErrors ?? [];
  return errors.filter(({ onlyWith }) => (onlyWith !== undefined) === asked).map(({ code }) => code);
}

describe('the models', () => {
  it('are there for every process key of the system', () => {
    const system = models.filter(({ file }) => file.startsWith('system/')).map(({ key }) => key);
    expect(system.toSorted()).toEqual(Object.values(processKeys).toSorted());
  });
});

describe.each(models)('$file', (model) => {
  it('passes the lint without an error, every topic served by a worker (traps T1 to T6, T9)', async () => {
    const findings = await lintProcessModel(model.xml, { file: model.file, allowedTopics: [...knownTopics] });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('has no warning', async () => {
    const topicErrors = new Map(taskContracts.map(({ topic, bpmnErrors }) => [topic, bpmnErrors]));
    const knownProcesses = new Set(models.map(({ key }) => key));
    expect(
      await lintProcessModel(model.xml, {
        file: model.file,
        knownTopics,
        topicErrors,
        knownProcesses,
        knownDecisions: new Set(),
      }),
    ).toEqual([]);
  });

  it('catches exactly the errors that the contracts of its tasks name', async () => {
    const { externalTasks } = await processOf(model);
    const { caughtAt } = modelGraph(model.xml);
    expect(externalTasks).toHaveLength(model.xml.split('camunda:topic=').length - 1);
    for (const { elementId, topic } of externalTasks) {
      const caught = caughtAt(elementId).filter((code) => !errorsOf(topic, { asked: true }).includes(code));
      const own = errorsOf(topic);
      const caughtByName = caught.filter((code) => code !== '*');
      expect({ elementId, never: caughtByName.filter((code) => !own.includes(code)) }).toEqual({
        elementId,
        never: [],
      });
      // One that catches all catches what is not named too, and there must be something to catch.
      const left = own.filter((code) => !caughtByName.includes(code));
      expect({ elementId, uncaught: left.length > 0 }).toEqual({ elementId, uncaught: caught.includes('*') });
    }
  });

  it('lies in a folder of its key, beside its page and its test', () => {
    expect(basename(model.folder)).toBe(model.key);
    expect(existsSync(`${model.folder}/${model.key}.engine.test.ts`)).toBe(true);
    const page = readFileSync(`${model.folder}/${model.key}.md`, 'utf8');
    expect(page.match(/^#+ .*$/gm)).toEqual([`# \`${model.key}\``, '## Variables', '## Paths', '## Changing it']);
  });

  it('has a page that names every end event', async () => {
    const page = readFileSync(`${model.folder}/${model.key}.md`, 'utf8');
    const { elements } = await processOf(model);
    const unnamed = elements.filter(({ type, id }) => type === 'bpmn:EndEvent' && !page.includes(`\`${id}\``));
    expect(unnamed).toEqual([]);
  });

  it('is executable, keeps its history for a stated time and starts with its contract ids', async () => {
    const { isExecutable, historyTimeToLive, elements } = await processOf(model);
    expect(isExecutable).toBe(true);
    expect(historyTimeToLive).toMatch(/^P\d+D$/);
    expect(elements.map(({ id }) => id)).toEqual(expect.arrayContaining([...(elementIds[model.key] ?? [])]));
  });

  it('names every element, and every flow out of a decision, for people', async () => {
    const { elements } = await processOf(model);
    const decisions = new Set(elements.filter(({ type }) => type === 'bpmn:ExclusiveGateway').map(({ id }) => id));
    const decided = new Set(
      modelGraph(model.xml)
        .flows.filter(({ source }) => decisions.has(source))
        .map(({ id }) => id),
    );
    const unnamed = elements.filter(
      ({ id, type, name }) => (name ?? '') === '' && (type !== 'bpmn:SequenceFlow' || decided.has(id)),
    );
    expect(unnamed).toEqual([]);
  });

  it('is drawn, and nothing in the drawing lies on something else', async () => {
    expect((await processOf(model)).hasDiagram).toBe(true);
    const { boxes } = modelGraph(model.xml);
    const events = new Set(Array.from(model.xml.matchAll(/<boundaryEvent id="([^"]+)"/g), ([, id]) => id));
    const apart = boxes.filter(({ id }) => !events.has(id));
    expect(
      apart.flatMap((box, index) =>
        apart
          .slice(index + 1)
          .filter((other) => overlap(box, other))
          .map(({ id }) => `${box.id} and ${id}`),
      ),
    ).toEqual([]);
  });
});

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe('what the reference models got wrong', () => {
  it('asks an AI on both ways, chosen or named (trap T7)', () => {
    const { reachableFrom, flows } = modelGraph(modelOf(processKeys.aiQuery).xml);
    const ways = flows.filter(({ source }) => source === 'provider_chosen');
    expect(ways.map(({ target }) => target).toSorted()).toEqual(['ask_ai', 'select_provider']);
    for (const { target } of ways) expect([...reachableFrom(target)]).toContain('ask_ai');
    expect([...reachableFrom('ask_ai')]).toContain('query_answered');
  });

  it('takes requests in by a message start event and never in the orchestrator (trap T8)', async () => {
    const request = await processOf(modelOf(processKeys.userRequest));
    expect(request.messages).toEqual([messageNames.userRequest]);
    expect(request.elements.filter(({ type }) => type === 'bpmn:StartEvent').map(({ id }) => id)).toEqual([
      'wait_for_requests',
    ]);
    const orchestrator = await processOf(modelOf(processKeys.systemOrchestrator));
    expect(orchestrator.messages.toSorted()).toEqual([messageNames.shutdownSignal, messageNames.systemRestarted]);
  });
});
