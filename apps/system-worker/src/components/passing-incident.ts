import { type EngineClient, type Incident, maySentencePass, unlessNotFound } from '@procos/engine-client';
import { readFailureDetails } from '@procos/errors';
import { mayMessagePass } from './worker-sentences.ts';

/**
 * Whether what an incident is about passes by itself: network, time-outs, overload. A worker of ProcOS has said so with the
 * failure; of other workers and of the engine's own jobs there is the message alone.
 */
export async function mayIncidentPass(engine: EngineClient, incident: Incident): Promise<boolean> {
  const { incidentType, configuration, incidentMessage } = incident;
  const sentence = incidentMessage ?? '';
  if (incidentType !== 'failedExternalTask') return mayMessagePass(sentence) || maySentencePass(sentence);
  const details =
    configuration === null ? undefined : await unlessNotFound(engine.externalTasks.errorDetails(configuration));
  return readFailureDetails(details ?? '').mayPass ?? mayMessagePass(sentence);
}
