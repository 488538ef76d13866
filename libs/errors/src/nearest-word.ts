/** Longer words are compared by their first letters: what people send has no bound. */
const longestCompared = 64;

/**
 * The known word that was probably meant: the one that differs in the fewest letters, when these are at most two or a quarter
 * of the word. Capital letters count as small ones.
 */
export function nearestWord(word: string, known: Iterable<string>): string | undefined {
  const asked = compared(word);
  const limit = Math.max(2, Math.floor(asked.length / 4));
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    const distance = editDistance(asked, compared(candidate));
    if (distance <= limit && (best === undefined || distance < best.distance)) best = { word: candidate, distance };
  }
  return best?.word;
}

function compared(word: string): string {
  return word.slice(0, longestCompared).toLowerCase();
}

/** Levenshtein distance by dynamic programming, one row at a time. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const substituted = (row[j - 1] ?? 0) + (left.charAt(i - 1) === right.charAt(j - 1) ? 0 : 1);
      next.push(Math.min(substituted, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
