// The names that embedded mode uses for types of the contract.
export type { RequestAccepted as AcceptedRequest, RequestView as RequestResult } from '@procos/contracts';
