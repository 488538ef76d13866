package org.procos.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.operaton.bpm.engine.delegate.Expression;
import org.operaton.bpm.engine.impl.bpmn.helper.BpmnProperties;
import org.operaton.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.operaton.bpm.engine.impl.bpmn.parser.EventSubscriptionDeclaration;
import org.operaton.bpm.engine.impl.event.EventType;
import org.operaton.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.operaton.bpm.engine.impl.pvm.process.ActivityImpl;
import org.operaton.bpm.engine.impl.pvm.process.ScopeImpl;
import org.operaton.bpm.engine.impl.task.TaskDefinition;

/**
 * Finds what is longer than its column, and where it stands: the database itself tells neither element nor, on PostgreSQL,
 * the column. Longer values that it does not know are found when the database is asked.
 */
final class ValueLengths {

  /** Of most columns of the engine's tables. */
  private static final int TEXT = 255;
  private static final int VERSION_TAG = 64;
  /** A condition has no name. */
  private static final Set<String> NAMED_EVENTS = Set.of(EventType.MESSAGE.name(), EventType.SIGNAL.name());

  private final String resource;
  private final List<DeploymentProblem> problems = new ArrayList<>();

  private ValueLengths(String resource) {
    this.resource = resource;
  }

  static List<DeploymentProblem> problems(List<ProcessDefinitionEntity> definitions) {
    return definitions.stream().flatMap(definition -> {
      ValueLengths lengths = new ValueLengths(definition.getResourceName());
      lengths.checkDefinition(definition);
      return lengths.problems.stream();
    }).toList();
  }

  private void checkDefinition(ProcessDefinitionEntity definition) {
    String id = definition.getKey();
    check(id, "id of the process", id, TEXT);
    check(id, "name of the process", definition.getName(), TEXT);
    check(id, "version tag", definition.getVersionTag(), VERSION_TAG);
    check(id, "target namespace", definition.getCategory(), TEXT);
    checkAll(id, "candidate starter user", definition.getCandidateStarterUserIdExpressions());
    checkAll(id, "candidate starter group", definition.getCandidateStarterGroupIdExpressions());
    for (EventSubscriptionDeclaration event : definition.getProperties().get(BpmnProperties.EVENT_SUBSCRIPTION_DECLARATIONS).values()) {
      if (NAMED_EVENTS.contains(event.getEventType())) {
        check(event.getActivityId(), "name of the event that is waited for", event.isEventNameLiteralText() ? event.getUnresolvedEventName() : null, TEXT);
      }
    }
    checkActivities(definition);
  }

  /** What would be written as soon as an instance comes to the activity. */
  private void checkActivities(ScopeImpl scope) {
    for (ActivityImpl activity : scope.getActivities()) {
      check(activity.getId(), "id", activity.getId(), TEXT);
      check(activity.getId(), "name", activity.getName(), TEXT);
      if (activity.getActivityBehavior() instanceof UserTaskActivityBehavior task) {
        checkTask(activity.getId(), task.getTaskDefinition());
      }
      checkActivities(activity);
    }
  }

  private void checkTask(String elementId, TaskDefinition task) {
    if (task.getAssigneeExpression() != null) {
      checkAll(elementId, "assignee", Set.of(task.getAssigneeExpression()));
    }
    checkAll(elementId, "candidate user", task.getCandidateUserIdExpressions());
    checkAll(elementId, "candidate group", task.getCandidateGroupIdExpressions());
  }

  /** What an expression comes to is known to an instance alone. */
  private void checkAll(String elementId, String what, Set<Expression> expressions) {
    expressions.stream().filter(Expression::isLiteralText).forEach(expression -> check(elementId, what, expression.getExpressionText(), TEXT));
  }

  private void check(String elementId, String what, String value, int limit) {
    int length = value == null ? 0 : value.codePointCount(0, value.length());
    if (length > limit) {
      problems.add(DeploymentProblem.error("too-long", resource, elementId,
          "The " + what + " has " + length + " characters; the engine's database takes " + limit));
    }
  }
}
