// Generated from the OpenAPI document of the gateway by npm run generate. Do not edit.
import type { Plan, Shape } from '../shape.ts';
import type { components, operations } from './gateway-types.ts';

/** The shapes that the answers refer to, by name. */
export const namedShapes: Readonly<Record<keyof components['schemas'], Shape>> = {
  "AwaitedTask": {
    "type": "object",
    "required": [
      "id",
      "name",
      "activityId",
      "instanceId",
      "assignee",
      "form"
    ],
    "properties": {
      "id": {
        "type": "string"
      },
      "name": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "activityId": {
        "type": "string"
      },
      "instanceId": {
        "type": "string"
      },
      "assignee": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "form": {
        "ref": "Form"
      }
    }
  },
  "Caller": {
    "type": "object",
    "required": [
      "instanceId",
      "processKey",
      "activityId"
    ],
    "properties": {
      "instanceId": {
        "type": "string"
      },
      "processKey": {
        "type": "string"
      },
      "activityId": {
        "type": "string"
      }
    }
  },
  "DefinitionsChanged": {
    "type": "object",
    "required": [
      "key",
      "versions",
      "instances"
    ],
    "properties": {
      "key": {
        "type": "string"
      },
      "versions": {
        "type": "array",
        "items": {
          "type": "integer"
        }
      },
      "instances": {
        "type": "integer"
      }
    }
  },
  "Deployment": {
    "type": "object",
    "required": [
      "id",
      "name",
      "source",
      "time"
    ],
    "properties": {
      "id": {
        "type": "string"
      },
      "name": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "source": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "time": {
        "type": "string"
      }
    }
  },
  "DeploymentDeleted": {
    "type": "object",
    "required": [
      "deploymentId",
      "definitions"
    ],
    "properties": {
      "deploymentId": {
        "type": "string"
      },
      "definitions": {
        "type": "array",
        "items": {
          "ref": "DefinitionsChanged"
        }
      }
    }
  },
  "DeploymentResult": {
    "type": "object",
    "required": [
      "deploymentId",
      "name",
      "definitions",
      "findings"
    ],
    "properties": {
      "deploymentId": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "name": {
        "type": "string"
      },
      "definitions": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "key",
            "version",
            "id",
            "isNew"
          ],
          "properties": {
            "key": {
              "type": "string"
            },
            "version": {
              "type": "integer"
            },
            "id": {
              "anyOf": [
                {
                  "type": "string"
                },
                {
                  "type": "null"
                }
              ]
            },
            "isNew": {
              "type": "boolean"
            }
          }
        }
      },
      "resources": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "file",
            "isNew"
          ],
          "properties": {
            "file": {
              "type": "string"
            },
            "isNew": {
              "type": "boolean"
            }
          }
        }
      },
      "findings": {
        "type": "array",
        "items": {
          "ref": "Finding"
        }
      }
    }
  },
  "EndEvent": {
    "type": "object",
    "required": [
      "id",
      "name",
      "type"
    ],
    "properties": {
      "id": {
        "type": "string"
      },
      "name": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "type": {
        "type": "string"
      }
    }
  },
  "ErrorAnswer": {
    "type": "object",
    "required": [
      "error"
    ],
    "properties": {
      "error": {
        "type": "object",
        "required": [
          "code",
          "message",
          "remedy",
          "data"
        ],
        "properties": {
          "code": {
            "type": "string"
          },
          "message": {
            "type": "string"
          },
          "remedy": {
            "type": "string"
          },
          "data": {
            "type": "object"
          },
          "operations": {
            "type": "array",
            "items": {
              "ref": "NamedOperation"
            }
          }
        }
      }
    }
  },
  "Failure": {
    "type": "object",
    "required": [
      "code",
      "message",
      "details",
      "remedy",
      "processKey",
      "activityId",
      "callers",
      "instanceId"
    ],
    "properties": {
      "code": {
        "type": "string"
      },
      "message": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "details": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "remedy": {
        "type": "string"
      },
      "processKey": {
        "type": "string"
      },
      "activityId": {
        "type": "string"
      },
      "callers": {
        "type": "array",
        "items": {
          "ref": "Caller"
        }
      },
      "instanceId": {
        "type": "string"
      }
    }
  },
  "Finding": {
    "type": "object",
    "required": [
      "elementId",
      "rule",
      "severity",
      "message",
      "remedy",
      "fixable"
    ],
    "properties": {
      "file": {
        "type": "string"
      },
      "elementId": {
        "type": "string"
      },
      "elementType": {
        "type": "string"
      },
      "line": {
        "type": "integer"
      },
      "column": {
        "type": "integer"
      },
      "rule": {
        "type": "string"
      },
      "severity": {
        "words": [
          "error",
          "warning"
        ]
      },
      "message": {
        "type": "string"
      },
      "remedy": {
        "type": "string"
      },
      "fixable": {
        "type": "boolean"
      },
      "consequenceOf": {
        "type": "string"
      }
    }
  },
  "Form": {
    "type": "object",
    "required": [
      "formKey",
      "fields"
    ],
    "properties": {
      "formKey": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "fields": {
        "type": "array",
        "items": {
          "ref": "FormField"
        }
      }
    }
  },
  "FormField": {
    "type": "object",
    "required": [
      "id",
      "label",
      "type",
      "required",
      "readonly",
      "value",
      "choices",
      "rules"
    ],
    "properties": {
      "id": {
        "type": "string"
      },
      "label": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "type": {
        "type": "string"
      },
      "required": {
        "type": "boolean"
      },
      "readonly": {
        "type": "boolean"
      },
      "value": {},
      "choices": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "id",
            "name"
          ],
          "properties": {
            "id": {
              "type": "string"
            },
            "name": {
              "anyOf": [
                {
                  "type": "string"
                },
                {
                  "type": "null"
                }
              ]
            }
          }
        }
      },
      "rules": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "name",
            "config"
          ],
          "properties": {
            "name": {
              "type": "string"
            },
            "config": {
              "anyOf": [
                {
                  "type": "string"
                },
                {
                  "type": "null"
                }
              ]
            }
          }
        }
      }
    }
  },
  "Incident": {
    "type": "object",
    "required": [
      "id",
      "type",
      "code",
      "message",
      "details",
      "remedy",
      "processKey",
      "activityId",
      "callers",
      "time",
      "instanceId",
      "stoppedAt",
      "attempts",
      "retryable"
    ],
    "properties": {
      "id": {
        "type": "string"
      },
      "type": {
        "type": "string"
      },
      "code": {
        "type": "string"
      },
      "message": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "details": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "remedy": {
        "type": "string"
      },
      "processKey": {
        "type": "string"
      },
      "activityId": {
        "type": "string"
      },
      "callers": {
        "type": "array",
        "items": {
          "ref": "Caller"
        }
      },
      "time": {
        "type": "string"
      },
      "instanceId": {
        "type": "string"
      },
      "stoppedAt": {
        "type": "string"
      },
      "attempts": {
        "anyOf": [
          {
            "type": "integer"
          },
          {
            "type": "null"
          }
        ]
      },
      "retryable": {
        "type": "boolean"
      }
    }
  },
  "IncidentRetried": {
    "type": "object",
    "required": [
      "incidentId",
      "instanceId",
      "activityId",
      "retries"
    ],
    "properties": {
      "incidentId": {
        "type": "string"
      },
      "instanceId": {
        "type": "string"
      },
      "activityId": {
        "type": "string"
      },
      "retries": {
        "type": "integer"
      }
    }
  },
  "Instance": {
    "type": "object",
    "required": [
      "id",
      "processKey",
      "version",
      "businessKey",
      "state",
      "startTime",
      "endTime",
      "durationMs",
      "parentId",
      "endEvent",
      "error",
      "variables",
      "path",
      "incidents",
      "obstacles",
      "openTasks",
      "userTasks"
    ],
    "properties": {
      "id": {
        "type": "string"
      },
      "processKey": {
        "type": "string"
      },
      "version": {
        "type": "integer"
      },
      "businessKey": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "state": {
        "words": [
          "RUNNING",
          "SUSPENDED",
          "COMPLETED",
          "FAILED",
          "TERMINATED"
        ]
      },
      "startTime": {
        "type": "string"
      },
      "endTime": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "durationMs": {
        "anyOf": [
          {
            "type": "integer"
          },
          {
            "type": "null"
          }
        ]
      },
      "parentId": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "endEvent": {
        "anyOf": [
          {
            "ref": "EndEvent"
          },
          {
            "type": "null"
          }
        ]
      },
      "error": {
        "anyOf": [
          {
            "ref": "Failure"
          },
          {
            "type": "null"
          }
        ]
      },
      "variables": {
        "type": "object"
      },
      "path": {
        "type": "array",
        "items": {
          "ref": "PathEntry"
        }
      },
      "incidents": {
        "type": "array",
        "items": {
          "ref": "Incident"
        }
      },
      "obstacles": {
        "type": "array",
        "items": {
          "ref": "Obstacle"
        }
      },
      "openTasks": {
        "type": "array",
        "items": {
          "ref": "OpenTask"
        }
      },
      "userTasks": {
        "type": "array",
        "items": {
          "ref": "AwaitedTask"
        }
      }
    }
  },
  "InstanceSummary": {
    "type": "object",
    "required": [
      "id",
      "processKey",
      "version",
      "businessKey",
      "state",
      "startTime",
      "endTime",
      "durationMs",
      "parentId"
    ],
    "properties": {
      "id": {
        "type": "string"
      },
      "processKey": {
        "type": "string"
      },
      "version": {
        "type": "integer"
      },
      "businessKey": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "state": {
        "words": [
          "RUNNING",
          "SUSPENDED",
          "COMPLETED",
          "FAILED",
          "TERMINATED"
        ]
      },
      "startTime": {
        "type": "string"
      },
      "endTime": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "durationMs": {
        "anyOf": [
          {
            "type": "integer"
          },
          {
            "type": "null"
          }
        ]
      },
      "parentId": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      }
    }
  },
  "MessageToSend": {
    "type": "object",
    "required": [
      "name"
    ],
    "properties": {
      "name": {
        "type": "string"
      },
      "businessKey": {
        "type": "string"
      },
      "instanceId": {
        "type": "string"
      },
      "correlation": {
        "type": "object",
        "values": {
          "anyOf": [
            {
              "type": "string"
            },
            {
              "type": "number"
            },
            {
              "type": "boolean"
            }
          ]
        }
      },
      "variables": {
        "type": "object"
      },
      "all": {
        "type": "boolean"
      }
    }
  },
  "ModelFile": {
    "type": "object",
    "required": [
      "name",
      "content"
    ],
    "properties": {
      "name": {
        "type": "string"
      },
      "content": {
        "type": "string"
      }
    }
  },
  "ModelRefused": {
    "type": "object",
    "required": [
      "error",
      "findings"
    ],
    "properties": {
      "error": {
        "type": "object",
        "required": [
          "code",
          "message",
          "remedy",
          "data"
        ],
        "properties": {
          "code": {
            "type": "string"
          },
          "message": {
            "type": "string"
          },
          "remedy": {
            "type": "string"
          },
          "data": {
            "type": "object"
          },
          "operations": {
            "type": "array",
            "items": {
              "ref": "NamedOperation"
            }
          }
        }
      },
      "findings": {
        "type": "array",
        "items": {
          "ref": "Finding"
        }
      }
    }
  },
  "NamedOperation": {
    "type": "object",
    "required": [
      "call",
      "operationId",
      "path",
      "query"
    ],
    "properties": {
      "call": {
        "type": "string"
      },
      "operationId": {
        "type": "string"
      },
      "path": {
        "type": "object",
        "values": {
          "type": "string"
        }
      },
      "query": {
        "type": "object",
        "values": {
          "type": "string"
        }
      },
      "body": {}
    }
  },
  "Obstacle": {
    "type": "object",
    "required": [
      "code",
      "message",
      "details",
      "remedy",
      "processKey",
      "activityId",
      "callers",
      "instanceId"
    ],
    "properties": {
      "code": {
        "type": "string"
      },
      "message": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "details": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "remedy": {
        "type": "string"
      },
      "processKey": {
        "type": "string"
      },
      "activityId": {
        "type": "string"
      },
      "callers": {
        "type": "array",
        "items": {
          "ref": "Caller"
        }
      },
      "instanceId": {
        "type": "string"
      }
    }
  },
  "OpenTask": {
    "type": "object",
    "required": [
      "topic",
      "activityId",
      "workerId",
      "retries",
      "errorMessage"
    ],
    "properties": {
      "topic": {
        "type": "string"
      },
      "activityId": {
        "type": "string"
      },
      "workerId": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "retries": {
        "anyOf": [
          {
            "type": "integer"
          },
          {
            "type": "null"
          }
        ]
      },
      "errorMessage": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      }
    }
  },
  "ParkedMessage": {
    "type": "object",
    "required": [
      "id",
      "type",
      "reason"
    ],
    "properties": {
      "id": {
        "type": "string"
      },
      "type": {
        "type": "string"
      },
      "reason": {
        "anyOf": [
          {
            "type": "string",
            "words": [
              "rejected"
            ]
          },
          {
            "type": "string",
            "words": [
              "delivery_limit"
            ]
          }
        ]
      },
      "problem": {
        "type": "string"
      },
      "time": {
        "type": "string"
      },
      "source": {
        "type": "string"
      },
      "data": {
        "type": "object"
      },
      "text": {
        "type": "string"
      }
    }
  },
  "PathEntry": {
    "type": "object",
    "required": [
      "activityId",
      "name",
      "type",
      "startTime",
      "endTime",
      "state"
    ],
    "properties": {
      "activityId": {
        "type": "string"
      },
      "name": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "type": {
        "type": "string"
      },
      "startTime": {
        "type": "string"
      },
      "endTime": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "state": {
        "words": [
          "completed",
          "canceled",
          "active"
        ]
      }
    }
  },
  "ProcessDefinition": {
    "type": "object",
    "required": [
      "id",
      "key",
      "name",
      "version",
      "deploymentId",
      "file",
      "suspended"
    ],
    "properties": {
      "id": {
        "type": "string"
      },
      "key": {
        "type": "string"
      },
      "name": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "version": {
        "type": "integer"
      },
      "deploymentId": {
        "type": "string"
      },
      "file": {
        "type": "string"
      },
      "suspended": {
        "type": "boolean"
      }
    }
  },
  "Receiver": {
    "type": "object",
    "required": [
      "outcome",
      "instanceId",
      "processKey",
      "activityId"
    ],
    "properties": {
      "outcome": {
        "words": [
          "started",
          "received"
        ]
      },
      "instanceId": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "processKey": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "activityId": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      }
    }
  },
  "Request": {
    "type": "object",
    "required": [
      "requestId",
      "state",
      "ok",
      "processKey",
      "instanceId",
      "endEvent",
      "error",
      "variables",
      "path",
      "requestPath",
      "incidents",
      "obstacles",
      "userTasks"
    ],
    "properties": {
      "requestId": {
        "type": "string"
      },
      "state": {
        "words": [
          "RUNNING",
          "COMPLETED",
          "TERMINATED"
        ]
      },
      "ok": {
        "type": "boolean"
      },
      "processKey": {
        "type": "string"
      },
      "instanceId": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "endEvent": {
        "anyOf": [
          {
            "ref": "EndEvent"
          },
          {
            "type": "null"
          }
        ]
      },
      "error": {
        "anyOf": [
          {
            "ref": "Failure"
          },
          {
            "type": "null"
          }
        ]
      },
      "variables": {
        "type": "object"
      },
      "path": {
        "type": "array",
        "items": {
          "ref": "PathEntry"
        }
      },
      "requestPath": {
        "type": "array",
        "items": {
          "ref": "PathEntry"
        }
      },
      "incidents": {
        "type": "array",
        "items": {
          "ref": "Incident"
        }
      },
      "obstacles": {
        "type": "array",
        "items": {
          "ref": "Obstacle"
        }
      },
      "userTasks": {
        "type": "array",
        "items": {
          "ref": "AwaitedTask"
        }
      }
    }
  },
  "RequestAccepted": {
    "type": "object",
    "required": [
      "requestId",
      "state"
    ],
    "properties": {
      "requestId": {
        "type": "string"
      },
      "state": {
        "words": [
          "RUNNING",
          "COMPLETED",
          "TERMINATED"
        ]
      }
    }
  },
  "Sent": {
    "type": "object",
    "required": [
      "name",
      "receivers"
    ],
    "properties": {
      "name": {
        "type": "string"
      },
      "receivers": {
        "type": "array",
        "items": {
          "ref": "Receiver"
        }
      }
    }
  },
  "ServiceStatus": {
    "type": "object",
    "required": [
      "name",
      "url",
      "ready",
      "details"
    ],
    "properties": {
      "name": {
        "type": "string"
      },
      "url": {
        "type": "string"
      },
      "ready": {
        "type": "boolean"
      },
      "details": {
        "type": "object"
      }
    }
  },
  "SignalToSend": {
    "type": "object",
    "required": [
      "name"
    ],
    "properties": {
      "name": {
        "type": "string"
      },
      "variables": {
        "type": "object"
      }
    }
  },
  "StatusProblem": {
    "type": "object",
    "required": [
      "what",
      "remedy"
    ],
    "properties": {
      "what": {
        "type": "string"
      },
      "remedy": {
        "type": "string"
      }
    }
  },
  "SystemProcess": {
    "type": "object",
    "required": [
      "pid",
      "parts"
    ],
    "properties": {
      "pid": {
        "type": "integer"
      },
      "parts": {
        "type": "array",
        "items": {
          "type": "string"
        }
      }
    }
  },
  "SystemStatus": {
    "type": "object",
    "required": [
      "state",
      "engine",
      "broker",
      "orchestrator",
      "services",
      "processes",
      "instances",
      "incidents",
      "problems",
      "uptimeMs"
    ],
    "properties": {
      "state": {
        "words": [
          "RUNNING",
          "DEGRADED",
          "NOT_BOOTED",
          "ENGINE_DOWN"
        ]
      },
      "engine": {
        "type": "object",
        "required": [
          "reachable",
          "version",
          "url",
          "processes"
        ],
        "properties": {
          "reachable": {
            "type": "boolean"
          },
          "version": {
            "anyOf": [
              {
                "type": "string"
              },
              {
                "type": "null"
              }
            ]
          },
          "url": {
            "type": "string"
          },
          "processes": {
            "type": "integer"
          }
        }
      },
      "broker": {
        "anyOf": [
          {
            "type": "object",
            "required": [
              "reachable",
              "version",
              "url",
              "reason"
            ],
            "properties": {
              "reachable": {
                "type": "boolean"
              },
              "version": {
                "anyOf": [
                  {
                    "type": "string"
                  },
                  {
                    "type": "null"
                  }
                ]
              },
              "url": {
                "type": "string"
              },
              "reason": {
                "anyOf": [
                  {
                    "type": "string"
                  },
                  {
                    "type": "null"
                  }
                ]
              }
            }
          },
          {
            "type": "null"
          }
        ]
      },
      "orchestrator": {
        "anyOf": [
          {
            "type": "object",
            "required": [
              "instanceId",
              "state"
            ],
            "properties": {
              "instanceId": {
                "type": "string"
              },
              "state": {
                "type": "string"
              }
            }
          },
          {
            "type": "null"
          }
        ]
      },
      "services": {
        "type": "array",
        "items": {
          "ref": "ServiceStatus"
        }
      },
      "processes": {
        "type": "array",
        "items": {
          "ref": "SystemProcess"
        }
      },
      "instances": {
        "type": "object",
        "required": [
          "active"
        ],
        "properties": {
          "active": {
            "type": "integer"
          }
        }
      },
      "incidents": {
        "type": "object",
        "required": [
          "open"
        ],
        "properties": {
          "open": {
            "type": "integer"
          }
        }
      },
      "problems": {
        "type": "array",
        "items": {
          "ref": "StatusProblem"
        }
      },
      "uptimeMs": {
        "type": "integer"
      }
    }
  },
  "UserTask": {
    "type": "object",
    "required": [
      "id",
      "name",
      "description",
      "activityId",
      "processKey",
      "instanceId",
      "assignee",
      "created",
      "due",
      "variables",
      "form"
    ],
    "properties": {
      "id": {
        "type": "string"
      },
      "name": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "description": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "activityId": {
        "type": "string"
      },
      "processKey": {
        "type": "string"
      },
      "instanceId": {
        "type": "string"
      },
      "assignee": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "created": {
        "type": "string"
      },
      "due": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "variables": {
        "type": "object"
      },
      "form": {
        "ref": "Form"
      }
    }
  },
  "UserTaskCompleted": {
    "type": "object",
    "required": [
      "taskId",
      "variables"
    ],
    "properties": {
      "taskId": {
        "type": "string"
      },
      "variables": {
        "type": "object"
      }
    }
  },
  "Event": {
    "type": "object",
    "required": [
      "specversion",
      "id",
      "source",
      "type",
      "time",
      "datacontenttype",
      "data"
    ],
    "properties": {
      "specversion": {
        "type": "string",
        "words": [
          "1.0"
        ]
      },
      "id": {
        "type": "string"
      },
      "source": {
        "type": "string"
      },
      "type": {
        "type": "string"
      },
      "time": {
        "type": "string"
      },
      "subject": {
        "type": "string"
      },
      "datacontenttype": {
        "type": "string",
        "words": [
          "application/json"
        ]
      },
      "traceparent": {
        "type": "string"
      },
      "data": {
        "type": "object"
      }
    }
  }
};

/** How each operation is called, and what its answer looks like. */
export const plans: Readonly<Record<keyof operations, Plan>> = {
  "createRequest": {
    "method": "POST",
    "path": "/v1/requests",
    "answer": {
      "ref": "RequestAccepted"
    },
    "isJson": true
  },
  "getRequest": {
    "method": "GET",
    "path": "/v1/requests/{id}",
    "answer": {
      "ref": "Request"
    },
    "isJson": true
  },
  "listDefinitions": {
    "method": "GET",
    "path": "/v1/process-definitions",
    "answer": {
      "type": "object",
      "required": [
        "definitions",
        "total"
      ],
      "properties": {
        "definitions": {
          "type": "array",
          "items": {
            "ref": "ProcessDefinition"
          }
        },
        "total": {
          "type": "integer"
        }
      }
    },
    "isJson": true
  },
  "listVersions": {
    "method": "GET",
    "path": "/v1/process-definitions/{key}",
    "answer": {
      "type": "object",
      "required": [
        "definitions",
        "total"
      ],
      "properties": {
        "definitions": {
          "type": "array",
          "items": {
            "ref": "ProcessDefinition"
          }
        },
        "total": {
          "type": "integer"
        }
      }
    },
    "isJson": true
  },
  "deleteDefinition": {
    "method": "DELETE",
    "path": "/v1/process-definitions/{key}",
    "answer": {
      "ref": "DefinitionsChanged"
    },
    "isJson": true
  },
  "getDefinitionXml": {
    "method": "GET",
    "path": "/v1/process-definitions/{key}/xml",
    "answer": {
      "type": "string"
    },
    "isJson": false
  },
  "getStartForm": {
    "method": "GET",
    "path": "/v1/process-definitions/{key}/start-form",
    "answer": {
      "ref": "Form"
    },
    "isJson": true
  },
  "suspendDefinition": {
    "method": "POST",
    "path": "/v1/process-definitions/{key}/suspend",
    "answer": {
      "ref": "DefinitionsChanged"
    },
    "isJson": true
  },
  "resumeDefinition": {
    "method": "POST",
    "path": "/v1/process-definitions/{key}/resume",
    "answer": {
      "ref": "DefinitionsChanged"
    },
    "isJson": true
  },
  "lintModels": {
    "method": "POST",
    "path": "/v1/lint",
    "answer": {
      "type": "object",
      "required": [
        "findings"
      ],
      "properties": {
        "findings": {
          "type": "array",
          "items": {
            "ref": "Finding"
          }
        }
      }
    },
    "isJson": true
  },
  "createDeployment": {
    "method": "POST",
    "path": "/v1/deployments",
    "answer": {
      "ref": "DeploymentResult"
    },
    "isJson": true
  },
  "listDeployments": {
    "method": "GET",
    "path": "/v1/deployments",
    "answer": {
      "type": "object",
      "required": [
        "deployments",
        "total"
      ],
      "properties": {
        "deployments": {
          "type": "array",
          "items": {
            "ref": "Deployment"
          }
        },
        "total": {
          "type": "integer"
        }
      }
    },
    "isJson": true
  },
  "deleteDeployment": {
    "method": "DELETE",
    "path": "/v1/deployments/{id}",
    "answer": {
      "ref": "DeploymentDeleted"
    },
    "isJson": true
  },
  "listInstances": {
    "method": "GET",
    "path": "/v1/instances",
    "answer": {
      "type": "object",
      "required": [
        "instances",
        "total"
      ],
      "properties": {
        "instances": {
          "type": "array",
          "items": {
            "ref": "InstanceSummary"
          }
        },
        "total": {
          "type": "integer"
        }
      }
    },
    "isJson": true
  },
  "getInstance": {
    "method": "GET",
    "path": "/v1/instances/{id}",
    "answer": {
      "ref": "Instance"
    },
    "isJson": true
  },
  "endInstance": {
    "method": "DELETE",
    "path": "/v1/instances/{id}",
    "answer": {
      "ref": "InstanceSummary"
    },
    "isJson": true
  },
  "listIncidents": {
    "method": "GET",
    "path": "/v1/incidents",
    "answer": {
      "type": "object",
      "required": [
        "incidents",
        "total"
      ],
      "properties": {
        "incidents": {
          "type": "array",
          "items": {
            "ref": "Incident"
          }
        },
        "total": {
          "type": "integer"
        }
      }
    },
    "isJson": true
  },
  "retryIncident": {
    "method": "POST",
    "path": "/v1/incidents/{id}/retry",
    "answer": {
      "ref": "IncidentRetried"
    },
    "isJson": true
  },
  "listUserTasks": {
    "method": "GET",
    "path": "/v1/user-tasks",
    "answer": {
      "type": "object",
      "required": [
        "tasks",
        "total"
      ],
      "properties": {
        "tasks": {
          "type": "array",
          "items": {
            "ref": "UserTask"
          }
        },
        "total": {
          "type": "integer"
        }
      }
    },
    "isJson": true
  },
  "getUserTask": {
    "method": "GET",
    "path": "/v1/user-tasks/{id}",
    "answer": {
      "ref": "UserTask"
    },
    "isJson": true
  },
  "completeUserTask": {
    "method": "POST",
    "path": "/v1/user-tasks/{id}/complete",
    "answer": {
      "ref": "UserTaskCompleted"
    },
    "isJson": true
  },
  "sendMessage": {
    "method": "POST",
    "path": "/v1/messages",
    "answer": {
      "ref": "Sent"
    },
    "isJson": true
  },
  "listMessages": {
    "method": "GET",
    "path": "/v1/messages",
    "answer": {
      "type": "object",
      "required": [
        "messages"
      ],
      "properties": {
        "messages": {
          "type": "array",
          "items": {
            "ref": "ParkedMessage"
          }
        }
      }
    },
    "isJson": true
  },
  "sendSignal": {
    "method": "POST",
    "path": "/v1/signals",
    "answer": {
      "ref": "Sent"
    },
    "isJson": true
  },
  "streamEvents": {
    "method": "GET",
    "path": "/v1/events",
    "answer": {
      "type": "string"
    },
    "isJson": false
  },
  "replayMessages": {
    "method": "POST",
    "path": "/v1/messages/replay",
    "answer": {
      "type": "object",
      "required": [
        "replayed"
      ],
      "properties": {
        "replayed": {
          "type": "integer"
        }
      }
    },
    "isJson": true
  },
  "replayMessage": {
    "method": "POST",
    "path": "/v1/messages/{id}/replay",
    "answer": {
      "type": "object",
      "required": [
        "replayed"
      ],
      "properties": {
        "replayed": {
          "type": "integer"
        }
      }
    },
    "isJson": true
  },
  "discardMessage": {
    "method": "DELETE",
    "path": "/v1/messages/{id}",
    "answer": {
      "type": "object",
      "required": [
        "discarded"
      ],
      "properties": {
        "discarded": {
          "type": "integer"
        }
      }
    },
    "isJson": true
  },
  "getStatus": {
    "method": "GET",
    "path": "/v1/status",
    "answer": {
      "ref": "SystemStatus"
    },
    "isJson": true
  },
  "isAlive": {
    "method": "GET",
    "path": "/livez",
    "answer": {
      "type": "object",
      "required": [
        "status",
        "service"
      ],
      "properties": {
        "status": {
          "words": [
            "ok"
          ]
        },
        "service": {
          "type": "string"
        }
      }
    },
    "isJson": true
  },
  "isReady": {
    "method": "GET",
    "path": "/readyz",
    "answer": {
      "type": "object",
      "required": [
        "status",
        "service"
      ],
      "properties": {
        "status": {
          "words": [
            "ok"
          ]
        },
        "service": {
          "type": "string"
        }
      }
    },
    "isJson": true
  },
  "getMetrics": {
    "method": "GET",
    "path": "/metrics",
    "answer": {
      "type": "string"
    },
    "isJson": false
  },
  "getDocument": {
    "method": "GET",
    "path": "/openapi.json",
    "answer": {
      "type": "object",
      "required": [
        "openapi"
      ],
      "properties": {
        "openapi": {
          "type": "string"
        }
      }
    },
    "isJson": true
  }
};
