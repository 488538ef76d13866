/** The setting that says where an app listens: `PROCOS_GATEWAY_PORT` for `gateway`. */
export function portVariable(app: string): string {
  return `PROCOS_${app.toUpperCase().replaceAll('-', '_')}_PORT`;
}
