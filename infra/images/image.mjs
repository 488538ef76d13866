// Which app this image holds, and where it listens.
import { readFileSync } from 'node:fs';

const { app, port } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

export const name = app;
export const portVariable = `PROCOS_${app.toUpperCase().replaceAll('-', '_')}_PORT`;

/** URL of the app under the name of a host. */
export function address(host) {
  return `http://${host}:${process.env[portVariable] || port}`;
}
