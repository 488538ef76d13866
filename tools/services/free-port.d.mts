/** That many free loopback ports, all different, all from 20000 to 32767. */
export function freePorts(count: number): Promise<number[]>;
/** The first of these loopback ports that somebody listens on. */
export function takenPort(ports: readonly number[]): Promise<number | undefined>;
/** Resolves when all of these are free, after two seconds at most. Throws an error that names who has the port otherwise. */
export function needFreePorts(service: string, ports: readonly number[]): Promise<void>;
