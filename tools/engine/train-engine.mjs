// A first boot whose only purpose is to record which classes a boot and the daily work load.
import { launchHome } from './launch-engine.mjs';

const MAIN_JAR = 'procos-engine.jar';

/**
 * Boots the engine once and decides on the arguments that later boots use.
 * @returns {Promise<{version: string, args: string[]}>}
 */
export async function trainEngine({ home, java }) {
  const args = ['-jar', MAIN_JAR];
  const engine = await launchHome({ home, java: java.executable, args }, { inMemory: true });
  try {
    const response = await fetch(`${engine.baseUrl}/version`, { headers: engine.headers });
    return { version: (await response.json()).version, args };
  } finally {
    await engine.stop();
  }
}
