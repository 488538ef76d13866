/** That many free loopback ports, all different, all from 20000 to 32767. */
export function freePorts(count: number): Promise<number[]>;
/** The first of these loopback ports that somebody listens on. */
export function takenPort(ports: readonly number[]): Promise<number | undefined>;
