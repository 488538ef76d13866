const redacted = '[redacted]';
const secretName = /pass(word|wd)?$|secret|token$|authorization|api[-_]?key|credential|cookie/i;
const knownSecrets = new Set<string>();

/**
 * Makes a secret's text unprintable in every log line of this process from now on; of a URL its password as well. Texts
 * under 8 characters are ignored: they would blank out ordinary words.
 */
export function registerSecret(value: string): void {
  for (const text of [value, ...passwordIn(value)]) if (text.length >= 8) knownSecrets.add(text);
}

/** As it stands in the URL, and as it was before it was put there. */
function passwordIn(value: string): readonly string[] {
  const password = URL.canParse(value) ? new URL(value).password : '';
  if (password === '') return [];
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}

function redactText(text: string): string {
  let safe = text;
  for (const secret of knownSecrets) safe = safe.replaceAll(secret, redacted);
  return safe;
}

/** A copy of a value that holds no secret: fields with telling names and registered secrets are blanked out. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 6) return '[deep]';
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  if (hasJsonForm(value)) return redact(value.toJSON(), depth + 1);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      secretName.test(name) && inner !== undefined ? redacted : redact(inner, depth + 1),
    ]),
  );
}

/** What somebody needs who looks for the reason: the code and the whole chain of causes too. */
function redactError(error: Error & { readonly code?: unknown; readonly errors?: unknown }, depth: number) {
  const { name, message, stack = '', code, cause, errors } = error;
  return {
    name,
    message: redactText(message),
    ...(code === undefined ? {} : { code: redact(code, depth + 1) }),
    stack: redactText(stack),
    ...(cause === undefined ? {} : { cause: redact(cause, depth + 1) }),
    ...(Array.isArray(errors) ? { errors: redact(errors, depth + 1) } : {}),
  };
}

function hasJsonForm(value: object): value is { toJSON: () => unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}
