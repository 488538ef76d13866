package org.procos.engine;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.operaton.bpm.engine.impl.repository.DeploymentBuilderImpl;

/**
 * Says what a deployment would be refused for, by making it and taking it back. The engine stops at its first fault; here
 * the files at fault are set aside and the others tried again, so that one answer tells everything.
 */
final class DeploymentCheck {

  private final ProcessEngine engine;

  DeploymentCheck(ProcessEngine engine) {
    this.engine = engine;
  }

  /**
   * @param name of the deployment
   * @param resources file name to text
   */
  List<DeploymentProblem> check(String name, Map<String, String> resources) {
    List<DeploymentProblem> problems = new ArrayList<>();
    Map<String, String> left = new LinkedHashMap<>(resources);
    while (!left.isEmpty()) {
      List<DeploymentProblem> found = attempt(name, left);
      boolean whole = left.size() == resources.size();
      // What is missed in a part of the files may well be in those that were set aside.
      List<DeploymentProblem> kept = whole ? found : found.stream().filter(DeploymentProblem::isError).toList();
      Set<String> atFault = found.stream().filter(DeploymentProblem::isError).map(DeploymentProblem::resource)
          .filter(left::containsKey).collect(Collectors.toSet());
      if (atFault.isEmpty() && left.size() > 1 && found.stream().anyMatch(DeploymentProblem::isError)) {
        problems.addAll(blame(name, left, kept));
        return problems;
      }
      problems.addAll(kept);
      if (atFault.isEmpty()) {
        return problems;
      }
      left.keySet().removeAll(atFault);
    }
    return problems;
  }

  /** Of a refusal that names no file: those that are refused alone too; else it is about the files together. */
  private List<DeploymentProblem> blame(String name, Map<String, String> resources, List<DeploymentProblem> found) {
    List<DeploymentProblem> ofOne = resources.entrySet().stream()
        .flatMap(resource -> attempt(name, Map.of(resource.getKey(), resource.getValue())).stream())
        .filter(DeploymentProblem::isError).toList();
    return ofOne.isEmpty() ? found : ofOne;
  }

  private List<DeploymentProblem> attempt(String name, Map<String, String> resources) {
    DeploymentBuilderImpl builder = (DeploymentBuilderImpl) engine.getRepositoryService().createDeployment();
    builder.name(name);
    resources.forEach((file, text) -> builder.addInputStream(file, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
    ProcessEngineConfigurationImpl configuration = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    // The lock of the engine's own deployments, until all is taken back: none of them waits for the database's lock.
    synchronized (ProcessEngine.class) {
      try {
        configuration.getCommandExecutorTxRequired().execute(new RolledBackDeployment(builder));
      } catch (RolledBackDeployment.TakenBack outcome) {
        return outcome.problems();
      }
    }
    throw new IllegalStateException("A deployment that was only to be checked was not taken back");
  }
}
