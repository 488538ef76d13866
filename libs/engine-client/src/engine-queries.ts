// The filters of the engine's lists, as its OpenAPI document has them: one that the engine does not know is no filter.
import type { components, operations } from './generated/engine-types.ts';

type QueryOf<Id extends keyof operations> = Readonly<NonNullable<operations[Id]['parameters']['query']>>;

/** Elements that instances have passed, and in which order they are given. */
export type ActivityQuery = QueryOf<'getHistoricActivityInstances'>;
export type ActivityFilter = QueryOf<'getHistoricActivityInstancesCount'>;
/** What is logged of external tasks. */
export type TaskLogQuery = QueryOf<'getHistoricExternalTaskLogs'>;
/** Incidents, ended ones included. */
export type IncidentQuery = QueryOf<'getHistoricIncidents'>;
export type IncidentFilter = QueryOf<'getHistoricIncidentsCount'>;
/** Instances, ended ones included, by what a list can say. */
export type InstanceFilter = QueryOf<'getHistoricProcessInstancesCount'>;
/** The same by what a document can say: variables and several orders too. */
export type InstanceSelection = Readonly<components['schemas']['HistoricProcessInstanceQueryDto']>;
/** Tasks for people. */
export type UserTaskFilter = QueryOf<'getTasksCount'>;
export type UserTaskQuery = UserTaskFilter & Pick<QueryOf<'getTasks'>, 'firstResult' | 'maxResults'>;
/** Which external tasks of a topic are fetched, beside what every fetch says. */
export type TopicFilter = Readonly<
  Partial<Omit<components['schemas']['FetchExternalTaskTopicDto'], 'topicName' | 'lockDuration' | 'variables'>>
>;
