import { defineErrors } from '@procos/errors';

/** Errors the gateway answers with. */
export const gatewayErrors = defineErrors({
  PROCOS_GATEWAY_INPUT: {
    message: 'The {part} of {method} {path} is not as it must be: {faults}.',
    remedy: 'Correct the fields named; /openapi.json describes {operation}.',
    when: 'Path, query, headers or body of a request break the schema of the route. Names fields and rules, never values.',
    status: 400,
  },
  PROCOS_GATEWAY_BODY_TYPE: {
    message: 'The body of {method} {path} is not sent as JSON.',
    remedy: 'Send it with the header content-type: application/json.',
    when: 'A request has a body of another media type.',
    status: 415,
  },
  PROCOS_GATEWAY_SYSTEM_NAME: {
    message: 'These variables belong to the system and cannot be given: {names}.',
    remedy:
      'Choose another name. The process to run is named by the field `process`, a trace context by the header traceparent.',
    when: 'A request, a message or a completed task carries a variable by which the system itself steers, such as `process_key`.',
    status: 400,
  },
  PROCOS_GATEWAY_UNKNOWN_PROCESS: {
    message: 'No process "{process}" is deployed.',
    remedy: '{hint}GET /v1/process-definitions lists the processes that are.',
    when: 'A request names a process key under which nothing is deployed. Names the nearest key that is.',
    status: 404,
  },
  PROCOS_GATEWAY_SUSPENDED: {
    message: 'Process "{process}" is suspended (version {version}): nothing starts until it is resumed.',
    remedy: 'POST /v1/process-definitions/{process}/resume lets it start again.',
    when: 'The newest version of a process that is to be run is suspended.',
    status: 409,
  },
  PROCOS_GATEWAY_FORM: {
    message: 'What was given for {what} is not as its form asks: {faults}.',
    remedy: 'Give each field as it says. GET {where} shows the form.',
    when: 'A process is to be started, or a user task to be completed, and the answers to the fields of its form are missing or wrong. All are told together.',
    status: 400,
  },
  PROCOS_GATEWAY_SYSTEM_PROCESS: {
    message: 'Process "{process}" belongs to the system and cannot be {action}.',
    remedy:
      'Deploy a changed version of it instead: npx procos deploy. A version of your own can be deleted by its number.',
    when: 'A process that ProcOS is made of is to be suspended or deleted.',
    status: 409,
  },
  PROCOS_GATEWAY_INSTANCES_RUN: {
    message: '{count} running instance(s) of {what} would be ended.',
    remedy:
      'Look at them: GET /v1/instances?process={process}&state=RUNNING. To end them and forget their history: {call}. Or wait until they have ended.',
    when: 'A process, a version or a deployment is to be deleted while instances of it run.',
    status: 409,
  },
  PROCOS_GATEWAY_UNKNOWN_DEPLOYMENT: {
    message: 'There is no deployment {id}.',
    remedy: 'GET /v1/deployments lists them.',
    when: 'A deployment is to be deleted that does not exist.',
    status: 404,
  },
  PROCOS_GATEWAY_NOBODY_WAITS: {
    message: 'Nobody waits for {what}.',
    remedy: '{hint}',
    when: 'A message or a signal is sent for which no instance waits as it is described, and with which no process starts. Names who waits for something near.',
    status: 404,
  },
  PROCOS_GATEWAY_SEVERAL_WAIT: {
    message: '{count} wait for {what}, and a message goes to one.',
    remedy:
      'POST /v1/messages takes `instanceId`, `businessKey` or `correlation` to say which one is meant, and `all` to send it to all of them. They are: {receivers}.',
    when: 'More than one instance waits for a message as it is described.',
    status: 409,
  },
  PROCOS_GATEWAY_SYSTEM_MESSAGE: {
    message: 'Message {name} steers the system itself and cannot be sent.',
    remedy: 'Run a process with POST /v1/requests; stop the system with npx procos down.',
    when: 'One of the messages is sent by which the system boots, takes requests and shuts down.',
    status: 409,
  },
  PROCOS_GATEWAY_UNKNOWN_VERSION: {
    message: 'Process "{process}" has no version {version}.',
    remedy: 'GET /v1/process-definitions/{process} lists its versions; the newest is {newest}.',
    when: 'The diagram of a version is asked for that was never deployed.',
    status: 404,
  },
  PROCOS_GATEWAY_UNKNOWN_REQUEST: {
    message: 'There is no request {id}.',
    remedy: 'Use the requestId that POST /v1/requests answered with. GET /v1/instances lists everything that ran.',
    when: 'The id is no instance of the user request process.',
    status: 404,
  },
  PROCOS_GATEWAY_UNKNOWN_INSTANCE: {
    message: 'There is no process instance {id}.',
    remedy:
      'GET /v1/instances lists them. Ended ones are removed when the history time to live of their process is over.',
    when: 'The engine and its history know no such instance.',
    status: 404,
  },
  PROCOS_GATEWAY_INSTANCE_ENDED: {
    message: 'Process instance {id} has already ended ({state}).',
    remedy: 'Nothing is left to do: its path and variables stay readable at GET /v1/instances/{id}.',
    when: 'An instance is to be ended that is no longer running.',
    status: 409,
  },
  PROCOS_GATEWAY_SYSTEM_INSTANCE: {
    message: 'Instance {id} of {process} runs the system itself and cannot be ended.',
    remedy: 'To stop the system: npx procos down. To have it boot anew: npx procos restart.',
    when: 'The orchestrator, the shutdown process or an instance that they call is to be ended.',
    status: 409,
  },
  PROCOS_GATEWAY_IDEMPOTENCY: {
    message: 'This Idempotency-Key was already used for another request ({requestId}).',
    remedy: 'Use a new key for a new request; repeat a request with exactly the same body.',
    when: 'An Idempotency-Key comes again with another process, or with other variables.',
    status: 409,
  },
  PROCOS_GATEWAY_TWO_KEYS: {
    message: 'A request has either an Idempotency-Key or a businessKey, not both.',
    remedy: 'Leave one out: with an Idempotency-Key the gateway makes the business key itself.',
    when: 'A request carries both, and only one of them can be the business key of its instance.',
    status: 409,
  },
  PROCOS_GATEWAY_NOT_BOOTED: {
    message: 'The system takes no requests yet: process {process} is not deployed.',
    remedy: 'Wait for the boot to finish (GET /v1/status), or start the kernel: it deploys the system processes.',
    when: 'A request comes before the kernel has deployed the system processes.',
    status: 503,
  },
  PROCOS_GATEWAY_UNKNOWN_INCIDENT: {
    message: 'There is no open incident {id}.',
    remedy: 'GET /v1/incidents lists the open ones; this one may be resolved already.',
    when: 'An incident is to be retried that does not exist or is over.',
    status: 404,
  },
  PROCOS_GATEWAY_NOT_RETRYABLE: {
    message: 'Incident {id} is of type {type}, which cannot be retried.',
    remedy: 'Resolve its cause in the process (element {activityId} of instance {instanceId}), or end the instance.',
    when: 'A retry is asked for an incident that is neither a failed external task nor a failed job.',
    status: 409,
  },
  PROCOS_GATEWAY_UNKNOWN_USER_TASK: {
    message: 'There is no open user task {id}.',
    remedy: 'GET /v1/user-tasks lists the open ones; somebody may have completed this one already.',
    when: 'A user task is to be completed that does not exist or is done.',
    status: 404,
  },
  PROCOS_GATEWAY_MODEL_REFUSED: {
    message: 'Nothing was deployed, the models have {count}:{list}',
    remedy:
      'Correct each finding as it says. `npx procos lint --fix` repairs what can be repaired; POST /v1/lint checks without deploying.',
    when: 'A model breaks a rule of the lint, or the engine refuses it. `findings` name file, element, rule and remedy.',
    status: 422,
  },
  PROCOS_GATEWAY_SAME_NAME: {
    message: 'More than one of the files is called {file}.',
    remedy: 'Give the files different names: the engine keeps them by name, without their folders.',
    when: 'A deployment holds two files whose names differ in their folders alone.',
    status: 409,
  },
  PROCOS_GATEWAY_TOO_MANY_STREAMS: {
    message: 'All {limit} event streams are taken.',
    remedy: 'Close a stream, or raise PROCOS_GATEWAY_MAX_STREAMS.',
    when: 'More listeners than the gateway serves at once open /v1/events.',
    status: 503,
  },
  PROCOS_GATEWAY_SLOW_CONSUMER: {
    message: 'The event stream was closed: {waiting} bytes were waiting to be read.',
    remedy: 'Read faster or narrow the type pattern; connect again with Last-Event-ID to go on from here.',
    when: 'A listener of /v1/events reads more slowly than events arrive. Sent as the last event of the stream.',
    status: 503,
  },
  PROCOS_GATEWAY_NO_EVENT_BRIDGE: {
    message: 'The event bridge cannot be asked: {reason}.',
    remedy: 'Wait a moment and try again. GET /v1/status tells whether an event-bridge runs.',
    when: 'Messages that could not be delivered are asked for, and no event bridge is known or none answers.',
    status: 503,
  },
  PROCOS_GATEWAY_ENGINE_UNREACHABLE: {
    message: 'The engine at {engine} does not answer.',
    remedy: 'Wait a moment and try again: the kernel restarts a lost engine. GET /v1/status tells its state.',
    when: 'The engine is down, starting, or takes too long.',
    status: 503,
  },
  PROCOS_GATEWAY_ENGINE_ACCESS: {
    message: 'The engine does not let the gateway in ({engineStatus}): {reason}.',
    remedy: 'Check PROCOS_ENGINE_USER and PROCOS_ENGINE_PASSWORD of the gateway.',
    when: 'The engine answers 401 or 403: user or password of the gateway are wrong, or the user may not do this.',
    status: 502,
  },
  PROCOS_GATEWAY_ENGINE_REFUSED: {
    message: 'The engine refused the operation ({engineStatus}): {reason}.',
    remedy: 'Correct what the engine says, in the model or the variables, and try again.',
    when: 'The engine answers with an error for which the gateway has no better word.',
    status: 502,
  },
});
