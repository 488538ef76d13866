import { defineTaskContract } from '@procos/contracts';
import { createEngineClient } from '@procos/engine-client';
import { createLogger } from '@procos/logging';
import { createTaskWorker, defineTask } from '@procos/task-worker';
import { createMetrics } from '@procos/telemetry';
import { Type } from 'typebox';

const { CAMUNDA_URL = 'http://127.0.0.1:8080/engine-rest', PROCOS_ENGINE_USER = 'procos', PROCOS_ENGINE_PASSWORD = '' } = process.env;
const [input, output] = [Type.Object({ text: Type.String() }), Type.Object({ words_typescript: Type.Integer() })];
const contract = defineTaskContract({ topic: 'count_words_typescript', title: 'Count words', description: 'Counts the words of a text.', input, output });
const countWords = defineTask(contract, async ({ text }) => ({ words_typescript: text.trim().split(/\s+/).length }));
const client = createEngineClient({ baseUrl: CAMUNDA_URL, user: PROCOS_ENGINE_USER, password: PROCOS_ENGINE_PASSWORD });
const worker = createTaskWorker({ client, workerType: 'count-words', tasks: [countWords], logger: createLogger({ component: 'count-words' }), metrics: createMetrics() });
worker.start();
process.once('SIGTERM', () => void worker.stop().then(() => client.close()));
