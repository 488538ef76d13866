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
