/** One line of a log, whoever wrote it. */
export interface LogLine {
  /** When it was written, in ISO 8601. */
  readonly ts: string;
  readonly level: string;
  /** Whose log it stands in; several copies of an app have a log each. */
  readonly app: string;
  /** Name of the event, or the text of a line that is no JSON. */
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Where in a program something happened: for whoever mends the engine, and many to each line that says what happened. */
const stackFrame = /^\s+(?:at \S|\.\.\. \d+ )/;

/** The engine writes time, level and text. */
const plainLine = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)\s+(ERROR|WARN|INFO|DEBUG|TRACE)\s+(.*)$/;

/**
 * Reads a line of an app, of the engine, or of anything else, such as the stack of an error.
 *
 * @param before the line before it, whose time and level a line without its own takes
 */
export function parseLogLine(app: string, text: string, before?: LogLine): LogLine {
  const [, time, level = '', message = ''] = plainLine.exec(text) ?? [];
  if (time !== undefined) return { ts: time, level: level.toLowerCase(), app, event: message, fields: {} };
  const json = parseObject(text);
  if (json === undefined)
    return {
      ts: before?.ts ?? '',
      level: stackFrame.test(text) ? 'debug' : levelAfter(text, before),
      app,
      event: text,
      fields: {},
    };
  const { ts, level: logged, event, component: _component, ...fields } = json;
  return { ts: String(ts), level: String(logged), app, event: String(event), fields };
}

/** The cause of a failure stands behind the frames of what it led to, and counts as much. */
function levelAfter(text: string, before: LogLine | undefined): string {
  return text.startsWith('Caused by:') ? 'warn' : (before?.level ?? 'info');
}

/** `undefined` for what is no line of our logger. */
function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const json = JSON.parse(text) as Record<string, unknown>;
    return 'ts' in json && 'event' in json ? json : undefined;
  } catch {
    // Cut off, or only something that begins like JSON: it is shown as text.
    return undefined;
  }
}
