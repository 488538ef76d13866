import { randomUUID } from 'node:crypto';
import { BasicAuthInterceptor, Client, Variables } from 'camunda-external-task-client-js';

const {
  CAMUNDA_URL = 'http://127.0.0.1:8080/engine-rest',
  PROCOS_ENGINE_USER = 'procos',
  PROCOS_ENGINE_PASSWORD,
} = process.env;

const client = new Client({
  baseUrl: CAMUNDA_URL,
  workerId: `count-words-${randomUUID()}`,
  interceptors: new BasicAuthInterceptor({ username: PROCOS_ENGINE_USER, password: PROCOS_ENGINE_PASSWORD }),
  asyncResponseTimeout: 10_000,
  interval: 0,
});

client.subscribe('count_words_official', async ({ task, taskService }) => {
  const words = task.variables.get('text').trim().split(/\s+/).length;
  await taskService.complete(task, new Variables().set('words_official', words));
});
