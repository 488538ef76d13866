import type { Incident } from './incident.ts';

type SetRetries = (id: string, retries: number) => Promise<void>;

/** Gives new tries to the work that an incident stopped. @returns false when there is nothing that could be tried again */
export type GiveTries = (
  incident: Pick<Incident, 'incidentType' | 'configuration'>,
  retries: number,
) => Promise<boolean>;

/**
 * Finds by the type of an incident what its `configuration` names. Source: Camunda 7 manual, Incidents.
 *
 * @param setRetries of tasks and jobs
 */
export function createGiveTries(setRetries: { readonly task: SetRetries; readonly job: SetRetries }): GiveTries {
  const triedAgain = new Map([
    ['failedExternalTask', setRetries.task],
    ['failedJob', setRetries.job],
  ]);
  return async ({ incidentType, configuration }, retries) => {
    const giveTo = triedAgain.get(incidentType);
    if (giveTo === undefined || configuration === null) return false;
    await giveTo(configuration, retries);
    return true;
  };
}
