// Which app this image holds, and where it listens.
import { readFileSync } from 'node:fs';

const { app: name, port, portVariable } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

export { name, portVariable };

/** URL of the app under the name of a host. */
export function address(host) {
  return `http://${host}:${process.env[portVariable] || port}`;
}
