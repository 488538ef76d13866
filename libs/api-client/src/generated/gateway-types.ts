// Generated from the OpenAPI document of the gateway by npm run generate. Do not edit.

export interface paths {
    "/v1/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask the system to run a process. Answers at once; the request never waits for another one. */
        post: operations["createRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look at a request; with waitMs, hold the answer until it has ended or an incident stops it. */
        get: operations["getRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/process-definitions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the processes that are deployed, each in its newest version. */
        get: operations["listDefinitions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/process-definitions/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all versions of a process, newest first. */
        get: operations["listVersions"];
        put?: never;
        post?: never;
        /** Delete a process, or one version of it. */
        delete: operations["deleteDefinition"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/process-definitions/{key}/xml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The BPMN of a process, as deployed. */
        get: operations["getDefinitionXml"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/process-definitions/{key}/start-form": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a person is asked for before the newest version of a process starts. */
        get: operations["getStartForm"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/process-definitions/{key}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let no new instance of a process start, until it is resumed. */
        post: operations["suspendDefinition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/process-definitions/{key}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a suspended process start again. */
        post: operations["resumeDefinition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check models by the rules that a deployment must keep; nothing is deployed. */
        post: operations["lintModels"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the deployments, newest first. */
        get: operations["listDeployments"];
        put?: never;
        /** Deploy models together: all or none. Running instances keep their version; unchanged models make no new one. */
        post: operations["createDeployment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a deployment with everything that came with it. */
        delete: operations["deleteDeployment"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/instances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List process instances, newest first. */
        get: operations["listInstances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/instances/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look at one process instance: its path, variables, incidents and open tasks. */
        get: operations["getInstance"];
        put?: never;
        post?: never;
        /** End a running instance and the instances it called. Its history keeps the reason. */
        delete: operations["endInstance"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/incidents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the open incidents, newest first, each where it began. */
        get: operations["listIncidents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/incidents/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try again what an incident stopped. */
        post: operations["retryIncident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/user-tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the tasks that wait for people, oldest first. */
        get: operations["listUserTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/user-tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look at one task that waits for a person, with what it asks for. */
        get: operations["getUserTask"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/user-tasks/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Complete a task with its answer, which is checked against the form; the process goes on. */
        post: operations["completeUserTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the messages and starts that could not be delivered to the engine, up to 200, oldest first. */
        get: operations["listMessages"];
        put?: never;
        /** Send a message to the instance that waits for it, or start the process that begins with it. */
        post: operations["sendMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/signals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a signal to everybody who waits for it. */
        post: operations["sendSignal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow events as they happen: one CloudEvents document per message, its id is the message id. */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try all of them again. */
        post: operations["replayMessages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try one again. */
        post: operations["replayMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Throw one away for good. */
        delete: operations["discardMessage"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The state of the whole system: engine, orchestrator, services, work and trouble. */
        get: operations["getStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process runs. */
        get: operations["isAlive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the service can work now. */
        get: operations["isReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is counted and measured, in the text format of Prometheus. */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document. */
        get: operations["getDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AwaitedTask
         * @description A person for whom an instance waits.
         */
        AwaitedTask: {
            /** @description Complete it with POST /v1/user-tasks/:id/complete. */
            id: string;
            name: string | null;
            activityId: string;
            instanceId: string;
            assignee: string | null;
            form: components["schemas"]["Form"];
        };
        /**
         * Caller
         * @description An instance that waits for the one it has called.
         */
        Caller: {
            instanceId: string;
            processKey: string;
            /** @description The call activity. */
            activityId: string;
        };
        /** DefinitionsChanged */
        DefinitionsChanged: {
            key: string;
            /** @description The versions that were changed. */
            versions: number[];
            /** @description How many running instances were changed with them. */
            instances: number;
        };
        /** Deployment */
        Deployment: {
            id: string;
            name: string | null;
            source: string | null;
            /**
             * Format: date-time
             * @description ISO 8601, UTC, from the clock of the engine.
             */
            time: string;
        };
        /** DeploymentDeleted */
        DeploymentDeleted: {
            deploymentId: string;
            definitions: components["schemas"]["DefinitionsChanged"][];
        };
        /** DeploymentResult */
        DeploymentResult: {
            deploymentId: string | null;
            name: string;
            definitions: {
                key: string;
                /** @description With dryRun, the version it would get. */
                version: number;
                id: string | null;
                /** @description False when the newest version equals the file. */
                isNew: boolean;
            }[];
            /** @description Decisions and forms among the files; isNew is false when the newest deployment of this name holds the same. */
            resources?: {
                file: string;
                isNew: boolean;
            }[];
            /** @description Warnings: they do not keep a model from being deployed. */
            findings: components["schemas"]["Finding"][];
        };
        /**
         * EndEvent
         * @description The end event that was reached last.
         */
        EndEvent: {
            id: string;
            name: string | null;
            type: string;
        };
        /** ErrorAnswer */
        ErrorAnswer: {
            error: {
                /** @description Stable: recognise an error by it, never by its message. */
                code: string;
                /** @description What happened. */
                message: string;
                /** @description What to do next. */
                remedy: string;
                data: {
                    [key: string]: unknown;
                };
                /** @description The calls that the remedy names, in its order: a program shows them in its own way. */
                operations?: components["schemas"]["NamedOperation"][];
            };
        };
        /**
         * Failure
         * @description Why an instance that has ended did not succeed.
         */
        Failure: {
            /** @description Stable: recognise what happened by it. A code of the system, or the error code of a process. */
            code: string;
            message: string | null;
            details: string | null;
            /** @description What to do next; calls of this API are named as such. */
            remedy: string;
            /** @description The process whose element failed. */
            processKey: string;
            /** @description The element that failed. */
            activityId: string;
            /** @description Who waits for it: the nearest caller first, the request last. */
            callers: components["schemas"]["Caller"][];
            /** @description The instance in which it failed. */
            instanceId: string;
        };
        /**
         * Finding
         * @description One thing to change in a model.
         */
        Finding: {
            /** @description The name under which the file was sent. */
            file?: string;
            /** @description Id of the BPMN element; empty when the finding is about the file. */
            elementId: string;
            elementType?: string;
            /** @description Line of the file as it was sent where the element begins, or where reading it failed. */
            line?: number;
            /** @description Column in that line. */
            column?: number;
            rule: string;
            /** @enum {unknown} */
            severity: "error" | "warning";
            message: string;
            remedy: string;
            /** @description `procos lint --fix` repairs it. */
            fixable: boolean;
            /** @description The rule of another finding that is the cause of this one: when that is mended, this is gone too. */
            consequenceOf?: string;
        };
        /**
         * Form
         * @description What a person is asked for.
         */
        Form: {
            /** @description A form that lies elsewhere; it is neither read nor checked here. */
            formKey: string | null;
            fields: components["schemas"]["FormField"][];
        };
        /** FormField */
        FormField: {
            /** @description Name of the variable that the answer goes into. */
            id: string;
            label: string | null;
            /** @description `string`, `long`, `boolean`, `date` (ISO 8601), `enum`, or a type of a foreign engine, which is not checked. */
            type: string;
            required: boolean;
            readonly: boolean;
            /** @description What it is now, else its default; null when it has neither. */
            value: unknown;
            /** @description What an `enum` may be, by id. */
            choices: {
                id: string;
                name: string | null;
            }[];
            /** @description As the model has them: `min`, `max`, `minlength`, `maxlength`, … */
            rules: {
                name: string;
                config: string | null;
            }[];
        };
        /**
         * Incident
         * @description What stopped an instance and waits for a person.
         */
        Incident: {
            id: string;
            /** @description `failedExternalTask`, `failedJob` or a type of its own. */
            type: string;
            /** @description Stable: recognise what happened by it. A code of the system, or the error code of a process. */
            code: string;
            message: string | null;
            details: string | null;
            /** @description What to do next; calls of this API are named as such. */
            remedy: string;
            /** @description The process whose element failed. */
            processKey: string;
            /** @description The element that failed. */
            activityId: string;
            /** @description Who waits for it: the nearest caller first, the request last. */
            callers: components["schemas"]["Caller"][];
            /**
             * Format: date-time
             * @description ISO 8601, UTC, from the clock of the engine.
             */
            time: string;
            /** @description The instance that stands still. */
            instanceId: string;
            /** @description The element at which it stands, and which a retry repeats. The failed one may be a later step, or one of a process that was about to be called. */
            stoppedAt: string;
            attempts: number | null;
            /** @description Whether POST /v1/incidents/:id/retry can help. */
            retryable: boolean;
        };
        /** IncidentRetried */
        IncidentRetried: {
            incidentId: string;
            instanceId: string;
            activityId: string;
            retries: number;
        };
        /** Instance */
        Instance: {
            id: string;
            processKey: string;
            version: number;
            businessKey: string | null;
            /**
             * @description COMPLETED: at an end that means success; FAILED: at an error end event, or by an error that nothing caught; TERMINATED: from outside.
             * @enum {unknown}
             */
            state: "RUNNING" | "SUSPENDED" | "COMPLETED" | "FAILED" | "TERMINATED";
            /**
             * Format: date-time
             * @description ISO 8601, UTC, from the clock of the engine.
             */
            startTime: string;
            endTime: string | null;
            durationMs: number | null;
            parentId: string | null;
            endEvent: components["schemas"]["EndEvent"] | null;
            error: components["schemas"]["Failure"] | null;
            /** @description Process variables by name: text, numbers, true/false, null, lists and structures. */
            variables: {
                [key: string]: unknown;
            };
            path: components["schemas"]["PathEntry"][];
            /** @description What stops it; once it has ended without success, what was open until then. */
            incidents: components["schemas"]["Incident"][];
            obstacles: components["schemas"]["Obstacle"][];
            openTasks: components["schemas"]["OpenTask"][];
            userTasks: components["schemas"]["AwaitedTask"][];
        };
        /** InstanceSummary */
        InstanceSummary: {
            id: string;
            processKey: string;
            version: number;
            businessKey: string | null;
            /**
             * @description COMPLETED: at an end that means success; FAILED: at an error end event, or by an error that nothing caught; TERMINATED: from outside.
             * @enum {unknown}
             */
            state: "RUNNING" | "SUSPENDED" | "COMPLETED" | "FAILED" | "TERMINATED";
            /**
             * Format: date-time
             * @description ISO 8601, UTC, from the clock of the engine.
             */
            startTime: string;
            endTime: string | null;
            durationMs: number | null;
            parentId: string | null;
        };
        /**
         * MessageToSend
         * @description `businessKey`, `instanceId` and `correlation` (variables and their values) say which instance is meant; `variables` go into it.
         */
        MessageToSend: {
            /** @description Name of the message, as in the model. */
            name: string;
            /** @description Your own name for it. */
            businessKey?: string;
            instanceId?: string;
            correlation?: {
                [key: string]: string | number | boolean;
            };
            /** @description Process variables by name: text, numbers, true/false, null, lists and structures. */
            variables?: {
                [key: string]: unknown;
            };
            /** @description Send it to everybody who waits for it, instead of refusing when several do. */
            all?: boolean;
        };
        /** ModelFile */
        ModelFile: {
            /** @description File name, with or without folders: .bpmn (or .bpmn2, .bpmn20.xml, .xml), .dmn or .form. */
            name: string;
            /** @description BPMN 2.0 XML, DMN 1.1 to 1.3 XML, or the JSON of a form. */
            content: string;
        };
        /** ModelRefused */
        ModelRefused: {
            error: {
                /** @description Stable: recognise an error by it, never by its message. */
                code: string;
                /** @description What happened. */
                message: string;
                /** @description What to do next. */
                remedy: string;
                data: {
                    [key: string]: unknown;
                };
                /** @description The calls that the remedy names, in its order: a program shows them in its own way. */
                operations?: components["schemas"]["NamedOperation"][];
            };
            findings: components["schemas"]["Finding"][];
        };
        /** NamedOperation */
        NamedOperation: {
            /** @description The words of the remedy that stand for it, for example `GET /v1/instances/17`. */
            call: string;
            /** @description The operation of this document. */
            operationId: string;
            /** @description Parameters of the path, by name. */
            path: {
                [key: string]: string;
            };
            /** @description Parameters of the query, by name. */
            query: {
                [key: string]: string;
            };
            body?: unknown;
        };
        /**
         * Obstacle
         * @description Why a running instance does not go on although nothing has failed: it is suspended, or no running worker is known that serves the topic of its task.
         */
        Obstacle: {
            /** @description Stable: recognise what happened by it. A code of the system, or the error code of a process. */
            code: string;
            message: string | null;
            details: string | null;
            /** @description What to do next; calls of this API are named as such. */
            remedy: string;
            /** @description The process whose element failed. */
            processKey: string;
            /** @description The element that failed. */
            activityId: string;
            /** @description Who waits for it: the nearest caller first, the request last. */
            callers: components["schemas"]["Caller"][];
            /** @description The instance that does not go on. */
            instanceId: string;
        };
        /**
         * OpenTask
         * @description An external task that waits for a worker or is in its hands.
         */
        OpenTask: {
            topic: string;
            activityId: string;
            workerId: string | null;
            retries: number | null;
            errorMessage: string | null;
        };
        /** ParkedMessage */
        ParkedMessage: {
            /** @description Id of the event; of what is no event the id its sender gave it, else one of ours. */
            id: string;
            /** @description `message.<name>` or `start.<processKey>`; empty when what came is no event. */
            type: string;
            /** @description `rejected`: the engine refuses it for good; `delivery_limit`: it was tried often enough, for example because nobody waits for the message. */
            reason: "rejected" | "delivery_limit";
            /** @description What the engine, or the check of the message, said last. */
            problem?: string;
            /** Format: date-time */
            time?: string;
            source?: string;
            data?: {
                [key: string]: unknown;
            };
            /** @description Beginning of what came, when it is no event. */
            text?: string;
        };
        /**
         * PathEntry
         * @description One element that the token passed.
         */
        PathEntry: {
            /** @description Id of the BPMN element. */
            activityId: string;
            name: string | null;
            /** @description The engine's word for the kind of element, for example `serviceTask` or `errorEndEvent`. */
            type: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC, from the clock of the engine.
             */
            startTime: string;
            endTime: string | null;
            /** @enum {unknown} */
            state: "completed" | "canceled" | "active";
        };
        /** ProcessDefinition */
        ProcessDefinition: {
            id: string;
            key: string;
            name: string | null;
            /** @description Counts from 1; new instances use the highest. */
            version: number;
            deploymentId: string;
            file: string;
            suspended: boolean;
        };
        /**
         * Receiver
         * @description Who got a message or a signal.
         */
        Receiver: {
            /**
             * @description `started`: a new instance; `received`: an instance that waited goes on.
             * @enum {unknown}
             */
            outcome: "started" | "received";
            instanceId: string | null;
            processKey: string | null;
            activityId: string | null;
        };
        /** Request */
        Request: {
            requestId: string;
            /** @enum {unknown} */
            state: "RUNNING" | "COMPLETED" | "TERMINATED";
            /** @description Completed, and neither the request nor the process it called ended in an error end event. */
            ok: boolean;
            /** @description The process that was asked for. */
            processKey: string;
            instanceId: string | null;
            endEvent: components["schemas"]["EndEvent"] | null;
            error: components["schemas"]["Failure"] | null;
            /** @description Process variables by name: text, numbers, true/false, null, lists and structures. */
            variables: {
                [key: string]: unknown;
            };
            /** @description What the called process passed, oldest first. */
            path: components["schemas"]["PathEntry"][];
            /** @description What the user request process passed, oldest first. */
            requestPath: components["schemas"]["PathEntry"][];
            /** @description What stops it; once it has ended without success, what was open until then. */
            incidents: components["schemas"]["Incident"][];
            /** @description What the request waits for although nothing has failed, in called processes too. */
            obstacles: components["schemas"]["Obstacle"][];
            /** @description The people for whom the request waits, those of called processes included. */
            userTasks: components["schemas"]["AwaitedTask"][];
        };
        /** RequestAccepted */
        RequestAccepted: {
            /** @description Instance id of the user request process. */
            requestId: string;
            /** @enum {unknown} */
            state: "RUNNING" | "COMPLETED" | "TERMINATED";
        };
        /** Sent */
        Sent: {
            name: string;
            receivers: components["schemas"]["Receiver"][];
        };
        /** ServiceStatus */
        ServiceStatus: {
            name: string;
            url: string;
            ready: boolean;
            /** @description What the service says about itself, or why it was not reached. */
            details: {
                [key: string]: unknown;
            };
        };
        /** SignalToSend */
        SignalToSend: {
            /** @description Name of the signal, as in the model. */
            name: string;
            /** @description Process variables by name: text, numbers, true/false, null, lists and structures. */
            variables?: {
                [key: string]: unknown;
            };
        };
        /** StatusProblem */
        StatusProblem: {
            /** @description What is not as it should be. */
            what: string;
            /** @description What is done about it, or what to do. */
            remedy: string;
        };
        /** SystemProcess */
        SystemProcess: {
            pid: number;
            parts: string[];
        };
        /** SystemStatus */
        SystemStatus: {
            /**
             * @description DEGRADED: a service is not ready, the disk is full, or the orchestrator of a booted system does not run. NOT_BOOTED: the engine runs, the system has not booted on it.
             * @enum {unknown}
             */
            state: "RUNNING" | "DEGRADED" | "NOT_BOOTED" | "ENGINE_DOWN";
            engine: {
                reachable: boolean;
                version: string | null;
                url: string;
                /** @description Processes that are deployed; 0 while the engine is not reachable. */
                processes: number;
            };
            /** @description RabbitMQ as the gateway sees it; null where no broker is configured and events stay in the process. */
            broker: {
                reachable: boolean;
                version: string | null;
                /** @description Without user and password. */
                url: string;
                /** @description Why it is not reachable. */
                reason: string | null;
            } | null;
            orchestrator: {
                instanceId: string;
                state: string;
            } | null;
            services: components["schemas"]["ServiceStatus"][];
            /** @description Processes of the operating system that the parts run in, as the services tell them. */
            processes: components["schemas"]["SystemProcess"][];
            instances: {
                /** @description 0 while the engine is not reachable. */
                active: number;
            };
            incidents: {
                /** @description 0 while the engine is not reachable. */
                open: number;
            };
            /** @description Why the state is not RUNNING; empty when it is. */
            problems: components["schemas"]["StatusProblem"][];
            /** @description How long the gateway has been up, in milliseconds. */
            uptimeMs: number;
        };
        /**
         * UserTask
         * @description Work that waits for a person, with what the person has to know.
         */
        UserTask: {
            id: string;
            name: string | null;
            description: string | null;
            activityId: string;
            processKey: string;
            instanceId: string;
            assignee: string | null;
            /**
             * Format: date-time
             * @description ISO 8601, UTC, from the clock of the engine.
             */
            created: string;
            due: string | null;
            /** @description Process variables by name: text, numbers, true/false, null, lists and structures. */
            variables: {
                [key: string]: unknown;
            };
            form: components["schemas"]["Form"];
        };
        /**
         * UserTaskCompleted
         * @description With the variables as they were sent on, defaults of the form filled in.
         */
        UserTaskCompleted: {
            taskId: string;
            /** @description Process variables by name: text, numbers, true/false, null, lists and structures. */
            variables: {
                [key: string]: unknown;
            };
        };
        Event: {
            /** @constant */
            specversion: "1.0";
            /** @description The same for every repetition of one event. */
            id: string;
            /** @description Who says it, for example `/kernel` or `/components/gateway`. */
            source: string;
            /** @description Routing key, for example `process.ai_query_process.completed`. */
            type: string;
            /** Format: date-time */
            time: string;
            /** @description What it is about: a process instance id, a service name. */
            subject?: string;
            /** @constant */
            datacontenttype: "application/json";
            traceparent?: string;
            data: {
                [key: string]: unknown;
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    createRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the same request again. Cannot be combined with businessKey. */
                "idempotency-key"?: string;
                /** @description W3C trace context to continue. */
                traceparent?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Id of the BPMN process. */
                    process: string;
                    /** @description Process variables by name: text, numbers, true/false, null, lists and structures. */
                    variables?: {
                        [key: string]: unknown;
                    };
                    /** @description Your own name for it. */
                    businessKey?: string;
                };
            };
        };
        responses: {
            /** @description The request runs, or has run already under this Idempotency-Key. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestAccepted"];
                };
            };
            /** @description No process with this key is deployed. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The Idempotency-Key was used for another request or is combined with a businessKey, or the process is suspended. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The disk on which the system keeps its state is full; nothing was begun. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    getRequest: {
        parameters: {
            query?: {
                /** @description Wait at most this long, in milliseconds. */
                waitMs?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description No request has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listDefinitions: {
        parameters: {
            query?: {
                /** @description At most so many. */
                limit?: number;
                /** @description How many to leave out from the beginning of the list. */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest versions, by key. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        definitions: components["schemas"]["ProcessDefinition"][];
                        /** @description How many match in all; ask for the others with offset. */
                        total: number;
                    };
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listVersions: {
        parameters: {
            query?: {
                /** @description At most so many. */
                limit?: number;
                /** @description How many to leave out from the beginning of the list. */
                offset?: number;
            };
            header?: never;
            path: {
                /** @description Id of the BPMN process. */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The versions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        definitions: components["schemas"]["ProcessDefinition"][];
                        /** @description How many match in all; ask for the others with offset. */
                        total: number;
                    };
                };
            };
            /** @description No process has this key. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    deleteDefinition: {
        parameters: {
            query?: {
                /** @description One version alone. Default: all of them. */
                version?: number;
                /** @description `true`: end the instances that run and forget their history. Default: refuse while any runs. */
                cascade?: "true" | "false";
            };
            header?: never;
            path: {
                /** @description Id of the BPMN process. */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DefinitionsChanged"];
                };
            };
            /** @description No process has this key, or the process has no such version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description Instances of it run and `cascade` was not set, or the process belongs to the system. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    getDefinitionXml: {
        parameters: {
            query?: {
                /** @description Default: the newest. */
                version?: number;
            };
            header?: never;
            path: {
                /** @description Id of the BPMN process. */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description BPMN 2.0 XML. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/xml": string;
                };
            };
            /** @description No process has this key, or the process has no such version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    getStartForm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the BPMN process. */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The form; without fields when nothing is asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Form"];
                };
            };
            /** @description No process has this key. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    suspendDefinition: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the BPMN process. */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description One version alone. Default: all of them. */
                    version?: number;
                    /** @description The running instances as well. Default: they stay as they are. */
                    instances?: boolean;
                };
            };
        };
        responses: {
            /** @description It is suspended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DefinitionsChanged"];
                };
            };
            /** @description No process has this key, or the process has no such version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The process belongs to the system. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    resumeDefinition: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the BPMN process. */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description One version alone. Default: all of them. */
                    version?: number;
                    /** @description The running instances as well. Default: they stay as they are. */
                    instances?: boolean;
                };
            };
        };
        responses: {
            /** @description It can be started. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DefinitionsChanged"];
                };
            };
            /** @description No process has this key, or the process has no such version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    lintModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    files: components["schemas"]["ModelFile"][];
                };
            };
        };
        responses: {
            /** @description The findings, file by file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        findings: components["schemas"]["Finding"][];
                    };
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listDeployments: {
        parameters: {
            query?: {
                /** @description At most so many. */
                limit?: number;
                /** @description How many to leave out from the beginning of the list. */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The deployments. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deployments: components["schemas"]["Deployment"][];
                        /** @description How many match in all; ask for the others with offset. */
                        total: number;
                    };
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    createDeployment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Default: ProcOS- and the name of the first file. */
                    name?: string;
                    files: components["schemas"]["ModelFile"][];
                    /** @description Check everything, by the rules and by the engine itself, deploy nothing. */
                    dryRun?: boolean;
                    /** @description Called processes, decisions and forms that are nowhere are warnings. Default: errors. */
                    allowMissing?: boolean;
                };
            };
        };
        responses: {
            /** @description Nothing had to be deployed: unchanged, or a dry run. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeploymentResult"];
                };
            };
            /** @description Deployed. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeploymentResult"];
                };
            };
            /** @description Two of the files have one name. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description A model breaks a rule. Nothing was deployed. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelRefused"];
                };
            };
            /** @description The disk on which the system keeps its state is full; nothing was begun. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    deleteDeployment: {
        parameters: {
            query?: {
                /** @description `true`: end the instances that run and forget their history. Default: refuse while any runs. */
                cascade?: "true" | "false";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeploymentDeleted"];
                };
            };
            /** @description There is no such deployment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description Instances of it run and `cascade` was not set, or it belongs to the system. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listInstances: {
        parameters: {
            query?: {
                /** @description Id of the BPMN process. */
                process?: string;
                /** @description COMPLETED: at an end that means success; FAILED: at an error end event, or by an error that nothing caught; TERMINATED: from outside. */
                state?: "RUNNING" | "SUSPENDED" | "COMPLETED" | "FAILED" | "TERMINATED";
                /** @description Your own name for it. */
                businessKey?: string;
                /** @description At most so many. */
                limit?: number;
                /** @description How many to leave out from the beginning of the list. */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The instances. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        instances: components["schemas"]["InstanceSummary"][];
                        /** @description How many match in all; ask for the others with offset. */
                        total: number;
                    };
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    getInstance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The instance as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
            /** @description No instance has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    endInstance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Kept in the history of the instance. */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description The instance has ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceSummary"];
                };
            };
            /** @description No instance has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The instance has already ended. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listIncidents: {
        parameters: {
            query?: {
                /** @description At most so many. */
                limit?: number;
                /** @description How many to leave out from the beginning of the list. */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The open incidents. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        incidents: components["schemas"]["Incident"][];
                        /** @description How many match in all; ask for the others with offset. */
                        total: number;
                    };
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    retryIncident: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description How many tries the work is given. Default: 1. */
                    retries?: number;
                };
            };
        };
        responses: {
            /** @description The work is tried again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentRetried"];
                };
            };
            /** @description No open incident has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description An incident of this type cannot be retried. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listUserTasks: {
        parameters: {
            query?: {
                /** @description At most so many. */
                limit?: number;
                /** @description How many to leave out from the beginning of the list. */
                offset?: number;
                instance?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The open tasks. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tasks: components["schemas"]["UserTask"][];
                        /** @description How many match in all; ask for the others with offset. */
                        total: number;
                    };
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    getUserTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserTask"];
                };
            };
            /** @description No open task has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    completeUserTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Process variables by name: text, numbers, true/false, null, lists and structures. */
                    variables?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description The task is done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserTaskCompleted"];
                };
            };
            /** @description No open task has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listMessages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        messages: components["schemas"]["ParkedMessage"][];
                    };
                };
            };
            /** @description The message broker is away. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    sendMessage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageToSend"];
            };
        };
        responses: {
            /** @description It was received. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sent"];
                };
            };
            /** @description Nobody waits for it; the error names who waits for something near. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description Several wait for it and `all` was not set, or the message steers the system itself. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The disk on which the system keeps its state is full; nothing was begun. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    sendSignal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignalToSend"];
            };
        };
        responses: {
            /** @description It was received. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sent"];
                };
            };
            /** @description Nobody waits for it; the error names what is waited for. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The disk on which the system keeps its state is full; nothing was begun. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                /** @description Topic pattern over event types: `*` is one word, `#` any number of words. */
                type?: string;
            };
            header?: {
                /** @description Go on after this event, as far as it is remembered; otherwise the first event is `gateway.stream.gap`. */
                "last-event-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stream without end. A message with the event name `error` holds an ErrorAnswer and is the last one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    replayMessages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They are tried again; what still cannot be delivered is kept again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replayed: number;
                    };
                };
            };
            /** @description The message broker is away. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    replayMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the event. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is tried again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replayed: number;
                    };
                };
            };
            /** @description Nothing is kept under this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The message broker is away. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    discardMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the event. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        discarded: number;
                    };
                };
            };
            /** @description Nothing is kept under this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description The message broker is away. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    getStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state now; also answered while the engine is down. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SystemStatus"];
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    isAlive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        status: "ok";
                        /** @description Name of the service. */
                        service: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    isReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It can. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        status: "ok";
                        /** @description Name of the service. */
                        service: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description It cannot; the body says what it waits for. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        status: "not_ready";
                        /** @description Name of the service. */
                        service: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The metrics. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    getDocument: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        openapi: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Any other error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
}
