#!/usr/bin/env node
// npm start: sets everything up that is missing, boots the system and asks it a first question. Options go to `procos up`.
import './setup/check-node.mjs';
import { giveUp, prepare } from './setup/prepare.mjs';
import { runPinned } from './setup/run-pinned.mjs';

try {
  const { engineHome } = await prepare();
  // The launcher knows how Node is started; where it can, it becomes the system itself: one process, as before.
  const args = ['apps/cli/bin/procos.mjs', 'up', '--first-question', ...process.argv.slice(2)];
  process.exitCode = await runPinned(args, { PROCOS_ENGINE_HOME: engineHome });
} catch (error) {
  giveUp(error);
}
