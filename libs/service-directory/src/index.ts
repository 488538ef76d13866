/**
 * For people who build on ProcOS: what changes here changes for them.
 *
 * @packageDocumentation
 * @public
 */
export type { ServiceDirectory, ServiceFilter, ServiceListener, ServiceRegistration } from './service-directory.ts';
export { DirectoryAwayError, DirectoryRefusedError, UnknownServiceError } from './errors.ts';
export { createInMemoryServiceDirectory } from './in-memory-service-directory.ts';
export { createConsulServiceDirectory } from './consul-service-directory.ts';
export type { ConsulServiceDirectoryOptions } from './consul-service-directory.ts';
export { keepLastGood } from './last-good.ts';
export type { LastGoodOptions } from './last-good.ts';
export { announceService } from './announce-service.ts';
export type { Announcement } from './announce-service.ts';
export { healthCheckIntervalMs, isHealthy } from './health-rule.ts';
export { createLeastLoaded, createRoundRobin } from './service-choice.ts';
export type { ChosenService, ServiceChoice } from './service-choice.ts';
export { createCandidate } from './candidate.ts';
export type { Candidate, CandidateOptions } from './candidate.ts';
export { LeadershipLostError } from './leadership.ts';
export type { Leadership, Term } from './leadership.ts';
export { createInMemoryLeadership } from './in-memory-leadership.ts';
export type { InMemoryLeadershipOptions } from './in-memory-leadership.ts';
export { createConsulLeadership } from './consul-leadership.ts';
export type { ConsulLeadershipOptions } from './consul-leadership.ts';
