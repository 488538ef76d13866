import type { AppSupervisorOptions } from './supervised-app.ts';

type Report = AppSupervisorOptions['report'];

/** What a person at the open terminal is told of parts that end and come back: one line each; the rest is in the log. */
const lines: Readonly<Record<string, (app: string, why: string) => string>> = {
  app_crashed: (app, why) => `${app} ended by itself (${why}); it is started again, nothing is lost.`,
  server_crashed: (app, why) => `${app} ended by itself (${why}); it is started again with its state.`,
  app_restarted: (app) => `${app} is up again.`,
  server_restarted: (app) => `${app} is up again.`,
};

const longestReason = 120;

/** Tells a person too, in one line, what is told to the log. */
export function reportToPeople(report: Report, onTrouble: ((line: string) => void) | undefined): Report {
  return (level, event, fields) => {
    report(level, event, fields);
    const { error } = fields;
    const [why = ''] = (typeof error === 'string' ? error : '').split('\n');
    const line = lines[event]?.(
      String(fields['app']),
      why.length > longestReason ? `${why.slice(0, longestReason)}…` : why,
    );
    if (line !== undefined) onTrouble?.(line);
  };
}

/** Takes the process of each engine that the kernel starts, and tells a person when it is not the first one. */
export function reportEngines(onTrouble: ((line: string) => void) | undefined): (pid: number | undefined) => void {
  let earlier: number | undefined;
  return (now) => {
    if (earlier !== undefined && now !== undefined && earlier !== now) {
      onTrouble?.(
        `The engine ended (process ${earlier}) and is started again (process ${now}); instances go on where they were.`,
      );
    }
    earlier = now;
  };
}
