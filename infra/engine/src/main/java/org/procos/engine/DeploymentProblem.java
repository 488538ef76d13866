package org.procos.engine;

import java.util.List;

/**
 * One thing that keeps a deployment from being accepted, or (severity {@code warning}) from running once it is.
 *
 * @param kind {@code parse}, {@code start-message-taken}, {@code start-event}, {@code too-long}, {@code missing-process},
 *     {@code missing-decision}, {@code missing-form} or {@code refused}
 * @param resource name of the file; null when the engine blames none
 * @param line end of the start tag in the text that was sent, from 1 on; 0 when unknown
 * @param column the column behind it; 0 when unknown
 * @param elementId the element at fault; null when unknown
 * @param elementIds all elements that the engine names
 * @param other what is in the way, or what is missed; null for other kinds
 */
record DeploymentProblem(String severity, String kind, String resource, int line, int column, String elementId, List<String> elementIds,
    String message, Other other) {

  /** A definition that stands in the way or is missing; {@code version} and {@code elementId} where they are known. */
  record Other(String key, String version, String elementId) {
  }

  static DeploymentProblem error(String kind, String resource, String elementId, String message) {
    return error(kind, resource, elementId, message, null);
  }

  static DeploymentProblem error(String kind, String resource, String elementId, String message, Other other) {
    return of("error", kind, resource, elementId, message, other);
  }

  static DeploymentProblem missing(String kind, String resource, String elementId, String message, Other other) {
    return of("warning", kind, resource, elementId, message, other);
  }

  private static DeploymentProblem of(String severity, String kind, String resource, String elementId, String message, Other other) {
    return new DeploymentProblem(severity, kind, resource, 0, 0, elementId, elementId == null ? List.of() : List.of(elementId), message, other);
  }

  boolean isError() {
    return severity.equals("error");
  }
}
