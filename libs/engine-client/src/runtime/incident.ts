/** Something that stopped an instance and waits for a person. Source: Camunda 7 REST API, IncidentDto (fields used here). */
export interface Incident {
  readonly id: string;
  readonly incidentType: string;
  readonly incidentMessage: string | null;
  readonly incidentTimestamp: string;
  readonly processInstanceId: string;
  readonly processDefinitionId: string;
  /** Where it stopped; `null` for what has no instance yet, such as the timer of a start. */
  readonly executionId?: string | null;
  readonly activityId: string;
  /** The element that failed, when the engine knows: also one of a process that `activityId` was about to call, or of a later step of the same transaction. */
  readonly failedActivityId?: string | null;
  /** For `failedExternalTask` the external task's id, for `failedJob` the job's. */
  readonly configuration: string | null;
  /** The incident of the called instance that led to this one: its own id where it began. */
  readonly causeIncidentId?: string | null;
  /** The incident it all began with: its own id, unless the engine raised this one in a calling instance. */
  readonly rootCauseIncidentId: string;
}
