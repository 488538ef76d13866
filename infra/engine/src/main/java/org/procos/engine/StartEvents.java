package org.procos.engine;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.operaton.bpm.engine.impl.bpmn.helper.BpmnProperties;
import org.operaton.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.operaton.bpm.engine.impl.bpmn.parser.EventSubscriptionDeclaration;
import org.operaton.bpm.engine.impl.event.EventType;
import org.operaton.bpm.engine.impl.interceptor.CommandContext;
import org.operaton.bpm.engine.impl.jobexecutor.TimerDeclarationImpl;
import org.operaton.bpm.engine.impl.persistence.entity.EventSubscriptionEntity;
import org.operaton.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.procos.engine.DeploymentProblem.Other;

/** Finds the start event that a deployment was refused for: the engine's own sentence names neither it nor what is in its way. */
final class StartEvents {

  private StartEvents() {
  }

  /** The first start event of the definitions that cannot be opened in the transaction of the failed attempt. */
  static Optional<DeploymentProblem> atFault(CommandContext context, List<ProcessDefinitionEntity> definitions) {
    return definitions.stream()
        .map(definition -> subscriptionAtFault(context, definition).or(() -> timerAtFault(definition)))
        .flatMap(Optional::stream).findFirst();
  }

  private static Optional<DeploymentProblem> subscriptionAtFault(CommandContext context, ProcessDefinitionEntity definition) {
    return definition.getProperties().get(BpmnProperties.EVENT_SUBSCRIPTION_DECLARATIONS).values().stream()
        .filter(EventSubscriptionDeclaration::isStartEvent)
        .map(event -> taken(context, definition, event).or(() -> withoutName(definition, event)))
        .flatMap(Optional::stream).findFirst();
  }

  private static Optional<DeploymentProblem> taken(CommandContext context, ProcessDefinitionEntity definition, EventSubscriptionDeclaration event) {
    if (!EventType.MESSAGE.name().equals(event.getEventType())) {
      return Optional.empty();
    }
    String message = event.getUnresolvedEventName();
    return holder(context, definition, message, event.getActivityId()).map(holder -> DeploymentProblem.error("start-message-taken",
        definition.getResourceName(), event.getActivityId(),
        "The message \"" + message + "\" starts the process \"" + holder.key() + "\" already, at its start event \"" + holder.elementId() + "\"", holder));
  }

  /** The start event that has the message: one that is deployed, or one of this deployment, which is in the session alone. */
  private static Optional<Other> holder(CommandContext context, ProcessDefinitionEntity definition, String message, String activityId) {
    EventSubscriptionEntity stored = context.getEventSubscriptionManager()
        .findMessageStartEventSubscriptionByNameAndTenantId(message, definition.getTenantId());
    if (stored != null && !context.getDbEntityManager().isDeleted(stored) && !isOf(stored, definition, activityId)) {
      return Optional.of(told(context, stored));
    }
    return context.getDbEntityManager().getCachedEntitiesByType(EventSubscriptionEntity.class).stream()
        .filter(one -> message.equals(one.getEventName()) && one.getExecutionId() == null && !context.getDbEntityManager().isDeleted(one))
        .filter(one -> Objects.equals(one.getTenantId(), definition.getTenantId()) && !isOf(one, definition, activityId))
        .findFirst().map(one -> told(context, one));
  }

  private static boolean isOf(EventSubscriptionEntity subscription, ProcessDefinitionEntity definition, String activityId) {
    return definition.getId().equals(subscription.getConfiguration()) && activityId.equals(subscription.getActivityId());
  }

  private static Other told(CommandContext context, EventSubscriptionEntity subscription) {
    ProcessDefinitionEntity holder = context.getProcessDefinitionManager().findLatestProcessDefinitionById(subscription.getConfiguration());
    return holder == null ? new Other(subscription.getConfiguration(), null, subscription.getActivityId())
        : new Other(holder.getKey(), String.valueOf(holder.getVersion()), subscription.getActivityId());
  }

  /** A name that is an expression over variables, which nothing has before the start. */
  private static Optional<DeploymentProblem> withoutName(ProcessDefinitionEntity definition, EventSubscriptionDeclaration event) {
    try {
      event.createSubscriptionForStartEvent(definition);
      return Optional.empty();
    } catch (RuntimeException refusal) {
      return Optional.of(startEvent(definition, event.getActivityId(), refusal));
    }
  }

  private static Optional<DeploymentProblem> timerAtFault(ProcessDefinitionEntity definition) {
    Object timers = definition.getProperty(BpmnParse.PROPERTYNAME_START_TIMER);
    if (!(timers instanceof List<?> declarations)) {
      return Optional.empty();
    }
    return declarations.stream().map(TimerDeclarationImpl.class::cast).map(timer -> timerAtFault(definition, timer)).flatMap(Optional::stream).findFirst();
  }

  private static Optional<DeploymentProblem> timerAtFault(ProcessDefinitionEntity definition, TimerDeclarationImpl timer) {
    try {
      timer.createStartTimerInstance(definition.getDeploymentId());
      return Optional.empty();
    } catch (RuntimeException refusal) {
      return Optional.of(startEvent(definition, timer.getActivityId(), refusal));
    }
  }

  private static DeploymentProblem startEvent(ProcessDefinitionEntity definition, String activityId, RuntimeException refusal) {
    return DeploymentProblem.error("start-event", definition.getResourceName(), activityId, Refusals.told(refusal));
  }
}
