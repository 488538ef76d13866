package org.procos.engine;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

import org.operaton.bpm.engine.ProcessEngineException;
import org.operaton.bpm.engine.impl.bpmn.behavior.CallActivityBehavior;
import org.operaton.bpm.engine.impl.bpmn.behavior.DmnBusinessRuleTaskActivityBehavior;
import org.operaton.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.operaton.bpm.engine.impl.core.model.BaseCallableElement;
import org.operaton.bpm.engine.impl.form.FormDefinition;
import org.operaton.bpm.engine.impl.interceptor.CommandContext;
import org.operaton.bpm.engine.impl.persistence.AbstractResourceDefinitionManager;
import org.operaton.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.operaton.bpm.engine.impl.pvm.process.ActivityImpl;
import org.operaton.bpm.engine.impl.pvm.process.ScopeImpl;
import org.procos.engine.DeploymentProblem.Other;

/**
 * Finds the called processes, decisions and forms that neither the deployment nor the engine has. The engine looks for them
 * when an instance gets there, which then stands still. References that are expressions are known only then.
 */
final class MissingResources {

  private final CommandContext context;
  private final String deploymentId;
  private final List<DeploymentProblem> problems = new ArrayList<>();
  private String resource;

  /** To be asked when the deployment has been written in the open transaction, so that its own definitions are found. */
  MissingResources(CommandContext context, String deploymentId) {
    this.context = context;
    this.deploymentId = deploymentId;
  }

  List<DeploymentProblem> problems(List<ProcessDefinitionEntity> definitions) {
    for (ProcessDefinitionEntity definition : definitions) {
      resource = definition.getResourceName();
      checkForm(definition.getInitial() == null ? definition.getKey() : definition.getInitial().getId(), definition.getStartFormDefinition());
      check(definition);
    }
    return problems;
  }

  private void check(ScopeImpl scope) {
    for (ActivityImpl activity : scope.getActivities()) {
      Object behavior = activity.getActivityBehavior();
      if (behavior instanceof CallActivityBehavior call) {
        check("process", activity.getId(), WantedDefinition.of(call.getCallableElement()), context.getProcessDefinitionManager());
      } else if (behavior instanceof DmnBusinessRuleTaskActivityBehavior decision) {
        check("decision", activity.getId(), WantedDefinition.of(decisionOf(decision)), context.getDecisionDefinitionManager());
      } else if (behavior instanceof UserTaskActivityBehavior task) {
        checkForm(activity.getId(), task.getTaskDefinition().getFormDefinition());
      }
      check(activity);
    }
  }

  private void checkForm(String elementId, FormDefinition form) {
    check("form", elementId, form == null ? null : WantedDefinition.of(form), context.getOperatonFormDefinitionManager());
  }

  private void check(String what, String elementId, WantedDefinition wanted, AbstractResourceDefinitionManager<?> definitions) {
    if (wanted == null) {
      return;
    }
    String named = "The " + what + " \"" + wanted.key() + "\"" + wanted.which();
    try {
      if (wanted.find(definitions, deploymentId) == null) {
        report(what, elementId, named + " is not deployed, and none of the files holds it", wanted);
      }
    } catch (ProcessEngineException ambiguous) {
      report(what, elementId, named + " cannot be found: " + Refusals.told(ambiguous), wanted);
    }
  }

  private void report(String what, String elementId, String message, WantedDefinition wanted) {
    problems.add(DeploymentProblem.missing("missing-" + what, resource, elementId, message, new Other(wanted.key(), wanted.shownVersion(), null)));
  }

  /** The engine keeps the decision that a task asks for to itself. */
  private static BaseCallableElement decisionOf(DmnBusinessRuleTaskActivityBehavior behavior) {
    try {
      Field field = DmnBusinessRuleTaskActivityBehavior.class.getDeclaredField("callableElement");
      field.setAccessible(true);
      return (BaseCallableElement) field.get(behavior);
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException("This engine keeps the decision of a business rule task elsewhere", changed);
    }
  }
}
