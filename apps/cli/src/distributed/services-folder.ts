import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where broker, directory and database keep their state when the data folder is out of their reach. */
const systemFolder = '/var/lib/procos';

/**
 * The folder for the state of the services: in the data folder. Started by root, RabbitMQ and PostgreSQL run as users of
 * their own, who cannot get into a private folder such as `/root`: then it is one in `/var/lib/procos` that belongs to the
 * data folder.
 */
export function servicesFolder(dataPath: string): string {
  const inside = join(dataPath, 'services');
  if (process.getuid?.() !== 0) return inside;
  // Others may pass through the data folder, and still not look into it.
  chmodSync(dataPath, 0o711);
  if (canBePassed(dirname(dataPath))) return inside;
  const outside = join(systemFolder, createHash('sha256').update(dataPath).digest('hex').slice(0, 16));
  mkdirSync(outside, { recursive: true, mode: 0o711 });
  return outside;
}

function canBePassed(folder: string): boolean {
  if ((statSync(folder).mode & 0o001) === 0) return false;
  const parent = dirname(folder);
  return parent === folder || canBePassed(parent);
}
