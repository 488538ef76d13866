// Turns of candidates in one run.

/**
 * Lets two candidates take turns, A-B-B-A: what the machine does over time meets both alike.
 * @param {number} rounds
 * @param {() => Promise<void>} first @param {() => Promise<void>} second
 */
export async function alternate(rounds, first, second) {
  for (let round = 1; round <= rounds; round += 1) {
    const order = round % 2 === 1 ? [first, second] : [second, first];
    for (const take of order) await take(round);
  }
}

/**
 * One turn of a client: it works while `measure` runs and rests afterwards.
 * @template T
 * @param {{prepare: Function, go: Function, rest: Function}} client @param {object} turn @param {(go: () => Promise<number>) => Promise<T>} measure
 */
export async function inTurn(client, turn, measure) {
  await client.prepare(turn);
  const go = async () => {
    const at = Date.now();
    await client.go();
    return at;
  };
  try {
    return await measure(go);
  } finally {
    await client.rest();
  }
}
