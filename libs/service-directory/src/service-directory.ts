import type { ServiceRecord } from '@procos/contracts';

/** Which running services exist. What it says is a hint: callers keep the last good answer. */
export interface ServiceDirectory {
  /**
   * The records of a name, oldest registration first. Empty when nobody has that name.
   *
   * @param filter @default all of them, healthy or not
   * @throws DirectoryAwayError when it cannot be asked, and was never heard of that name
   */
  discover(serviceName: string, filter?: ServiceFilter): Promise<readonly ServiceRecord[]>;
  /**
   * Every record.
   *
   * @throws DirectoryAwayError
   */
  list(filter?: ServiceFilter): Promise<readonly ServiceRecord[]>;
  /**
   * Makes a running copy known, or replaces what is known of it. Its heartbeat counts from now.
   *
   * @throws DirectoryAwayError
   * @throws DirectoryRefusedError when it may not be registered here
   */
  register(registration: ServiceRegistration): Promise<void>;
  /**
   * The copy is alive. Without a heartbeat for more than twice its interval it counts as unhealthy.
   *
   * @throws UnknownServiceError when nobody is registered under that id: register again
   * @throws DirectoryAwayError
   */
  heartbeat(serviceId: string): Promise<void>;
  /** The copy has gone. Nothing happens when it was not known. @throws DirectoryAwayError */
  deregister(serviceId: string): Promise<void>;
  /**
   * Tells the healthy records of a name now, and again whenever they have changed. While the directory is away nothing is told.
   *
   * @returns stops telling
   */
  watch(serviceName: string, listener: ServiceListener): () => void;
  close(): Promise<void>;
}

export interface ServiceFilter {
  /** Only those that are healthy. @default false */
  readonly healthyOnly?: boolean;
  /** Only those that have one of these tags. @default all */
  readonly anyTag?: readonly string[];
}

export type ServiceListener = (records: readonly ServiceRecord[]) => void;

/** What a service says of itself. */
export interface ServiceRegistration extends Omit<ServiceRecord, 'last_heartbeat'> {
  /**
   * How its health is known: it sends heartbeats, or the directory asks its `health_check_url`.
   *
   * @default 'heartbeat'
   */
  readonly check?: 'heartbeat' | 'http';
  /** Time between two heartbeats or questions, in milliseconds. @default {@link healthCheckIntervalMs} */
  readonly intervalMs?: number;
}
