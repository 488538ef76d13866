// Services under a supervisor: it says on standard input, one JSON line each, what to start, stop and kill, and is told on standard
// output what becomes of it. It decides; here nothing is started again by itself.
import { createInterface } from 'node:readline';
import { keptPlace } from './kept-place.mjs';
import { startService } from './services.mjs';

/**
 * In: `{"do": "start" | "stop" | "kill", "service", "again"}`; `again`: on the ports it had. Out: `{"kind": "progress", "detail"}`,
 * `{"kind": "started", "told"}`, `{"kind": "ended", "reason"}`, each with its `service`. Ends all of them with SIGTERM, SIGINT
 * or the end of standard input.
 * @param {string} folder holds their state
 */
export function serveSupervisor(folder) {
  const tell = (service, kind, what) => process.stdout.write(`${JSON.stringify({ kind, service, ...what })}\n`);
  const { start, stop, stopEach } = servicesOf(folder, tell);
  let isStopping = false;
  /** Its end is told by itself; it can be started again. */
  const kill = async (service) => (handles.get(service) ?? stopping.get(service))?.kill();
  const stopAll = async () => {
    if (isStopping) return;
    isStopping = true;
    const failed = (await stopEach()).filter(({ status }) => status === 'rejected');
    for (const { reason } of failed) process.stderr.write(`${reason.message}\n`);
    process.exit(failed.length > 0 ? 1 : 0);
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => void stopAll());
  // Whoever listened is gone: the end of standard input tells it too.
  process.stdout.on('error', () => void stopAll());
  createInterface({ input: process.stdin })
    .on('line', (line) => {
      const { do: wanted, service, again } = JSON.parse(line);
      const done = wanted === 'start' ? start(service, again) : wanted === 'kill' ? kill(service) : stop(service);
      done.catch((error) => tell(service, 'ended', { reason: error.message }));
    })
    .once('close', () => void stopAll());
}

function servicesOf(folder, tell) {
  const handles = new Map();
  const stopping = new Map();
  const stop = async (service) => {
    const handle = handles.get(service);
    handles.delete(service);
    stopping.set(service, handle);
    await handle?.stop();
    stopping.delete(service);
    // Of one that runs elsewhere no end is heard.
    if (handle?.exited === undefined) tell(service, 'ended', { reason: 'it is not needed any more' });
  };
  return {
    start: async (service, again) => {
      const known = handles.get(service);
      if (known !== undefined) await known.restart();
      else {
        const place = await keptPlace(folder, service, { again });
        const onProgress = (detail) => tell(service, 'progress', { detail });
        handles.set(service, await startService(service, { ...place, onProgress }));
      }
      const handle = handles.get(service);
      tell(service, 'started', { told: { ...factsOf(handle), pid: handle.pid } });
      void handle.exited?.then(({ code, signal }) =>
        tell(service, 'ended', {
          reason: signal === null ? `it ended with exit code ${code}` : `it was ended by ${signal}`,
        }),
      );
    },
    stop,
    stopEach: () => Promise.allSettled([...handles.keys()].map(stop)),
  };
}

/** What can be said of a service in JSON. */
function factsOf({ stop: _stop, kill: _kill, restart: _restart, control: _control, exited: _exited, ...facts }) {
  return facts;
}
