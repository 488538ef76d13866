// The health check of an image: is the process of the app alive? Whether it is ready for work is told by /readyz.
import { address } from './image.mjs';

try {
  const response = await fetch(`${address('127.0.0.1')}/livez`, { signal: AbortSignal.timeout(4_000) });
  process.exitCode = response.ok ? 0 : 1;
} catch (error) {
  process.stderr.write(`No answer at ${address('127.0.0.1')}: ${error.cause?.code ?? error.name}\n`);
  process.exitCode = 1;
}
