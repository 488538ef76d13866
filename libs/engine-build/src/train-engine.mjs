// A first boot that records the classes which a boot and the daily work load, so that later boots map them instead of
// parsing and verifying them again (class-data sharing, https://openjdk.org/jeps/350).
import { appendFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchHome } from './launch-home.mjs';
import { trainingModel, TRAINING_KEY, TRAINING_TOPIC } from './training-model.mjs';

/** @import {LaunchedEngine} from './launched-engine.ts' */

/** @typedef {(method: string, path: string, body?: FormData | object) => Promise<unknown>} Call */

const MAIN_JAR = 'procos-engine.jar';
const ARCHIVE = 'engine.jsa';

/**
 * What every boot is given. The collector with the least overhead on the small heap of one engine; no file of counters in
 * the temporary folder; the optimising compiler starts on a method only when it has proved hot beyond the boot itself,
 * where it would compete for the cores and be of no use yet; an engine out of memory ends, so that it can be restarted.
 */
const JVM_ARGS = [
  '-XX:+UseSerialGC',
  '-XX:-UsePerfData',
  '-XX:Tier4InvocationThreshold=50000',
  '-XX:Tier4MinInvocationThreshold=6000',
  '-XX:Tier4CompileThreshold=150000',
  '-XX:Tier4BackEdgeThreshold=400000',
  '-XX:+ExitOnOutOfMemoryError',
  '-Dfile.encoding=UTF-8',
  '-Djava.awt.headless=true',
];

/** The first minutes go faster without the optimising compiler, whose work pays off only after tens of thousands of tasks. */
const SHORT_LIFE_ARGS = ['-XX:TieredStopAtLevel=1'];

/**
 * Boots the engine once on a throw-away database, lets it do each kind of work, and decides on the arguments of later boots.
 * @param {{home: string, java: {executable: string}, logFile: string}} what
 * @returns {Promise<{version: string, args: string[], shortLifeArgs: string[], mainJar: string}>}
 */
export async function trainEngine({ home, java, logFile }) {
  const dataDir = await mkdtemp(join(tmpdir(), 'procos-engine-training-'));
  try {
    const args = [
      ...SHORT_LIFE_ARGS,
      `-XX:ArchiveClassesAtExit=${ARCHIVE}`,
      '-Xlog:cds=off',
      '-Xlog:cds+dynamic=off',
      ...JVM_ARGS,
      '-jar',
      MAIN_JAR,
    ];
    const engine = await launchHome(
      { home, java: java.executable, args },
      { dataDir, stopTimeoutMs: 60_000, onLog: (line) => void appendFile(logFile, `${line}\n`) },
    );
    /** @type {string} */
    let version;
    try {
      version = await doEachKindOfWork(engine);
    } finally {
      await engine.stop();
    }
    // A virtual machine without class-data sharing writes no archive: the engine then boots slowly, but it boots.
    const archived = await stat(join(home, ARCHIVE)).then(
      (file) => file.size > 0,
      () => false,
    );
    const sharing = archived ? [`-XX:SharedArchiveFile=${ARCHIVE}`, '-Xshare:auto'] : [];
    return {
      version,
      args: [...sharing, ...JVM_ARGS, '-jar', MAIN_JAR],
      shortLifeArgs: SHORT_LIFE_ARGS,
      mainJar: MAIN_JAR,
    };
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** @param {LaunchedEngine} engine */
async function doEachKindOfWork(engine) {
  const call = caller(engine);
  const { version } = /** @type {{version: string}} */ (await call('GET', '/version'));
  await deployTraining(call);
  const { id } = await startTraining(call);
  await doTrainingTask(call);
  await call('POST', '/message', { messageName: 'training_message', processInstanceId: id });
  await readEverything(call, id);
  return version;
}

/** @param {LaunchedEngine} engine @returns {Call} */
function caller(engine) {
  return async (method, path, body) => {
    const json = body !== undefined && !(body instanceof FormData);
    const response = await fetch(`${engine.baseUrl}${path}`, {
      method,
      headers: { ...engine.headers, ...(json ? { 'content-type': 'application/json' } : {}) },
      ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : body }),
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`the training run of the engine failed at ${method} ${path}: ${response.status} ${text}`);
    return text && response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
  };
}

/** @param {Call} call */
async function deployTraining(call) {
  const form = new FormData();
  form.set('deployment-name', 'training');
  form.set('enable-duplicate-filtering', 'true');
  form.set('data', new Blob([trainingModel()]), 'training.bpmn');
  await call('POST', '/deployment/create', form);
}

/** @param {Call} call */
function startTraining(call) {
  const variables = {
    text: { value: 'x', type: 'String' },
    json: {
      value: '{}',
      type: 'Object',
      valueInfo: { objectTypeName: 'java.util.LinkedHashMap', serializationDataFormat: 'application/json' },
    },
  };
  const started = call('POST', `/process-definition/key/${TRAINING_KEY}/start`, { variables, businessKey: 'training' });
  return /** @type {Promise<{id: string}>} */ (started);
}

/** @param {Call} call */
async function doTrainingTask(call) {
  const fetched = call('POST', '/external-task/fetchAndLock', {
    workerId: 'training',
    maxTasks: 1,
    asyncResponseTimeout: 1_000,
    topics: [{ topicName: TRAINING_TOPIC, lockDuration: 10_000, deserializeValues: false }],
  });
  const [task] = /** @type {{id: string}[]} */ (await fetched);
  if (task === undefined) throw new Error('the training run of the engine has no task to do');
  await call('POST', `/external-task/${task.id}/extendLock`, { workerId: 'training', newDuration: 10_000 });
  await call('POST', `/external-task/${task.id}/complete`, {
    workerId: 'training',
    variables: { done: { value: true, type: 'Boolean' } },
  });
}

/**
 * @param {Call} call
 * @param {string} instanceId
 */
async function readEverything(call, instanceId) {
  for (const path of [
    '/engine',
    '/deployment',
    '/process-definition',
    '/external-task',
    '/incident',
    '/job',
    '/task',
    `/history/process-instance/${instanceId}`,
    '/history/activity-instance',
    '/history/variable-instance?deserializeValues=false',
    '/history/external-task-log',
    '/process-instance',
  ]) {
    await call('GET', path);
  }
}
