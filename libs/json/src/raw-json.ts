/** A number that `JSON.stringify` writes digit by digit as it stands. Source: ECMAScript proposal JSON.parse source text access. */
interface RawJson {
  readonly rawJSON: string;
}

interface JsonWithSource {
  rawJSON(text: string): RawJson;
}

/** The digits of an integer as they go into a JSON text. */
function rawInteger(value: bigint): RawJson {
  return (JSON as unknown as JsonWithSource).rawJSON(value.toString());
}

// Every writer of JSON in the process, those of libraries among them, must write such a number whole: without this they throw.
Object.defineProperty(BigInt.prototype, 'toJSON', {
  configurable: true,
  writable: true,
  value(this: bigint): RawJson {
    return rawInteger(this);
  },
});
