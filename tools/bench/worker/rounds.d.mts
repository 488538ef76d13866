export interface Client {
  prepare(turn: object): Promise<unknown>;
  go(): Promise<unknown>;
  rest(): Promise<unknown>;
}

export function alternate(
  rounds: number,
  first: (round: number) => Promise<void>,
  second: (round: number) => Promise<void>,
): Promise<void>;
export function inTurn<Value>(
  client: Client,
  turn: object,
  measure: (go: () => Promise<number>) => Promise<Value>,
): Promise<Value>;
