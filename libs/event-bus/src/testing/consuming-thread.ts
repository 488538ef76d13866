import { parentPort, workerData } from 'node:worker_threads';
import { createInMemoryEventBus } from '../local-event-bus.ts';

// A thread that takes events and never finishes one.
const { name, queue } = workerData as { readonly name: string; readonly queue: string };
const port = parentPort;
if (port === null) throw new TypeError('This module runs only as a worker thread');
const bus = createInMemoryEventBus({ name, onHandlerError: (thrown) => port.postMessage(String(thrown)) });
await bus.consume('x', (event) => new Promise(() => port.postMessage(event.id)), { queue });
setTimeout(() => port.postMessage('ready'), 50);
// The bus alone keeps no thread alive.
setInterval(() => undefined, 60_000);
