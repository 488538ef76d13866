import { defineErrors } from '@procos/errors';

/** What stops a process, in the words of incidents. `{next}` is the call that lets it go on. */
export const incidentErrors = defineErrors({
  PROCOS_INCIDENT_TASK: {
    message: '{reason}',
    remedy: '{advice}{next}',
    when: 'A worker gave up a task: no tries are left, or trying again cannot help.',
  },
  PROCOS_INCIDENT_VARIABLE_MISSING: {
    message: 'Variable "{variable}" has no value, and {expression} at {element} needs it.',
    remedy: 'Start it again with a value for {variable}, or correct the expression and deploy the model. {next}',
    when: 'An expression names a variable that the instance does not have.',
  },
  PROCOS_INCIDENT_EXPRESSION: {
    message: '{expression} at {element} cannot be evaluated: {reason}.',
    remedy: 'Correct the expression or the variables that it uses, and deploy the model. {next}',
    when: 'An expression fails: a property or method that its value does not have, a wrong type, a division by zero.',
  },
  PROCOS_INCIDENT_CONDITION: {
    message: 'A condition at {element} is neither true nor false: {reason}.{conditions}',
    remedy: 'Make it a comparison, for example {example}, and deploy the model. {next}',
    when: 'The condition of a sequence flow gives text, a number or nothing.',
  },
  PROCOS_INCIDENT_NO_FLOW: {
    message: 'No way leads on from {element}: none of its conditions is true.{conditions}',
    remedy: 'Add a default flow, or correct conditions or variables, and deploy the model. {next}',
    when: 'A gateway has no default flow, and no condition of its flows is true.',
  },
  PROCOS_INCIDENT_TIMER: {
    message: 'The timer of {element} has no usable time{value}.{expressions}',
    remedy: 'Write a duration as PT15M or P2D, a date as 2026-12-24T18:00:00Z, a repetition as R3/PT10M. {next}',
    when: 'A timer gets a value at run time that is no duration, date or cycle.',
  },
  PROCOS_INCIDENT_COLLECTION: {
    message: '{element} runs once per item of {expression}, and that is no list.',
    remedy: 'Give it a list: in an expression of a transformation, […] around it makes one hit a list too. {next}',
    when: 'The collection of a multi-instance element is no list at run time.',
  },
  PROCOS_INCIDENT_CALLED_PROCESS: {
    message: '{element} calls the process "{called}", and none with that key is deployed.',
    remedy: 'Deploy it, or correct the key (GET /v1/process-definitions lists those that are). {next}',
    when: 'A call activity names a process that is not deployed.',
  },
  PROCOS_INCIDENT_SUSPENDED: {
    message: '{element} cannot go on: {reason}.',
    remedy: 'Resume what is suspended. {next}',
    when: 'A process definition or instance is suspended, and something is to run in it.',
  },
  PROCOS_INCIDENT_VARIABLE_UNREADABLE: {
    message: 'Variable "{variable}" cannot be read at {element}: {reason}.',
    remedy: 'Write it anew as text or JSON. {next}',
    when: 'A variable holds an object of a kind that the engine does not know.',
  },
  PROCOS_INCIDENT_STEP: {
    message: '{reason}',
    remedy: 'Correct what the message says, in the model or in its variables. {next}',
    when: 'A step of the engine failed, and there is no better word for it.',
  },
});

/** What a running instance waits for although nothing has failed. `{end}` is the call that ends it, `{resume}` the one that resumes its process. */
export const obstacleErrors = defineErrors({
  PROCOS_OBSTACLE_NO_WORKER: {
    message: 'No running worker is known that serves the topic "{topic}": {element} waits for one.',
    remedy:
      'Start a worker for it, or correct the topic in the model and deploy it. GET /v1/status lists the services that run. It goes on by itself once a worker takes the task; or end the instance: {end}',
    when: 'A task waits, nobody has taken it, and no service of the directory reports its topic.',
  },
  PROCOS_OBSTACLE_SUSPENDED: {
    message: 'The instance is suspended: nothing in it goes on, {element} included.',
    remedy: '{resume} lets it go on; or end the instance: {end}',
    when: 'A process was suspended together with its running instances.',
  },
});
