import type { Environment } from '@procos/config';
import { messageOf } from '@procos/errors';
import type { Logger } from '@procos/logging';
import { createConsulServiceDirectory } from '@procos/service-directory';

/**
 * Takes out of the directory what an earlier run of this system has left there: it was killed, and its copies would be
 * looked for and restarted although they are no more. Those that run register anew.
 *
 * @param suffix end of the ids of this system's copies
 */
export async function forgetDeadRecords(
  { CONSUL_URL: url = '', CONSUL_HTTP_TOKEN: token }: Environment,
  suffix: string,
  logger: Logger,
): Promise<void> {
  const directory = createConsulServiceDirectory({
    url,
    token,
    onFault: (error) => logger.warn('directory_fault', { error }),
  });
  try {
    const dead = (await directory.list()).map(({ service_id: id }) => id).filter((id) => id.endsWith(suffix));
    for (const id of dead) await directory.deregister(id);
    if (dead.length > 0) logger.info('dead_records_forgotten', { services: dead });
  } catch (thrown) {
    // The directory is a hint: the boot goes on, and it forgets them by itself after a while.
    logger.warn('dead_records_not_forgotten', { error: messageOf(thrown) });
  } finally {
    await directory.close();
  }
}
