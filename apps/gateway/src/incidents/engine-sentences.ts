/** A timer that got a value which is no time; the value stands in the first or the second group, when the engine says it. */
export const noUsableTime =
  /Timer '[^']*' was not configured with a valid|Exception while resolving duedate '(.*?)'|(?:couldn't resolve|Exception while parsing) (?:cron|cycle)[^']*'?(.*?)'?(?:$|:)/s;

/** True for what the engine says of a timer, which it does not always name. */
export function isAboutTime(reason: string): boolean {
  return noUsableTime.test(reason);
}

/** Without the engine's own numbers and class names: they help nobody who draws a process. */
export function plain(reason: string): string {
  return reason
    .replace(/\bENGINE-\d{5} /g, '')
    .replace(/\b(?:[a-z]\w*\.){2,}(?=[A-Z]\w*)/g, '')
    .trim();
}

/** Without its full stop, so that it can stand inside another sentence. */
export function withoutStop(sentence: string): string {
  return sentence.trim().replace(/[.\s]+$/, '');
}
