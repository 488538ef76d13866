/** A moment in the engine's own form, `2026-01-31T12:00:00.000+0000`. Source: Camunda 7 REST API, date format. */
export function toEngineTime(moment: Date): string {
  return moment.toISOString().replace('Z', '+0000');
}

/** The engine's form of a moment as ISO 8601 in UTC. */
export function fromEngineTime(text: string): string {
  return new Date(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')).toISOString();
}
