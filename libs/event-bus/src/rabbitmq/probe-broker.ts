import { BrokerRefusedError } from '../errors.ts';
import { refusedAtDoor } from './broker-sentences.ts';

/**
 * Opens a connection and closes it again: tells before anything is started whether a broker lets us in.
 *
 * @param timeoutMs how long it may take
 * @throws BrokerRefusedError when it does not: wrong user, password or virtual host, or no RabbitMQ at all
 */
export async function probeBroker(url: string, timeoutMs: number): Promise<void> {
  try {
    const { connect } = await import('amqplib');
    const connection = await connect(url, { timeout: timeoutMs });
    await connection.close();
  } catch (thrown) {
    throw new BrokerRefusedError(renderRefusal(thrown), { cause: thrown });
  }
}

function renderRefusal(thrown: unknown): string {
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  const refused = refusedAtDoor(said);
  if (refused === 'user') return 'it refuses the user or the password';
  if (refused === 'virtual-host') return 'its virtual host does not exist, or the user may not use it';
  return `it does not speak AMQP 0-9-1 with us (${said})`;
}
