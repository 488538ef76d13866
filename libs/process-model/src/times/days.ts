/** `HistoryTimeToLiveParser` of the engine: a number of days, or an ISO 8601 period in days. */
export function holdsDays(text: string): boolean {
  return /^(?:\+?\d{1,9}|P\d{1,9}D)$/.test(text);
}
