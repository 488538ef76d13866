/** Name of a tool → the Go package to build. */
export const GO_TOOLS: Readonly<Record<string, string>>;

/** Thrown when a tool cannot be had on this machine. The message says why and what to do. */
export class GoToolError extends Error {}

/**
 * Path of the program, built first if need be (some minutes, with downloads) and kept in the cache folder of ProcOS.
 *
 * @param name a key of `GO_TOOLS`
 * @throws GoToolError when there is no Go, or the build fails
 */
export function buildGoTool(name: string, options?: { onProgress?: (message: string) => void }): Promise<string>;
