// The entry point of an image: what an app in a container is told about itself, then the app.
import { hostname, networkInterfaces } from 'node:os';
import { address, name, portVariable } from './image.mjs';

const { env } = process;
// Among containers a copy is reached under the name of its container; the name of the service leads to any copy.
env.PROCOS_ADVERTISED_URL ||= address(hostname());
// Its own addresses too: who measures the copies one by one, such as Prometheus, calls them by these.
const addresses = Object.values(networkInterfaces())
  .flat()
  .map((one) => (one.family === 'IPv6' ? `[${one.address}]` : one.address));
env.PROCOS_ALLOWED_HOSTS = [env.PROCOS_ALLOWED_HOSTS, name, hostname(), ...addresses].filter(Boolean).join(',');
env[portVariable] ||= new URL(address('localhost')).port;

await import(`./apps/${name}/dist/main.js`);
