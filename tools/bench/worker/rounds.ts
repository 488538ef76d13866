// Turns of candidates in one run.

export interface Client {
  prepare(turn: object): Promise<unknown>;
  go(): Promise<unknown>;
  rest(): Promise<unknown>;
}

type Take = (round: number) => Promise<void>;

/** Lets two candidates take turns, A-B-B-A: what the machine does over time meets both alike. */
export async function alternate(rounds: number, first: Take, second: Take): Promise<void> {
  for (let round = 1; round <= rounds; round += 1) {
    const order = round % 2 === 1 ? [first, second] : [second, first];
    for (const take of order) await take(round);
  }
}

/** One turn of a client: it works while `measure` runs and rests afterwards. */
export async function inTurn<Value>(
  client: Client,
  turn: object,
  measure: (go: () => Promise<number>) => Promise<Value>,
): Promise<Value> {
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
