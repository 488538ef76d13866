import { defineTaskContract } from '@procos/contracts';
import { createEngineClient } from '@procos/engine-client';
import { createLogger } from '@procos/logging';
import { createTaskWorker, defineTask } from '@procos/task-worker';
import { createMetrics } from '@procos/telemetry';
import { Type } from 'typebox';

const { CAMUNDA_URL: baseUrl = 'http://127.0.0.1:8080/engine-rest', ...env } = process.env;
const [user, password] = [env['PROCOS_ENGINE_USER'] ?? 'procos', env['PROCOS_ENGINE_PASSWORD'] ?? ''];
const [input, output] = [Type.Object({ text: Type.String() }), Type.Object({ words_typescript: Type.Integer() })];
const about = { title: 'Count words', description: 'Counts the words of a text.' };
const contract = defineTaskContract({ topic: 'count_words_typescript', ...about, input, output });
const task = defineTask(contract, async ({ text }) => ({ words_typescript: text.trim().split(/\s+/).length }));
const client = createEngineClient({ baseUrl, user, password });
const [logger, metrics] = [createLogger({ component: 'count-words' }), createMetrics()];
const worker = createTaskWorker({ client, workerType: 'count-words', tasks: [task], logger, metrics });
worker.start();
process.once('SIGTERM', () => void worker.stop().then(() => client.close()));
