/** Choosing one among the running copies of a service. Named for the need: adapters are in memory or Consul. */
export interface Leadership {
  /**
   * Resolves when this copy leads; until then another one does, or the directory is away.
   *
   * @throws the reason of the signal when it is aborted
   */
  lead(signal: AbortSignal): Promise<Term>;
  close(): Promise<void>;
}

/** The time for which one copy leads. */
export interface Term {
  /** Aborted when it is known that another copy may lead. */
  readonly lost: AbortSignal;
  /**
   * Makes sure that this copy still leads: call it before anything that two leaders must not do. A copy that was suspended
   * finds out here. While the directory is away nobody else can be chosen, so a leader that was not suspended goes on.
   *
   * @throws LeadershipLostError
   * @throws DirectoryAwayError when this copy was suspended and nobody can say who leads
   */
  confirm(): Promise<void>;
  /** What the leader before has written last; undefined when there was none. @throws DirectoryAwayError */
  read(): Promise<string | undefined>;
  /**
   * Keeps a short text for whoever leads next. Nothing is written by a copy that does not lead any more.
   *
   * @param value up to 400 KB
   * @throws LeadershipLostError
   * @throws DirectoryAwayError
   */
  write(value: string): Promise<void>;
  /** Lets another copy lead. Safe to call when the term is over. */
  resign(): Promise<void>;
}

/** Thrown to a copy that does not lead any more. */
export class LeadershipLostError extends Error {
  override readonly name = 'LeadershipLostError';
  readonly code = 'PROCOS_LEADERSHIP_LOST';

  constructor(options?: ErrorOptions) {
    super('This copy does not lead any more: another one may.', options);
  }
}
