/** What the exit code of `procos` says. Scripts rely on these numbers. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  notRunning: 3,
  timeout: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** One line per exit code, for the help and the documentation. */
export const exitCodeMeanings: readonly (readonly [ExitCode, string])[] = [
  [exitCodes.ok, 'done'],
  [
    exitCodes.failed,
    'what was asked for failed: an instance failed or is stuck, a model was refused, a check found a problem',
  ],
  [exitCodes.usage, 'wrong usage or bad input'],
  [exitCodes.notRunning, 'nothing answers at the URL: start ProcOS with npx procos up'],
  [exitCodes.timeout, 'the time given for waiting is over; what was started runs on'],
  [exitCodes.interrupted, 'interrupted with Ctrl-C; what was started runs on'],
];
