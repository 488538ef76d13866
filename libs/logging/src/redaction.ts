const redacted = '[redacted]';
const secretName = /pass(word|wd)?$|secret|token$|authorization|api[-_]?key|credential|cookie/i;
const knownSecrets = new Set<string>();

/** Makes a secret's text unprintable in every log line of this process from now on. Texts under 8 characters are ignored: they would blank out ordinary words. */
export function registerSecret(value: string): void {
  if (value.length >= 8) knownSecrets.add(value);
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
  if (value instanceof Error)
    return { name: value.name, message: redactText(value.message), stack: redactText(value.stack ?? '') };
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  if (hasJsonForm(value)) return redact(value.toJSON(), depth + 1);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      secretName.test(name) && inner !== undefined ? redacted : redact(inner, depth + 1),
    ]),
  );
}

function hasJsonForm(value: object): value is { toJSON: () => unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}
