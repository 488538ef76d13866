export { compileCheck, tellFaults, toFault } from './validation.ts';
export type { Check, Checked, Fault } from './validation.ts';
export { defineTaskContract } from './task-contract.ts';
export type { BpmnErrorContract, TaskContract } from './task-contract.ts';
export { eventExchange, makeEvent, matchesRoutingKey, ProcosEvent } from './events.ts';
export type { EventFields } from './events.ts';
export { ServiceRecord } from './service-record.ts';
export { defaultPorts, messageNames, processKeys, systemBusinessKey, traceparentVariable } from './system.ts';
export { fileOperation, httpRequest, inputValidation, responseFormatting, serviceCall, taskContracts } from './tasks/index.ts';
