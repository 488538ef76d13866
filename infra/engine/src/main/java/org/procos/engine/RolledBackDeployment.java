package org.procos.engine;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.operaton.bpm.engine.OptimisticLockingException;
import org.operaton.bpm.engine.ParseException;
import org.operaton.bpm.engine.Problem;
import org.operaton.bpm.engine.impl.cmd.DeployCmd;
import org.operaton.bpm.engine.impl.dmn.entity.repository.DecisionDefinitionEntity;
import org.operaton.bpm.engine.impl.dmn.entity.repository.DecisionRequirementsDefinitionEntity;
import org.operaton.bpm.engine.impl.interceptor.Command;
import org.operaton.bpm.engine.impl.interceptor.CommandContext;
import org.operaton.bpm.engine.impl.persistence.deploy.cache.DeploymentCache;
import org.operaton.bpm.engine.impl.persistence.entity.OperatonFormDefinitionEntity;
import org.operaton.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.operaton.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.operaton.bpm.engine.impl.repository.DeploymentBuilderImpl;
import org.operaton.bpm.engine.repository.Deployment;

/**
 * The engine's own deployment up to its commit, which never comes: it always ends in {@link TakenBack}, so that the
 * transaction is rolled back. Jobs, subscriptions and definitions exist in that transaction alone.
 */
final class RolledBackDeployment implements Command<Void> {

  /** Each run ends with it; it carries what was found. */
  static final class TakenBack extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<DeploymentProblem> problems;

    TakenBack(List<DeploymentProblem> problems) {
      super("checked", null, false, false);
      this.problems = problems;
    }

    List<DeploymentProblem> problems() {
      return problems;
    }
  }

  private final Attempt attempt;
  private final String onlyResource;

  RolledBackDeployment(DeploymentBuilderImpl builder) {
    attempt = new Attempt(builder);
    onlyResource = builder.getResourceNames().size() == 1 ? builder.getResourceNames().iterator().next() : null;
  }

  @Override
  public Void execute(CommandContext context) {
    try {
      throw new TakenBack(attempt(context));
    } finally {
      forget(context);
    }
  }

  private List<DeploymentProblem> attempt(CommandContext context) {
    try {
      attempt.execute(context);
      List<DeploymentProblem> tooLong = ValueLengths.problems(made(context));
      if (!tooLong.isEmpty()) {
        return tooLong;
      }
      context.getDbEntityManager().flush();
    } catch (ParseException refusal) {
      return parseProblems(refusal);
    } catch (RuntimeException refusal) {
      return List.of(explain(context, refusal));
    }
    return new MissingResources(context, attempt.deployment.getId()).problems(made(context));
  }

  private static List<DeploymentProblem> parseProblems(ParseException refusal) {
    List<DeploymentProblem> problems = new ArrayList<>();
    // The name under which both engines have it.
    refusal.getResorceReports().forEach(report -> report.getErrors().forEach(error -> problems.add(parseProblem(report.getResourceName(), error))));
    return problems;
  }

  private static DeploymentProblem parseProblem(String resource, Problem error) {
    return new DeploymentProblem("error", "parse", resource, error.getLine(), error.getColumn(), error.getMainElementId(), List.copyOf(error.getElementIds()),
        error.getMessage(), null);
  }

  private DeploymentProblem explain(CommandContext context, RuntimeException refusal) {
    SQLException ofDatabase = ofDatabase(refusal);
    boolean aboutValues = ofDatabase != null && ofDatabase.getSQLState() != null && ofDatabase.getSQLState().matches("2[23].*");
    if (refusal instanceof OptimisticLockingException || ofDatabase != null && !aboutValues) {
      throw refusal;
    }
    if (aboutValues) {
      return DeploymentProblem.error("too-long", onlyResource, null, "The database does not take a value of the model: " + firstLine(ofDatabase));
    }
    return StartEvents.atFault(context, made(context))
        .orElseGet(() -> DeploymentProblem.error("refused", onlyResource, null, Refusals.told(refusal)));
  }

  private static SQLException ofDatabase(Throwable refusal) {
    for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException found) {
        return found;
      }
    }
    return null;
  }

  private static String firstLine(SQLException cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("").replaceAll("\"[^\"]{60,}\"?", "…");
  }

  /** The process definitions of this deployment that were written so far. */
  private List<ProcessDefinitionEntity> made(CommandContext context) {
    if (attempt.deployment == null) {
      return List.of();
    }
    return context.getDbEntityManager().getDbEntityCache().getEntitiesByType(ProcessDefinitionEntity.class).stream()
        .filter(definition -> attempt.deployment.getId().equals(definition.getDeploymentId())).toList();
  }

  /** What is cached under ids that will never be in the database. */
  private void forget(CommandContext context) {
    if (attempt.deployment == null) {
      return;
    }
    DeploymentCache cache = context.getProcessEngineConfiguration().getDeploymentCache();
    var entities = context.getDbEntityManager().getDbEntityCache();
    made(context).forEach(definition -> cache.removeProcessDefinition(definition.getId()));
    String ours = attempt.deployment.getId();
    entities.getEntitiesByType(DecisionDefinitionEntity.class).stream().filter(one -> ours.equals(one.getDeploymentId()))
        .forEach(decision -> cache.removeDecisionDefinition(decision.getId()));
    entities.getEntitiesByType(DecisionRequirementsDefinitionEntity.class).stream().filter(one -> ours.equals(one.getDeploymentId()))
        .forEach(requirements -> cache.removeDecisionRequirementsDefinition(requirements.getId()));
    entities.getEntitiesByType(OperatonFormDefinitionEntity.class).stream().filter(one -> ours.equals(one.getDeploymentId()))
        .forEach(form -> cache.removeOperatonFormDefinition(form.getId()));
  }

  /** The engine's command, which tells what it makes and does not announce it to the job executor. */
  private static final class Attempt extends DeployCmd {

    private static final long serialVersionUID = 1L;

    private transient DeploymentEntity deployment;

    Attempt(DeploymentBuilderImpl builder) {
      super(builder);
    }

    @Override
    protected void deploy(CommandContext context, DeploymentEntity deployment) {
      this.deployment = deployment;
      super.deploy(context, deployment);
    }

    @Override
    protected void registerWithJobExecutor(CommandContext context, Deployment deployment) {
      // Its jobs will never exist.
    }
  }
}
