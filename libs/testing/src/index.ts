/**
 * For people who build on ProcOS: what changes here changes for them.
 *
 * @packageDocumentation
 * @public
 */
/** @internal */
export { caseFile, caseNames } from './case-files.ts';
/** @internal */
export type { CaseFolder } from './case-files.ts';
export { checkEvents } from './event-checker.ts';
export type { EventCheck } from './event-checker.ts';
export { listen } from './event-stream.ts';
export type { Listening, ListenOptions } from './event-stream.ts';
export { eventually } from './eventually.ts';
export { createProcessDriver } from './process-driver.ts';
export type { ProcessDriver } from './process-driver.ts';
export type { EndedInstance } from './process-driver-observer.ts';
export type { TakenTask } from './process-driver-tasks.ts';
export { useProcessDriver } from './use-process-driver.ts';
export type { EngineUnderTest } from './vitest-context.ts';
/** @internal */
export { isFull, numbersToTry, sampled, sampleSeed, sampleTimeout } from './sampled.ts';
/** @internal */
export type { SimulatedNumbers } from './sampled.ts';
export { seededRandom, shuffled } from './seeded-random.ts';
/** @internal */
export { startRawServer } from './raw-server.ts';
/** @internal */
export type { RawRequest, RawServer } from './raw-server.ts';
export { startMailServer } from './mail-server.ts';
export type { MailServer, MailServerOptions, MailServerRules, ReceivedMail } from './mail-server.ts';
export { selfSignedCertificate } from './self-signed-certificate.ts';
export type { TestCertificate } from './self-signed-certificate.ts';
export { createFakeExternalTasks } from './fake-engine/fake-external-tasks.ts';
export { createFakeFetchQueue } from './fake-engine/fake-fetch-queue.ts';
export { createFakeTaskStore } from './fake-engine/fake-task-store.ts';
export type { FakeTask, FakeTaskStore } from './fake-engine/fake-task-store.ts';
/** @internal */
export { externalTaskContract } from './contracts/external-task-contract.ts';
/** @internal */
export { startOwnService } from './service-launcher.ts';
/** @internal */
export type { ServiceName, SharedServiceName, StartedService, StartServiceOptions } from './service-launcher.ts';
/** @internal */
export { useLazyService, useOwnService, useService } from './use-service.ts';
/** @internal */
export type { MissingService, ServiceGetter, ServiceUnderTest } from './use-service.ts';
