/** Restarts services. Named for the need: embedded mode asks its supervisor, a cluster its platform. */
export interface ComponentControl {
  /**
   * Restarts one service alone, its copies one after the other.
   *
   * @param services only the copies with these ids in the directory @default all copies
   * @throws Error when nobody here can restart it
   */
  restart(serviceName: string, services?: readonly string[]): Promise<void>;
}

/** Where nobody can restart anything: every call is refused, so that recovery escalates. */
export const noComponentControl: ComponentControl = {
  restart: (serviceName) => Promise.reject(new Error(`Nobody here can restart ${serviceName}`)),
};
