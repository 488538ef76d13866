/** Restarts services. Named for the need: embedded mode asks its supervisor, a cluster its platform. */
export interface ComponentControl {
  /** Restarts one service alone. @throws Error when nobody here can restart it */
  restart(serviceName: string): Promise<void>;
}

/** Where nobody can restart anything: every call is refused, so that recovery escalates. */
export const noComponentControl: ComponentControl = {
  restart: (serviceName) => Promise.reject(new Error(`Nobody here can restart ${serviceName}`)),
};
