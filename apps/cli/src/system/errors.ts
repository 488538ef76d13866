import { defineErrors } from '@procos/errors';

/** Errors of a system that `procos up` boots. */
export const systemErrors = defineErrors({
  PROCOS_CLI_DATA_FOLDER: {
    message: 'The data folder {path} cannot be used: {reason}',
    remedy: 'Give a folder that you may write to with --data-dir, or free some room on its disk.',
    when: '`procos up` cannot create or write its data folder.',
  },
  PROCOS_CLI_DISK_FULL: {
    message: 'The boot has failed: the disk of {path} is full, {left} left.',
    remedy: 'Free some room there, or give a folder on another disk with --data-dir, and start it again.',
    when: '`procos up` fails, and there is no room for a database and its logs in the data folder.',
  },
  PROCOS_CLI_ALREADY_RUNNING: {
    message: 'A system is already running on the data folder {path} (process {pid}).',
    remedy:
      'Use it (`npx procos status`), stop it (`npx procos down`), or start a second one with another --data-dir and --port-offset.',
    when: '`procos up` finds a living system on its data folder.',
  },
  PROCOS_CLI_CREDENTIALS: {
    message: 'The credentials of the engine in {file} cannot be used: {reason}.',
    remedy:
      'Put back the file as it was, or delete it: the next boot makes a new password, and the engine takes it over; no data is lost.',
    when: 'The `credentials.json` of the data folder is damaged or cannot be read.',
  },
  PROCOS_CLI_BOOT_INTERRUPTED: {
    message: 'The boot was stopped by {signal}; everything that it had started has ended.',
    remedy: 'Start it again when you like: npx procos up',
    when: '`procos up` is interrupted before the system is up.',
  },
  PROCOS_CLI_NO_ENGINE: {
    message: 'There is no built engine: {reason}',
    remedy: 'Start with `npm start` once: it builds the engine. Or set PROCOS_ENGINE_HOME to a built one.',
    when: '`procos up` finds neither PROCOS_ENGINE_HOME nor a build in the cache.',
  },
  PROCOS_CLI_APP_FAILED: {
    message: '{app} could not be started: {reason}',
    remedy: 'The reason names what to change; the log of the app is in the logs folder of the data folder.',
    when: 'An app of the embedded mode fails while it starts.',
  },
  PROCOS_CLI_NOT_RUNNING: {
    message: 'Nothing runs on the data folder {path}.',
    remedy: 'Start it with `npx procos up`, or name its data folder with --data-dir.',
    when: '`procos down` finds no running system.',
    status: 404,
  },
});
